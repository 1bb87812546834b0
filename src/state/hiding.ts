/** Which runners are shown: hiding one, and showing one alone. */
import type { RunnerSettings } from './runners'

type Runners = readonly RunnerSettings[]

function withHidden(runner: RunnerSettings, hidden: boolean): RunnerSettings {
  const { hidden: _, ...rest } = runner
  return hidden ? { ...rest, hidden } : rest
}

export function toggleHidden(runners: Runners, index: number): Runners {
  return runners.map((runner, i) => (i === index ? withHidden(runner, !runner.hidden) : runner))
}

/** One alone; all again where it is alone already. */
export function toggleSolo(runners: Runners, index: number): Runners {
  const isAlone = runners.every(({ hidden }, i) => (i === index) === !hidden)
  return runners.map((runner, i) => withHidden(runner, !isAlone && i !== index))
}
