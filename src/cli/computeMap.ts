/** Computes maps and grids in strips of rows, so that no engine holds more than a strip. */
import { classify, evaluateGrid } from '../engine/derivedResults'
import type { Engine } from '../engine/engine'
import type { MapHeader } from '../files/mapHeader'
import { rowsOf } from '../files/mapHeader'
import { cellSize, type GridJob, rowsOfGrid } from '../model/grid'
import { rowsOfMap } from '../model/outcomes/classify'
import type { OutcomeJob } from '../model/outcomes/outcome'
import type { WriteOptions } from './mapWriters'

export type MapQuestion = { kind: 'grid'; job: GridJob } | { kind: 'classify'; job: OutcomeJob }

/** Nodes of a strip: 8 MiB as the engines store them. */
const together = 2 ** 19

/**
 * Computes rows [first, last) and passes them on, packed, the smallest first. A strip's rows equal
 * those of the whole map, bit for bit.
 */
export async function computeRows(
  engine: Engine,
  question: MapQuestion,
  header: MapHeader,
  [first, last]: readonly [first: number, last: number],
  { signal, onProgress }: WriteOptions,
  take: (rows: Uint8Array<ArrayBuffer>, first: number) => Promise<void> | void,
): Promise<void> {
  const layout = rowsOf(header)
  const count = Math.max(1, Math.floor(together / layout.columns))
  for (let from = first; from < last; from += count) {
    const to = Math.min(last, from + count)
    const options = {
      signal,
      onProgress: (share: number) =>
        onProgress((from - first + share * (to - from)) / (last - first)),
    }
    await take(layout.pack(await computeStrip(engine, question, from, to, options)), from)
    signal.throwIfAborted()
  }
}

async function computeStrip(
  engine: Engine,
  question: MapQuestion,
  first: number,
  last: number,
  options: WriteOptions,
) {
  if (question.kind === 'classify') {
    const found = await classify(engine, rowsOfMap(question.job, first, last), options)
    return [found.outcome, found.minimum, found.arrivalStep, found.finalLoss]
  }
  const found = await evaluateGrid(engine, rowsOfGrid(question.job, first, last), options)
  const cells = componentsOf(found.cells).slice(0, 3)
  return found.curvature ? [...cells, ...componentsOf(found.curvature)] : cells
}

/** One array for each float of a cell. */
function componentsOf(cells: Float32Array): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: cellSize }, (_, k) => {
    const values = new Float32Array(cells.length / cellSize)
    for (let i = 0; i < values.length; i++) values[i] = cells[i * cellSize + k]
    return values
  })
}
