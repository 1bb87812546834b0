/** grid and classify: a whole map, or one part for steepest join. */
import { type MapHeader, rowsOf, windowOf } from '../files/mapHeader'
import { describeSettings } from '../files/settingsText'
import { findStationaryPoints } from '../model/outcomes/stationaryPoints'
import { resolveTargets } from '../model/outcomes/targets'
import { kinds } from '../settings/fields'
import { holds, show } from '../settings/kinds'
import { gridJob, outcomeJob } from '../settings/requests'
import { leadingRunner } from '../settings/runners'
import { mapAxes, type Settings } from '../settings/settings'
import { axesOf, shownView } from '../settings/shown'
import {
  type Arguments,
  asUsage,
  formatOf,
  type Given,
  readNumber,
  readTile,
  UsageError,
} from './arguments'
import { computeRows, type MapQuestion } from './computeMap'
import { type MapSource, writeMapCsv, writeMapJson, writeMapPng } from './mapWriters'
import { createProgress, type Terminal, writeOutput } from './output'
import { writePart } from './part'
import { change, readAxis, readSettings } from './settings'
import { withEngine } from './withEngine'

/** Most nodes along a side. */
const mostNodes = 4096

type AxisName = 'w' | 'b' | 'log10Rate'
type Range = readonly [number, number]

interface Question {
  question: MapQuestion
  /** Include the request, as far as settings can hold it. */
  settings: Settings
}

export async function mapCommand(args: Arguments, terminal: Terminal, version: string) {
  const { given, command } = args
  const format = formatOf(args)
  const { question, settings } = command === 'grid' ? await gridOf(given) : await mapOf(given)
  const axes = headerAxes(question)
  const tile = tileOf(given, format, axes[1].range[2])
  await withEngine(settings, given, terminal, async (engine, text, signal) => {
    const header: MapHeader = {
      kind: question.kind,
      axes,
      steps: question.kind === 'classify' ? question.job.steps : 0,
      withCurvature: question.kind === 'grid' && question.job.learningRate !== undefined,
      job: plain(question.job),
      tile,
      engineKind: engine.kind,
      runtime: `node ${process.versions.node}, ${process.arch}`,
      steepest: describeSettings(settings, { engine: text, version }),
    }
    const { first, last } = windowOf(header)
    const label = tile.n === 1 ? command : `${command} ${tile.i}/${tile.n}`
    const progress = createProgress(terminal, label, given.quiet !== undefined)
    const options = { signal, onProgress: progress.at }
    const compute = (take: Parameters<typeof computeRows>[5]) =>
      computeRows(engine, question, header, [first, last], options, take)
    try {
      if (format === 'part') return await writePart(given.out!, header, compute)
      const source = await kept(header, compute)
      await writeMap(source, format, given.out, terminal, { signal, onProgress: () => {} })
    } finally {
      progress.end()
    }
  })
}

/** All rows in memory, packed: 160 MiB for the classes of 4,096 x 4,096 nodes. */
async function kept(
  header: MapHeader,
  compute: (take: Parameters<typeof computeRows>[5]) => Promise<void>,
): Promise<MapSource> {
  const { rowSize } = rowsOf(header)
  const all = new Uint8Array(rowSize * header.axes[1].range[2])
  await compute((rows, first) => all.set(rows, first * rowSize))
  return { header, read: async (first, last) => all.subarray(first * rowSize, last * rowSize) }
}

export async function writeMap(
  source: MapSource,
  format: string,
  path: string | undefined,
  terminal: Terminal,
  options: Parameters<typeof writeMapJson>[2],
): Promise<void> {
  const write = { json: writeMapJson, csv: writeMapCsv, png: writeMapPng }[format]
  await writeOutput(path, terminal, async (output) => write?.(output, source, options))
}

function tileOf({ tile, out }: Given, format: string, rows: number): { i: number; n: number } {
  if (tile === undefined) return { i: 1, n: 1 }
  if (format === 'part') return readTile(tile, rows)
  throw new UsageError(
    `A tile is written to a .part file, for steepest join; --out is ${out === undefined ? 'missing' : show(out)}.`,
  )
}

/** A job as plain JSON, which has no infinity. */
function plain(job: object): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(job, (_, value) =>
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    ),
  )
}

function headerAxes({ kind, job }: MapQuestion): MapHeader['axes'] {
  if (kind === 'classify') {
    const [columns, rows] = job.axes.map(({ name, range }) => ({ name, range: mutable(range) }))
    return [columns, rows]
  }
  return [
    { name: 'w', range: mutable(job.w) },
    { name: 'b', range: mutable(job.b) },
  ]
}

function mutable([min, max, count]: readonly [number, number, number]): [number, number, number] {
  return [min, max, count]
}

async function gridOf(given: Given): Promise<Question> {
  const { learningRate, ...rest } = given
  const settings = await readSettings(rest)
  const { w, b, resolution } = shownView(settings)
  const axis = (name: 'w' | 'b', range: Range) =>
    given[name] === undefined ? [...range, resolution] : readAxis(name, given[name], resolution)
  const request = {
    w: axis('w', w),
    b: axis('b', b),
    ...(learningRate !== undefined && { learningRate: readNumber(learningRate) }),
  }
  const job = asUsage(() => gridJob(request, settings, mostNodes))
  const isHeld = job.w[2] === job.b[2] && holds(kinds.resolution, job.w[2])
  const view = { w: rangeOf(job.w), b: rangeOf(job.b), ...(isHeld && { resolution: job.w[2] }) }
  const shown = change(settings, { view, map: { columns: null, rows: null } })
  return { question: { kind: 'grid', job }, settings: shown }
}

async function mapOf(given: Given): Promise<Question> {
  const base = await readSettings(given)
  const settings = given.axes === undefined ? base : withAxes(base, given.axes)
  const axes = axesOf(settings).map(({ name, range }) => {
    const text = given[name]
    return { name, range: text === undefined ? range : readAxis(name, text, range[2]) }
  })
  const names: string[] = axes.map(({ name }) => name)
  for (const name of ['w', 'b', 'log10Rate'] as const satisfies AxisName[]) {
    if (given[name] === undefined || names.includes(name)) continue
    throw new UsageError(
      `The axes of the map are ${names.join(' and ')}, and --${name} is neither; --axes sets them.`,
    )
  }
  const { rule, learningRate } = leadingRunner(settings).runner
  const { start, steps } = settings
  const request = { axes, start, learningRate, steps, rule }
  const asked = asUsage(() => outcomeJob(request, settings, mostNodes))
  const { job } = await resolveTargets(asked, findStationaryPoints)
  const [across, upwards] = job.axes
  return {
    question: { kind: 'classify', job },
    settings: withMap(settings, [across.range, upwards.range]),
  }
}

function withAxes(settings: Settings, text: string): Settings {
  const names = text.replaceAll(/\s/g, '')
  const known = mapAxes.find((each) => each === names)
  if (known) return change(settings, { map: { axes: known, columns: null, rows: null } })
  throw new UsageError(
    `The option --axes is ${show(text)}; it must be one of ${mapAxes.join(' ')}.`,
  )
}

/** The map as the lens of starts shows it, if settings can express it. */
function withMap(
  settings: Settings,
  [columns, rows]: readonly [readonly [number, number, number], readonly [number, number, number]],
): Settings {
  const isHeld = columns[2] === rows[2] && holds(kinds.mapNodes, columns[2])
  const zoom = { columns: rangeOf(columns), rows: rangeOf(rows) }
  const map = { ...zoom, ...(isHeld && { perSide: columns[2] }) }
  return change(settings, { lens: 'starts', map })
}

function rangeOf([min, max]: readonly [number, number, number]): Range {
  return [min, max]
}
