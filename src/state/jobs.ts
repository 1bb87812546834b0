/** Jobs as a script asks for them: plain numbers, nothing trusted. Errors are sentences. */
import * as v from 'valibot'
import type { DescentJob } from '../model/descent'
import type { Axis, GridJob } from '../model/grid'
import type { AxisName, OutcomeAxis, OutcomeJob } from '../model/outcome'
import { choice, type Kind, number, pair, points, range, show } from './kinds'
import { learningRate } from './runners'
import { coordinateBound, type Settings } from './settings'

const maxTrajectories = 2 ** 20
const maxNodes = 2048

const common = {
  samples: points(1024, coordinateBound),
  loss: choice(['mean', 'half', 'crossEntropy']),
}

const steps = number(1, 100_000, { integer: true })
const place = pair(-coordinateBound, coordinateBound)
const limits = range(-coordinateBound, coordinateBound)
const nodes = number(2, maxNodes, { integer: true })

/** Powers of ten, within the bounds of learning rates. */
const logRates = range(-4, 3)
const mostMapNodes = number(2, 1024, { integer: true })

type Given = Record<string, unknown>

/**
 * { w: [min, max, count], b: [min, max, count], samples?, loss? }; what is left out is as in the
 * settings.
 *
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function gridJob(request: unknown, settings: Settings): GridJob {
  const given = options('evaluateGrid', request, ['w', 'b', 'samples', 'loss'])
  return { objective: objectiveOf(given, settings), w: axis('w', given.w), b: axis('b', given.b) }
}

/**
 * { starts: [[w, b], ...], learningRate, steps, stride?, samples?, loss? }; the stride is 1 if it
 * is left out.
 *
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function descentJob(request: unknown, settings: Settings): DescentJob {
  const names = ['starts', 'learningRate', 'steps', 'stride', 'samples', 'loss']
  const given = options('descend', request, names)
  return {
    objective: objectiveOf(given, settings),
    runner: {
      rule: { name: 'gradientDescent' },
      learningRate: checked('learningRate', learningRate, given.learningRate),
    },
    stop: { kind: 'none', below: 0 },
    steps: checked('steps', steps, given.steps),
    stride: checked('stride', steps, given.stride ?? 1),
    starts: startsOf(given.starts),
  }
}

/**
 * { samples?, loss? }; what is left out is as in the settings.
 *
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function stationaryJob(
  request: unknown,
  settings: Settings,
): { objective: GridJob['objective']; view: Settings['view'] } {
  const given = options('stationaryPoints', request ?? {}, ['samples', 'loss'])
  return { objective: objectiveOf(given, settings), view: settings.view }
}

/**
 * { w: [min, max, count], b: [min, max, count], learningRate, steps, samples?, loss? }, or with
 * axes: [{ name: 'w' | 'b' | 'log10Rate', range: [min, max, count] }, another] and start: [w, b] in
 * place of w and b. Thresholds are those of the settings.
 *
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function outcomeJob(
  request: unknown,
  settings: Settings,
): Omit<OutcomeJob, 'targets' | 'lowLoss'> {
  const names = ['w', 'b', 'axes', 'start', 'learningRate', 'steps', 'samples', 'loss']
  const given = options('classify', request, names)
  return {
    objective: objectiveOf(given, settings),
    runner: {
      rule: { name: 'gradientDescent' },
      learningRate: checked('learningRate', learningRate, given.learningRate),
    },
    steps: checked('steps', steps, given.steps),
    axes: given.axes === undefined ? planeOf(given) : axesOf(given.axes),
    start: checked('start', place, given.start ?? settings.start),
    thresholds: settings.outcomes,
  }
}

function planeOf(given: Given): OutcomeJob['axes'] {
  return [
    { name: 'w', range: mapAxis('w', given.w, limits) },
    { name: 'b', range: mapAxis('b', given.b, limits) },
  ]
}

function axesOf(value: unknown): OutcomeJob['axes'] {
  if (!Array.isArray(value) || value.length !== 2) {
    throw new Error(`The option axes is ${show(value)}; it must be two of { name, range }.`)
  }
  const [columns, rows] = value.map((axisValue, i) => outcomeAxis(`axes[${i}]`, axisValue))
  if (columns.name !== rows.name) return [columns, rows]
  throw new Error(`The option axes has "${rows.name}" twice; it must have two different names.`)
}

function outcomeAxis(option: string, value: unknown): OutcomeAxis {
  const { name, range: given } = options(option, value, ['name', 'range'])
  const checkedName: AxisName = checked(`${option}.name`, choice(['w', 'b', 'log10Rate']), name)
  const bounds = checkedName === 'log10Rate' ? logRates : limits
  return { name: checkedName, range: mapAxis(`${option}.range`, given, bounds) }
}

function mapAxis(name: string, value: unknown, bounds: typeof limits): Axis {
  return axis(name, value, bounds, mostMapNodes)
}

function options(method: string, request: unknown, names: readonly string[]): Given {
  if (typeof request !== 'object' || request === null) {
    throw new Error(`${method} got ${show(request)}; it takes an object { ${names.join(', ')} }.`)
  }
  const unknown = Object.keys(request).find((key) => !names.includes(key))
  if (unknown === undefined) return request as Given
  throw new Error(`${method} has no option "${unknown}"; it takes ${names.join(', ')}.`)
}

function checked<Value>(name: string, kind: Kind<Value>, value: unknown): Value {
  const result = v.safeParse(kind.schema, value)
  if (result.success) return result.output
  throw new Error(`The option ${name} ${result.issues[0].message}`)
}

function objectiveOf(given: Given, settings: Settings): GridJob['objective'] {
  return {
    kind: 'neuron',
    samples: checked('samples', common.samples, given.samples ?? settings.samples),
    loss: checked('loss', common.loss, given.loss ?? settings.loss),
  }
}

function axis(name: string, value: unknown, bounds = limits, counts = nodes): Axis {
  if (!Array.isArray(value) || value.length !== 3) {
    throw new Error(`The option ${name} is ${show(value)}; it must be [min, max, count].`)
  }
  const [min, max] = checked(name, bounds, value.slice(0, 2))
  return [min, max, checked(`${name}[2], the count,`, counts, value[2])]
}

function startsOf(value: unknown): Float32Array<ArrayBuffer> {
  if (!Array.isArray(value) || value.length < 1) {
    throw new Error(`The option starts is ${show(value)}; it must be [[w, b], ...], at least one.`)
  }
  if (value.length > maxTrajectories) {
    throw new Error(
      `The option starts has ${value.length} places; it must have at most ${maxTrajectories}.`,
    )
  }
  const starts = new Float32Array(value.length * 2)
  value.forEach((start, i) => {
    starts.set(checked(`starts[${i}]`, place, start), i * 2)
  })
  return starts
}
