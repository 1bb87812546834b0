/**
 * The two jobs as one would write them down for speed in one thread: everything in one loop, no
 * function called but the exponential. The same formulas as src/model.
 */
import { gridNodes } from '../../src/model/grid'
import type { NeuronSpec } from '../../src/model/objective'
import type { NeuronDescents, NeuronGrid } from './jobs'

function columns({ samples }: NeuronSpec) {
  return {
    x: Float64Array.from(samples, (sample) => Math.fround(sample[0])),
    y: Float64Array.from(samples, (sample) => Math.fround(sample[1])),
  }
}

/** ends[2 i], ends[2 i + 1] = (w, b) of trajectory i after the last step. */
export function descendPlainly(job: NeuronDescents): Float64Array {
  const { x, y } = columns(job.objective)
  const n = x.length
  const factor = (job.runner.learningRate * 2) / n
  const ends = Float64Array.from(job.starts)
  for (let i = 0; i < ends.length; i += 2) {
    let w = ends[i]
    let b = ends[i + 1]
    for (let step = 0; step < job.steps; step++) {
      let dw = 0
      let db = 0
      for (let k = 0; k < n; k++) {
        const z = w * x[k] + b
        const e = Math.exp(-Math.abs(z))
        const r = 1 / (1 + e)
        const small = e * r
        const term = ((z >= 0 ? r : small) - y[k]) * small * r
        dw += term * x[k]
        db += term
      }
      w -= factor * dw
      b -= factor * db
    }
    ends[i] = w
    ends[i + 1] = b
  }
  return ends
}

/** cells[(row * columns + column) * 4] = loss, dL/dw, dL/db, 0 for the first so many rows */
export function evaluateGridPlainly(job: NeuronGrid, rows: number): Float32Array {
  const { x, y } = columns(job.objective)
  const n = x.length
  const ws = gridNodes(job.w)
  const bs = gridNodes(job.b).subarray(0, rows)
  const cells = new Float32Array(ws.length * bs.length * 4)
  let at = 0
  for (const b of bs) {
    for (const w of ws) {
      let loss = 0
      let dw = 0
      let db = 0
      for (let k = 0; k < n; k++) {
        const z = w * x[k] + b
        const e = Math.exp(-Math.abs(z))
        const r = 1 / (1 + e)
        const small = e * r
        const error = (z >= 0 ? r : small) - y[k]
        const term = error * small * r
        loss += error * error
        dw += term * x[k]
        db += term
      }
      cells[at] = loss / n
      cells[at + 1] = (2 / n) * dw
      cells[at + 2] = (2 / n) * db
      at += 4
    }
  }
  return cells
}
