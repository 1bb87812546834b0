/** Jobs as a script requests them: plain numbers, nothing trusted. Errors are sentences. */
import * as v from 'valibot'
import type { DescentJob } from '../model/descent'
import type { Axis, GridJob } from '../model/grid'
import type { NeuronSpec } from '../model/objective'
import {
  type AxisName,
  axesOfRates,
  type OutcomeAxis,
  type OutcomeJob,
  type OutcomeQuestion,
} from '../model/outcomes/outcome'
import type { RuleSpec } from '../model/rule'
import type { Step } from '../model/step/explainStep'
import { kinds } from './fields'
import { choice, type Kind, number, range, show } from './kinds'
import { complaintAboutBatch, learningRate, logRateEnds, rateOfStep, rule } from './runners'
import { coordinateBound, mostSweepRates, type Settings } from './settings'

const mostTrajectories = 2 ** 20
const coordinate = number(-coordinateBound, coordinateBound)
const logRates = range(...logRateEnds)

/** The largest number of a kind. */
const mostOf = ({ bounds }: Kind<number>) => bounds!.max

type Given = Record<string, unknown>

/**
 * { w: [min, max, count], b: [min, max, count], learningRate?, samples?, loss? }; an omitted option
 * is as in the settings, except the learning rate: without one, Hessian and change are left out.
 *
 * @param most the most nodes along a side
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function gridJob(
  request: unknown,
  settings: Settings,
  most = mostOf(kinds.resolution),
): GridJob {
  const names = ['w', 'b', 'learningRate', 'samples', 'loss']
  const given = options('evaluateGrid', request, names)
  const job = {
    objective: objectiveOf(given, settings),
    w: axis('w', given.w, kinds.side, most),
    b: axis('b', given.b, kinds.side, most),
  }
  if (given.learningRate === undefined) return job
  return { ...job, learningRate: checked('learningRate', rateOfStep, given.learningRate) }
}

/**
 * { starts: [[w, b], ...], learningRate, steps, rule?, stride?, samples?, loss? }; the rule is
 * gradient descent and the stride 1 if they are left out.
 *
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function descentJob(request: unknown, settings: Settings): DescentJob {
  const names = ['starts', 'learningRate', 'steps', 'rule', 'stride', 'samples', 'loss']
  const given = options('descend', request, names)
  const objective = objectiveOf(given, settings)
  return {
    objective,
    runner: {
      rule: ruleOf(given, objective),
      learningRate: checked('learningRate', learningRate, given.learningRate),
    },
    stop: { kind: 'none', below: 0 },
    steps: checked('steps', kinds.steps, given.steps),
    stride: checked('stride', kinds.steps, given.stride ?? 1),
    starts: startsOf(given.starts),
  }
}

/**
 * { samples?, loss? }; omitted options are as in the settings.
 *
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function stationaryObjective(request: unknown, settings: Settings): NeuronSpec {
  return objectiveOf(options('stationaryPoints', request ?? {}, ['samples', 'loss']), settings)
}

/**
 * { w: [min, max, count], b: [min, max, count], learningRate, steps, rule?, samples?, loss? }, or
 * with axes: [{ name: 'w' | 'b' | 'log10Rate', range: [min, max, count] }, another] and start:
 * [w, b] in place of w and b. The rule is gradient descent if it is left out; thresholds are those
 * of the settings.
 *
 * @param most the most nodes along a side
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function outcomeJob(
  request: unknown,
  settings: Settings,
  most = mostOf(kinds.mapNodes),
): OutcomeQuestion {
  const names = ['w', 'b', 'axes', 'start', 'learningRate', 'steps', 'rule', 'samples', 'loss']
  const given = options('classify', request, names)
  const objective = objectiveOf(given, settings)
  return {
    objective,
    runner: {
      rule: ruleOf(given, objective),
      learningRate: checked('learningRate', learningRate, given.learningRate),
    },
    steps: checked('steps', kinds.steps, given.steps),
    axes: given.axes === undefined ? planeOf(given, most) : axesOf(given.axes, most),
    start: checked('start', kinds.place, given.start ?? settings.start),
    thresholds: settings.outcomes,
  }
}

/**
 * { start: [w, b], rates: [rate, ...], steps, rule?, samples?, loss? }; the rule is gradient
 * descent if it is left out. Thresholds are those of the settings.
 *
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function sweepJob(request: unknown, settings: Settings): OutcomeQuestion {
  const given = options('sweep', request, ['start', 'rates', 'steps', 'rule', 'samples', 'loss'])
  const objective = objectiveOf(given, settings)
  const rule = ruleOf(given, objective)
  const start = checked('start', kinds.place, given.start)
  const rates = ratesOf(given.rates)
  return {
    objective,
    start,
    steps: checked('steps', kinds.steps, given.steps),
    thresholds: settings.outcomes,
    runner: { rule, learningRate: rates[0] },
    axes: axesOfRates(rates, start),
  }
}

/**
 * { w, b, learningRate, direction?: [w, b], samples?, loss? }; the direction is steepest descent if
 * it is left out, and the step is learningRate times the direction as it is, not normalised.
 *
 * @throws Error with a sentence naming the option, the value found and the value wanted
 */
export function stepJob(
  request: unknown,
  settings: Settings,
): { objective: NeuronSpec; step: Step } {
  const names = ['w', 'b', 'learningRate', 'direction', 'samples', 'loss']
  const given = options('explainStep', request, names)
  const step = {
    w: checked('w', coordinate, given.w),
    b: checked('b', coordinate, given.b),
    learningRate: checked('learningRate', rateOfStep, given.learningRate),
  }
  const objective = objectiveOf(given, settings)
  if (given.direction === undefined) return { objective, step }
  return {
    objective,
    step: { ...step, direction: checked('direction', kinds.place, given.direction) },
  }
}

function planeOf(given: Given, most: number): OutcomeJob['axes'] {
  return [
    { name: 'w', range: axis('w', given.w, kinds.side, most) },
    { name: 'b', range: axis('b', given.b, kinds.side, most) },
  ]
}

function axesOf(value: unknown, most: number): OutcomeJob['axes'] {
  if (!Array.isArray(value) || value.length !== 2) {
    throw new Error(`The option axes is ${show(value)}; it must be two of { name, range }.`)
  }
  const [columns, rows] = value.map((axisValue, i) => outcomeAxis(`axes[${i}]`, axisValue, most))
  if (columns.name !== rows.name) return [columns, rows]
  throw new Error(`The option axes has "${rows.name}" twice; it must have two different names.`)
}

function outcomeAxis(option: string, value: unknown, most: number): OutcomeAxis {
  const { name, range: given } = options(option, value, ['name', 'range'])
  const checkedName: AxisName = checked(`${option}.name`, choice(['w', 'b', 'log10Rate']), name)
  const bounds = checkedName === 'log10Rate' ? logRates : kinds.side
  return { name: checkedName, range: axis(`${option}.range`, given, bounds, most) }
}

function options(method: string, request: unknown, names: readonly string[]): Given {
  if (typeof request !== 'object' || request === null) {
    throw new Error(`${method} got ${show(request)}; it takes an object { ${names.join(', ')} }.`)
  }
  const unknown = Object.keys(request).find((key) => !names.includes(key))
  if (unknown === undefined) return request as Given
  throw new Error(`${method} has no option "${unknown}"; it takes ${names.join(', ')}.`)
}

function checked<Value>(
  name: string,
  { schema }: Pick<Kind<Value>, 'schema'>,
  value: unknown,
): Value {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  throw new Error(`The option ${name} ${result.issues[0].message}`)
}

function objectiveOf(given: Given, settings: Settings): NeuronSpec {
  return {
    kind: 'neuron',
    samples: checked('samples', kinds.samples, given.samples ?? settings.samples),
    loss: checked('loss', kinds.loss, given.loss ?? settings.loss),
  }
}

function ruleOf(given: Given, { samples }: NeuronSpec): RuleSpec {
  const spec = checked('rule', { schema: rule }, given.rule ?? { name: 'gradientDescent' })
  const complaint = complaintAboutBatch(spec, samples.length)
  if (complaint) throw new Error(`The option rule ${complaint}`)
  return spec
}

function axis(
  name: string,
  value: unknown,
  bounds: Kind<readonly [number, number]>,
  most: number,
): Axis {
  if (!Array.isArray(value) || value.length !== 3) {
    throw new Error(`The option ${name} is ${show(value)}; it must be [min, max, count].`)
  }
  const [min, max] = checked(name, bounds, value.slice(0, 2))
  const counts = number(2, most, { integer: true })
  return [min, max, checked(`${name}[2], the count,`, counts, value[2])]
}

function ratesOf(value: unknown): Float32Array<ArrayBuffer> {
  if (!Array.isArray(value) || value.length < 1 || value.length > mostSweepRates) {
    const found = Array.isArray(value) ? `has ${value.length} rates` : `is ${show(value)}`
    throw new Error(
      `The option rates ${found}; it must be a list of 1 to ${mostSweepRates} learning rates.`,
    )
  }
  return Float32Array.from(value, (rate, i) => checked(`rates[${i}]`, learningRate, rate))
}

function startsOf(value: unknown): Float32Array<ArrayBuffer> {
  if (!Array.isArray(value) || value.length < 1) {
    throw new Error(`The option starts is ${show(value)}; it must be [[w, b], ...], at least one.`)
  }
  if (value.length > mostTrajectories) {
    throw new Error(
      `The option starts has ${value.length} places; it must have at most ${mostTrajectories}.`,
    )
  }
  const starts = new Float32Array(value.length * 2)
  value.forEach((start, i) => {
    starts.set(checked(`starts[${i}]`, kinds.place, start), i * 2)
  })
  return starts
}
