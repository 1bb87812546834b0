/** Jobs as a script asks for them: plain numbers, nothing trusted. Errors are sentences. */
import * as v from 'valibot'
import type { DescentJob } from '../model/descent'
import type { Axis, GridJob } from '../model/grid'
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

function axis(name: string, value: unknown): Axis {
  if (!Array.isArray(value) || value.length !== 3) {
    throw new Error(`The option ${name} is ${show(value)}; it must be [min, max, count].`)
  }
  const [min, max] = checked(name, limits, value.slice(0, 2))
  return [min, max, checked(`${name}[2], the count,`, nodes, value[2])]
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
