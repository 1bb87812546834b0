/** Runs the parts asked for, prints the tables, writes the JSON file. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hasLavapipe } from '../setup/wgpu'
import { runInChromium } from './chromiumSuite'
import type { Measurement } from './contest'
import { suiteParts } from './suite'
import { measurementTable, verdictTable } from './table'
import { contestVerdicts, proportionVerdict, type Verdict } from './targets'
import { runOnLavapipe } from './wgpuSuite'

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: suiteParts.join() },
      adapter: { type: 'string', default: 'swiftshader,lavapipe' },
      rounds: { type: 'string', default: '5' },
      json: { type: 'string' },
    },
  })
  const parts = listed('--only', values.only, suiteParts)
  const adapters = listed('--adapter', values.adapter, ['swiftshader', 'lavapipe'])
  const rounds = Number(values.rounds)
  if (!(rounds >= 1)) throw new Error(`--rounds is '${values.rounds}'; it must be 1 or more.`)
  const all: Measurement[] = []
  if (adapters.includes('swiftshader')) {
    const { measurements, cores } = await runInChromium(root, parts, rounds)
    report(measurements, cores)
    all.push(...measurements)
  }
  if (adapters.includes('lavapipe') && !hasLavapipe()) {
    console.log("No lavapipe here (Mesa's Vulkan drivers for the processor): not measured.\n")
  } else if (adapters.includes('lavapipe')) {
    const measurements = await runOnLavapipe(parts, rounds)
    report(measurements, null)
    all.push(...measurements)
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify(all, null, 2)}\n`)
}

function report(measurements: readonly Measurement[], cores: number | null): void {
  const of = (name: string) => measurements.filter((line) => line.name === name)
  const matching = (pattern: RegExp) => measurements.filter(({ name }) => pattern.test(name))
  const contests = (['descents', 'grid'] as const).map(of).filter(({ length }) => length > 0)
  const series: [string, Measurement[]][] = [
    ['4,096 to 32,768 trajectories', matching(/x 500$/)],
    ['250 to 2,000 steps', matching(/^16384 x/)],
  ]
  const verdicts: Verdict[] = [
    ...contests.flatMap((contest) => contestVerdicts(contest, cores)),
    ...series
      .filter(([, run]) => run.length > 0)
      .map(([what, run]) => proportionVerdict(what, run)),
  ]
  console.log(`${measurementTable(measurements)}\n`)
  console.log(`${verdictTable(verdicts, measurements[0]?.adapter ?? '')}\n`)
}

function listed<Name extends string>(option: string, text: string, known: readonly Name[]): Name[] {
  const names = text.split(',')
  const unknown = names.find((name) => !known.includes(name as Name))
  if (unknown !== undefined) {
    throw new Error(`${option} has '${unknown}'; it takes ${known.join(', ')}.`)
  }
  return known.filter((name) => names.includes(name))
}
