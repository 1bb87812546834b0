/** The pass of shaders/evaluateGrid.wgsl. */
import { type GridJob, gridNodes, nodesTaken, rowNodes } from '../model/grid'
import { bind, createStorageBuffer, createUniformBuffer, dispatch } from './buffers'
import { createObjectiveBuffer } from './objectiveBuffer'
import type { Programs } from './program'
import { readBuffer } from './readback'
import { uniformStructs } from './structs'

/** The same constant as in the shader. */
const workgroupSize = 64
const rowsEach = 8

export interface EvaluateGrid {
  /** Submits rows [firstRow, lastRow) of the nodes taken with this nodeStep. */
  submit(nodeStep: number, firstRow: number, lastRow: number): void
  /** The lowest and the highest loss of all rows submitted. */
  readExtremes(): Promise<{ lowest: number; highest: number }>
  dispose(): void
}

/**
 * Writes into `cells`, an rgba32float texture of w nodes by b nodes, and, if the job has a learning
 * rate, into `curvature`, another such texture.
 */
export async function makeEvaluateGrid(
  device: GPUDevice,
  programs: Programs,
  job: GridJob,
  cells: GPUTexture,
  curvature: GPUTexture | null,
): Promise<EvaluateGrid> {
  const { learningRate = 0 } = job
  const pipeline = await programs.pipeline('evaluateGrid', {
    objective: job.objective,
    withCurvature: curvature !== null,
  })
  const struct = uniformStructs.GridParams
  const [columns, rows] = [job.w[2], job.b[2]]
  const objective = createObjectiveBuffer(device, job.objective)
  const params = createUniformBuffer(device, 'GridParams', struct.size)
  const nodes = createStorageBuffer(device, 'grid nodes', (columns + rows) * 4)
  device.queue.writeBuffer(nodes, 0, gridNodes(job.w))
  device.queue.writeBuffer(nodes, columns * 4, rowNodes(job))
  const extremes = createExtremesBuffer(device)
  const group = bind(device, pipeline, [objective, params, nodes, cells, extremes, curvature])
  return {
    submit(nodeStep, firstRow, lastRow) {
      device.queue.writeBuffer(
        params,
        0,
        struct.pack({ columns, rows, nodeStep, firstRow, lastRow, learningRate }),
      )
      const encoder = device.createCommandEncoder({ label: 'evaluateGrid' })
      const width = Math.ceil(nodesTaken(columns, nodeStep) / workgroupSize)
      dispatch(encoder, pipeline, [group], width, Math.ceil((lastRow - firstRow) / rowsEach))
      device.queue.submit([encoder.finish()])
    },
    readExtremes: () => readExtremes(device, extremes),
    dispose() {
      for (const buffer of [objective, params, nodes, extremes]) buffer.destroy()
    },
  }
}

/**
 * For shaders/reduceExtremes.wgsl: initial (lowest, highest) in sortable bits, so that any value is
 * a new extreme.
 */
function createExtremesBuffer(device: GPUDevice): GPUBuffer {
  const extremes = createStorageBuffer(device, 'extremes', 8)
  device.queue.writeBuffer(extremes, 0, Uint32Array.of(0xffffffff, 0))
  return extremes
}

/** The lowest and the highest value of all work submitted so far. */
async function readExtremes(
  device: GPUDevice,
  extremes: GPUBuffer,
): Promise<{ lowest: number; highest: number }> {
  const [lowest, highest] = new Uint32Array(await readBuffer(device, extremes, 8))
  return { lowest: fromSortableBits(lowest), highest: fromSortableBits(highest) }
}

/** Inverse of sortableBits in the shader. */
function fromSortableBits(bits: number): number {
  const plain = (bits & 0x80000000) !== 0 ? bits & 0x7fffffff : ~bits
  return new Float32Array(Int32Array.of(plain).buffer)[0]
}
