/** The pass of shaders/classifyOutcomes.wgsl. */
import { outcomeNodes } from '../model/outcomes/classify'
import { maxTargets, type OutcomeJob } from '../model/outcomes/outcome'
import { decisiveSteps, epochSteps, stabilityOf } from '../model/outcomes/stability'
import { stateSizeOf } from '../model/rule'
import { bind, createStorageBuffer, createUniformBuffer, dispatch } from './buffers'
import { createObjectiveBuffer } from './objectiveBuffer'
import type { Programs } from './program'
import { makeRuleBindings } from './ruleBindings'
import { descentBytes, targetStruct, uniformStructs } from './structs'

/** The same constant as in the shader. */
const workgroupSize = 64
/** Task numbers of the shader: carry on, also watch the loss, say where descents have ended. */
type Phase = 0 | 1 | 2

const axisCodes = { w: 0, b: 1, log10Rate: 2 }

export interface OutcomeRange {
  /** Nodes [first, first + count) of those taken, row after row; at most `together`. */
  first: number
  count: number
  firstStep: number
  lastStep: number
}

export interface ClassifyOutcomes {
  /** The most steps in a range. */
  readonly mostSteps: number
  submit(nodeStep: number, range: OutcomeRange): void
  dispose(): void
}

/**
 * Writes into `cells`, an rgba32float texture of columns by rows.
 *
 * @param together the most nodes in a range: their descents are kept from one range to the next
 */
export async function makeClassifyOutcomes(
  device: GPUDevice,
  programs: Programs,
  job: OutcomeJob,
  cells: GPUTexture,
  together: number,
): Promise<ClassifyOutcomes> {
  const minimumCount = job.targets.filter(({ isMinimum }) => isMinimum).length
  const pipelines = await Promise.all(
    [0, 1, 2].map((phase) =>
      programs.pipeline('classifyOutcomes', {
        objective: job.objective,
        rule: job.runner.rule,
        constants: { phase, minimumCount },
      }),
    ),
  )
  const struct = uniformStructs.OutcomeParams
  const [columns, rows] = job.axes
  const objective = createObjectiveBuffer(device, job.objective)
  const params = createUniformBuffer(device, 'OutcomeParams', struct.size)
  const targets = createUniformBuffer(device, 'targets', maxTargets * targetStruct.size)
  device.queue.writeBuffer(targets, 0, packTargets(job))
  const nodes = createStorageBuffer(device, 'map nodes', (columns.range[2] + rows.range[2]) * 4)
  device.queue.writeBuffer(nodes, 0, outcomeNodes(columns))
  device.queue.writeBuffer(nodes, columns.range[2] * 4, outcomeNodes(rows))
  const descentSize = stateSizeOf(job.runner.rule) * 4 + descentBytes
  const descents = createStorageBuffer(device, 'descents', together * descentSize)
  const resources = [objective, params, targets, nodes, descents, cells]
  const rule = makeRuleBindings(device, job.objective, job.runner.rule, job.steps)
  const groups = pipelines.map((pipeline) => {
    return rule.groups(pipeline, bind(device, pipeline, resources))
  })
  const constant = constantParams(job)
  return {
    mostSteps: rule.mostSteps,
    submit(nodeStep, { firstStep, lastStep, ...range }) {
      const { windowStart, steps } = constant
      const run = (phase: Phase, from: number, to: number) => {
        const values = { ...constant, ...range, nodeStep, firstStep: from, lastStep: to }
        device.queue.writeBuffer(params, 0, struct.pack(values))
        if (to > from) rule.write(from, to)
        const encoder = device.createCommandEncoder({ label: 'classifyOutcomes' })
        const workgroups = Math.ceil(range.count / workgroupSize)
        dispatch(encoder, pipelines[phase], groups[phase], workgroups)
        device.queue.submit([encoder.finish()])
      }
      if (firstStep < windowStart) run(0, firstStep, Math.min(lastStep, windowStart))
      if (lastStep > windowStart) run(1, Math.max(firstStep, windowStart), lastStep)
      if (lastStep === steps) run(2, steps, steps)
    },
    dispose() {
      for (const buffer of [objective, params, targets, nodes, descents]) buffer.destroy()
      rule.dispose()
    },
  }
}

/** The params that are the same for all ranges. */
function constantParams(job: OutcomeJob) {
  const [columns, rows] = job.axes
  return {
    columns: columns.range[2],
    rows: rows.range[2],
    steps: job.steps,
    ...decisiveSteps(job),
    columnAxis: axisCodes[columns.name],
    rowAxis: axisCodes[rows.name],
    startW: job.start[0],
    startB: job.start[1],
    learningRate: job.runner.learningRate,
    epochSteps: epochSteps(job),
    // WGSL has no infinity.
    stability: Math.min(stabilityOf(job), 3e38),
    targetCount: job.targets.length,
    rise: job.thresholds.rise,
    plateau: job.thresholds.plateau,
    // No loss is below this either.
    lowLoss: Math.max(job.lowLoss, -3e38),
  }
}

function packTargets({ targets }: OutcomeJob): Float32Array<ArrayBuffer> {
  const packed = new Float32Array((maxTargets * targetStruct.size) / 4)
  targets.forEach(({ w, b, radius, largest }, i) => {
    packed.set([w, b, radius, largest], (i * targetStruct.size) / 4)
  })
  return packed
}
