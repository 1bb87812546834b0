/** descend, sweep and explain: results that fit into memory whole. */
import { tableValue } from '../display/table'
import { classify, descend } from '../engine/derivedResults'
import { type Description, describeSettings, descriptionLines } from '../files/settingsText'
import { csvCell } from '../files/table'
import { Descent, type DescentJob } from '../model/descent'
import type { NeuronSpec } from '../model/objective'
import { outcomeNodes } from '../model/outcomes/classify'
import { outcomeCodes } from '../model/outcomes/outcome'
import { findStationaryPoints } from '../model/outcomes/stationaryPoints'
import { resolveTargets } from '../model/outcomes/targets'
import { placeStarts } from '../model/starts'
import { explainStep } from '../model/step/explainStep'
import { show } from '../settings/kinds'
import { descentJob, stepJob, sweepJob } from '../settings/requests'
import { leadingRunner } from '../settings/runners'
import { mostSweepRates, type Settings, sweepRates } from '../settings/settings'
import {
  type Arguments,
  asUsage,
  formatOf,
  type Given,
  readNumber,
  readNumbers,
  UsageError,
} from './arguments'
import { jsonList } from './mapWriters'
import { createProgress, type Output, type Terminal, writeOutput } from './output'
import { change, readAxis, readSettings } from './settings'
import { withEngine } from './withEngine'

type List = ArrayLike<number>

interface Result {
  /** In JSON, precedes the data. */
  head: object
  /** Lists under their names in the page API, or plain JSON. */
  data: Readonly<Record<string, List | object | number>>
  /** Comment lines that precede the table. */
  notes: readonly string[]
  table: {
    names: readonly string[]
    rows: number
    at(row: number): readonly (string | number | null)[]
  }
}

/** Lines or numbers turned into text at a time. */
const together = 2 ** 14

async function write(
  { command, given, ...rest }: Arguments,
  terminal: Terminal,
  description: Description,
  result: Result,
): Promise<void> {
  const format = formatOf({ command, given, ...rest })
  await writeOutput(given.out, terminal, async (output) => {
    if (format === 'csv') await writeTable(output, command, description, result)
    else await writeJson(output, command, description, result)
  })
}

async function writeJson(
  output: Output,
  kind: string,
  steepest: Description,
  { head, data }: Result,
): Promise<void> {
  await output.write(`${JSON.stringify({ steepest, kind, ...head }).slice(0, -1)},\n"data":{`)
  for (const [i, [name, value]] of Object.entries(data).entries()) {
    await output.write(`${i === 0 ? '' : ','}\n"${name}":`)
    // The views in a result are typed arrays; isView promises no more than bytes.
    if (ArrayBuffer.isView(value)) await writeList(output, value as never)
    else await output.write(JSON.stringify(value))
  }
  await output.write('}}\n')
}

async function writeList(output: Output, values: Float32Array | Uint32Array): Promise<void> {
  await output.write('[')
  for (let i = 0; i < values.length; i += together) {
    await output.write(`${i === 0 ? '' : ','}${jsonList(values.subarray(i, i + together))}`)
  }
  await output.write(']')
}

async function writeTable(
  output: Output,
  kind: string,
  description: Description,
  { notes, table }: Result,
): Promise<void> {
  const lines = [
    ...descriptionLines(description),
    `# table: ${kind}`,
    ...notes.map((n) => `# ${n}`),
  ]
  await output.write(`${lines.join('\n')}\n${table.names.join(',')}\n`)
  for (let row = 0; row < table.rows; row++) {
    await output.write(`${table.at(row).map(csvCell).join(',')}\n`)
  }
}

export async function descendCommand(args: Arguments, terminal: Terminal, version: string) {
  const { given } = args
  formatOf(args)
  const { job, settings } = await descentOf(given)
  await withEngine(settings, given, terminal, async (engine, text, signal) => {
    const progress = createProgress(terminal, 'descend', given.quiet !== undefined)
    const options = { signal, onProgress: progress.at }
    const { positions, recordedSteps } = await descend(engine, job, options).finally(progress.end)
    const wanted = Math.ceil(job.steps / job.stride) + 1
    const records = recordedSteps.length
    if (records < wanted) {
      terminal.say(
        `Only ${records} of ${wanted} records fit this engine: one every ${recordedSteps[1]} steps.\n`,
      )
    }
    const { starts: _, ...told } = job
    const by = { engine: text, version }
    await write(args, terminal, describeSettings(settings, by), {
      head: { job: told, starts: job.starts.length / 2, records },
      data: { positions, recordedSteps },
      notes: [],
      table: {
        names: ['start', 'step', 'w', 'b'],
        rows: positions.length / 2,
        at: (row) => [
          Math.floor(row / records),
          recordedSteps[row % records],
          positions[2 * row],
          positions[2 * row + 1],
        ],
      },
    })
  })
}

async function descentOf(given: Given): Promise<{
  job: DescentJob
  settings: Settings
}> {
  if (given.start !== undefined && given.starts !== undefined) {
    throw new UsageError('Both --start and --starts are given; give one of them.')
  }
  const base = await readSettings(given)
  const { settings, starts } = startsOf(base, given)
  const { rule, learningRate } = leadingRunner(settings).runner
  const { steps, stop } = settings
  const request = {
    // An arrangement's starts are computed below: here settings.start stands in for them.
    starts: starts ?? [settings.start],
    learningRate,
    steps,
    rule,
    ...(given.stride !== undefined && { stride: readNumber(given.stride) }),
  }
  const job = asUsage(() => descentJob(request, settings))
  const { view, start } = settings
  if (starts) {
    const shown = change(settings, {
      start: starts[0],
      starts: { arrangement: 'list', list: starts },
    })
    return { job: { ...job, stop }, settings: shown }
  }
  return {
    job: { ...job, stop, starts: placeStarts(settings.starts, view.w, view.b, start) },
    settings,
  }
}

/** The starts listed one by one, or null for an arrangement, which goes into the settings. */
function startsOf(
  settings: Settings,
  { start, starts }: Given,
): { settings: Settings; starts: unknown[] | null } {
  if (start !== undefined) {
    return { settings: change(settings, { starts: { arrangement: 'one' } }), starts: null }
  }
  if (starts === undefined) return { settings, starts: null }
  const [arrangement, perSide = '', seed] = starts.split(':')
  if (/^(grid|random|ring)$/.test(arrangement)) {
    const partial = {
      arrangement,
      perSide: readNumber(perSide),
      ...(seed !== undefined && { seed: readNumber(seed) }),
    }
    return { settings: change(settings, { starts: partial }), starts: null }
  }
  if (!/^[-+.\d]/.test(starts)) {
    throw new UsageError(
      `The option --starts is ${show(starts)}; it must be W,B;W,B;... or grid, random or ring with :SIDE.`,
    )
  }
  return { settings, starts: starts.split(';').map(readNumbers) }
}

export async function sweepCommand(args: Arguments, terminal: Terminal, version: string) {
  const { given } = args
  formatOf(args)
  const settings = await readSettings(given)
  const { rule } = leadingRunner(settings).runner
  const { start, steps } = settings
  const request = { start, steps, rule, rates: ratesOf(given, settings) }
  const question = asUsage(() => sweepJob(request, settings))
  const { job } = await resolveTargets(question, findStationaryPoints)
  await withEngine(settings, given, terminal, async (engine, text, signal) => {
    const progress = createProgress(terminal, 'sweep', given.quiet !== undefined)
    const options = { signal, onProgress: progress.at }
    const found = await classify(engine, job, options).finally(progress.end)
    const {
      axes: [axis],
      runner: { rule },
      ...told
    } = job
    const rates = outcomeNodes(axis)
    const names = ['outcome', 'minimum', 'arrivalStep', 'finalLoss'] as const
    await write(args, terminal, describeSettings(settings, { engine: text, version }), {
      head: { job: { ...told, rule }, outcomeCodes },
      data: { rates, ...Object.fromEntries(names.map((name) => [name, found[name]])) },
      notes: [],
      table: {
        names: ['learningRate', ...names],
        rows: rates.length,
        at: (row) => [rates[row], ...names.map((name) => tableValue(name, found[name][row]))],
      },
    })
  })
}

function ratesOf({ rates, sweep }: Given, settings: Settings): unknown[] {
  if (rates !== undefined && sweep !== undefined) {
    throw new UsageError('Both --rates and --sweep are given; give one of them.')
  }
  if (rates !== undefined) return readNumbers(rates)
  const [min, max, count] =
    sweep === undefined ? [null, null, sweepRates] : readAxis('sweep', sweep, sweepRates)
  const shown = sweep === undefined ? settings : change(settings, { rates: { sweep: [min, max] } })
  if (!Number.isInteger(count) || (count as number) < 2 || (count as number) > mostSweepRates) {
    throw new UsageError(
      `The option --sweep has the count ${show(count)}; it must be 2 to ${mostSweepRates}.`,
    )
  }
  const [low, high] = shown.rates.sweep
  const last = (count as number) - 1
  return Array.from({ length: last + 1 }, (_, i) => 10 ** (low + ((high - low) * i) / last))
}

export async function explainCommand(args: Arguments, terminal: Terminal, version: string) {
  const { given } = args
  formatOf(args)
  // The rate belongs to this step, and may be far beyond the rates that descents allow.
  const { learningRate, ...rest } = given
  const settings = await readSettings(rest)
  const objective: NeuronSpec = {
    kind: 'neuron',
    samples: settings.samples,
    loss: settings.loss,
  }
  const [w, b] = placeOf(settings, objective, given)
  const request = {
    w,
    b,
    learningRate:
      learningRate === undefined
        ? (settings.why.learningRate ?? leadingRunner(settings).runner.learningRate)
        : readNumber(learningRate),
    ...(given.direction !== undefined && { direction: readNumbers(given.direction) }),
  }
  const { step: asked } = asUsage(() => stepJob(request, settings))
  const { angle } = settings.why
  const isTurned = angle !== 180 && asked.direction === undefined
  const step = isTurned ? { ...asked, direction: { degrees: angle } } : asked
  const { terms, ...explained } = explainStep(objective, step)
  const notes = Object.entries(explained).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}`,
  )
  const names = ['x', 'y', 'z', 'prediction', 'error', 'slope', 'dw', 'db'] as const
  const shown = change(settings, {
    start: [step.w, step.b],
    step: 0,
    lens: 'why',
    why: { learningRate: step.learningRate },
  })
  const description = describeSettings(shown, { engine: 'oracle, 64 bits', version })
  await write(args, terminal, description, {
    head: { job: { objective, step } },
    data: { ...explained, terms },
    notes,
    table: {
      names,
      rows: terms.length,
      at: (row) => names.map((name) => terms[row][name]),
    },
  })
}

/** Position of the first visible runner at the shown step, unless a place is given. */
function placeOf(settings: Settings, objective: NeuronSpec, { w, b }: Given): unknown[] {
  const [startW, startB] = settings.start
  if (w !== undefined || b !== undefined) {
    return [w === undefined ? startW : readNumber(w), b === undefined ? startB : readNumber(b)]
  }
  const { rule, learningRate } = leadingRunner(settings).runner
  const { steps, stop, step } = settings
  const descent = new Descent({ objective, runner: { rule, learningRate }, stop, steps })
  const state = new Float64Array(descent.rule.stateSize)
  state.set([Math.fround(startW), Math.fround(startB)])
  descent.advance(state, Math.min(step, steps), 0)
  return [state[0], state[1]]
}
