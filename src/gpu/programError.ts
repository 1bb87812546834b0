/** Says what is missing when a graphics driver cannot build a program. */
import type { EntryName, ProgramOptions } from './shaders'

const tasks: Record<EntryName, string> = {
  evaluateGrid: 'computes the surface',
  stepTrajectories: 'runs the descents',
  loadRecord: 'reads the recorded steps',
  traceLosses: 'computes the losses of a descent',
  classifyOutcomes: 'finds where descents end',
  findDestinations: 'finds where the descents that are drawn end',
  countHeads: 'counts the descents in each place',
  softenCounts: 'draws them as a glow',
}

const dispensable: ReadonlySet<EntryName> = new Set([
  'classifyOutcomes',
  'findDestinations',
  'countHeads',
  'softenCounts',
])

/** Its cause holds the driver's words, which help developers only. */
export class ProgramError extends Error {
  /** No lens works without it, so that the processor has to take over. */
  readonly isVital: boolean

  constructor(entry: EntryName, { withCurvature = false }: ProgramOptions, cause: unknown) {
    const isVital = !dispensable.has(entry) && !withCurvature
    const task = withCurvature ? 'compares Taylor’s terms over the view' : tasks[entry]
    const fails = `The graphics driver cannot build the program that ${task}`
    const rest = isVital
      ? 'so only the processor can compute here'
      : 'so whatever needs it stays empty; it works with the engine CPU'
    super(`${fails}, ${rest}.`, { cause })
    this.isVital = isVital
  }
}
