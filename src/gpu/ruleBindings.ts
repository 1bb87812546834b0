/**
 * Group 1 binds the inputs of the update rule: the parameters, which cannot be constants because
 * people drag them, and the table of differing steps.
 */
import { losses } from '../model/loss'
import type { ObjectiveSpec } from '../model/objective'
import { batchSizeOf, isByBatches, type RuleSpec } from '../model/rule'
import { createBatches } from '../model/rules/miniBatch'
import { scheduleFactor } from '../model/schedule'
import { bind, createStorageBuffer, createUniformBuffer } from './buffers'
import { uniformStructs } from './structs'

/** Rows of vec4f that a table holds: 1 MiB. */
const mostRows = 65_536

/** Whether steps differ in their learning rate or in their points. */
export function isTabled(rule: RuleSpec): boolean {
  const { kind } = rule.schedule ?? { kind: 'constant' }
  return kind !== 'constant' || isByBatches(rule)
}

/** All parameters that rules can have; those that this rule lacks are 0 and never read. */
function parametersOf(rule: RuleSpec): Record<string, number> {
  const none = { gamma: 0, epsilon: 0, damping: 0 }
  const decay = (kept: number) => ({ kept, added: 1 - kept })
  const given = { ...none, ...rule } as typeof none
  const mean = decay(rule.name === 'adam' ? rule.beta1 : 0)
  const square = decay(rule.name === 'adam' ? rule.beta2 : rule.name === 'rmsprop' ? rule.beta : 0)
  return {
    gamma: given.gamma,
    epsilon: given.epsilon,
    damping: given.damping,
    meanKept: mean.kept,
    meanAdded: mean.added,
    squareKept: square.kept,
    squareAdded: square.added,
  }
}

export interface RuleBindings {
  /** The most steps in one submission: as many as the table holds. */
  readonly mostSteps: number
  /** The groups of a pipeline: the given one, and the rule's if it has one. */
  groups(pipeline: GPUComputePipeline, first: GPUBindGroup): GPUBindGroup[]
  /** Writes the rows of steps [first, last); earlier submissions keep their own. */
  write(first: number, last: number): void
  dispose(): void
}

export function makeRuleBindings(
  device: GPUDevice,
  objective: ObjectiveSpec,
  rule: RuleSpec,
  steps: number,
): RuleBindings {
  const hasTable = isTabled(rule)
  const hasParameters = hasTable || rule.name !== 'gradientDescent'
  const rowSize = 1 + (isByBatches(rule) ? Math.ceil(batchSizeOf(rule) / 2) : 0)
  const mostSteps = hasTable ? Math.max(1, Math.floor(mostRows / rowSize)) : Infinity
  const struct = uniformStructs.RuleParams
  const params = createUniformBuffer(device, 'RuleParams', struct.size)
  const rows = Math.min(mostSteps, steps) * rowSize
  const table = hasTable ? createStorageBuffer(device, 'step table', rows * 16) : null
  const parameters = parametersOf(rule)
  const writeParams = (tableFirst: number) =>
    device.queue.writeBuffer(
      params,
      0,
      // A union of rules: which fields there are is known at run time alone.
      struct.pack({ ...parameters, tableFirst, rowSize } as never),
    )
  writeParams(0)
  let written = ''
  return {
    mostSteps,
    groups(pipeline, first) {
      return hasParameters ? [first, bind(device, pipeline, [params, table], 1)] : [first]
    },
    write(first, last) {
      if (!table || first === last || written === `${first} ${last}`) return
      written = `${first} ${last}`
      writeParams(first)
      device.queue.writeBuffer(table, 0, stepRows(objective, rule, steps, first, last, rowSize))
    },
    dispose() {
      params.destroy()
      table?.destroy()
    },
  }
}

/** rows[(step - first) * rowSize * 4 ...] in the layout of shaders/tabledSteps.wgsl. */
function stepRows(
  objective: ObjectiveSpec,
  rule: RuleSpec,
  steps: number,
  first: number,
  last: number,
  rowSize: number,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array((last - first) * rowSize * 4)
  const schedule = rule.schedule ?? { kind: 'constant' }
  for (let step = first; step < last; step++) {
    rows[(step - first) * rowSize * 4] = scheduleFactor(schedule, step, steps)
  }
  if (!isByBatches(rule) || objective.kind !== 'neuron') return rows
  const { samples } = objective
  const batchAt = createBatches(samples.length, batchSizeOf(rule), rule)
  const scale = losses[objective.loss].gradientScale(samples.length) * samples.length
  for (let step = first; step < last; step++) {
    const at = (step - first) * rowSize * 4
    const batch = batchAt(step)
    const count = batch.last - batch.first
    rows.set([(scale / count) * Math.LN2, scale / count, count], at + 1)
    for (let i = 0; i < count; i++) {
      const [x, y] = samples[batch.indices[batch.first + i]]
      rows.set([Math.fround(x) * Math.LOG2E, y], at + 4 + 2 * i)
    }
  }
  return rows
}
