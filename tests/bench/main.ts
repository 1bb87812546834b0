/** Runs the parts asked for, prints the tables, writes the JSON file. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hasLavapipe } from '../setup/wgpu'
import { runInChromium } from './chromiumSuite'
import type { Measurement } from './contest'
import { kioskGrowth } from './kioskGrowth'
import { pageFigures } from './pageFigures'
import { suiteParts } from './suite'
import { measurementTable, verdictTable } from './table'
import { suiteVerdicts, type Verdict } from './targets'
import { runOnLavapipe } from './wgpuSuite'

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: [...suiteParts, 'page'].join() },
      adapter: { type: 'string', default: 'swiftshader,lavapipe' },
      rounds: { type: 'string', default: '5' },
      json: { type: 'string' },
      minutes: { type: 'string', default: '10' },
    },
  })
  const parts = listed('--only', values.only, [...suiteParts, 'page', 'kiosk'])
  const adapters = listed('--adapter', values.adapter, ['swiftshader', 'lavapipe'])
  const rounds = Number(values.rounds)
  if (!(rounds >= 1)) throw new Error(`--rounds is '${values.rounds}'; it must be 1 or more.`)

  const all: Measurement[] = []
  const report = async (measurements: readonly Measurement[], verdicts: readonly Verdict[]) => {
    all.push(...measurements)
    // After each part, so that a later one that fails costs nothing of what is measured.
    if (values.json) await writeFile(values.json, `${JSON.stringify(all, null, 2)}\n`)
    console.log(`${measurementTable(measurements)}\n`)
    console.log(`${verdictTable(verdicts, measurements[0].adapter)}\n`)
  }
  const computing = suiteParts.filter((part) => parts.includes(part))
  if (adapters.includes('swiftshader') && computing.length > 0) {
    const { measurements, cores } = await runInChromium(root, computing, rounds)
    await report(measurements, suiteVerdicts(measurements, cores))
  }
  if (adapters.includes('lavapipe') && computing.length > 0) {
    if (hasLavapipe()) {
      const measurements = await runOnLavapipe(computing, rounds)
      await report(measurements, suiteVerdicts(measurements, null))
    } else {
      console.log("No lavapipe here (Mesa's Vulkan drivers for the processor): not measured.\n")
    }
  }
  if (adapters.includes('swiftshader') && parts.includes('page')) {
    const { measurements, verdicts } = await pageFigures(root, rounds)
    await report(measurements, verdicts)
  }
  if (parts.includes('kiosk')) {
    const verdicts = await kioskGrowth(root, Number(values.minutes))
    console.log(`\n${verdictTable(verdicts, 'the page')}\n`)
  }
}

function listed<Name extends string>(option: string, text: string, known: readonly Name[]): Name[] {
  const names = text.split(',')
  const unknown = names.find((name) => !known.includes(name as Name))
  if (unknown !== undefined) {
    throw new Error(`${option} has '${unknown}'; it takes ${known.join(', ')}.`)
  }
  return known.filter((name) => names.includes(name))
}
