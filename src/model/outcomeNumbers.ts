/** What a map of outcomes says in numbers. */
import { outcomeSize } from './classify'
import { noMinimum, type OutcomeName, outcomeCodes } from './outcome'

/** A class, and for minima which one. */
export interface Ending {
  outcome: OutcomeName
  /** Index of the minimum, null for every other class. */
  minimum: number | null
  count: number
  /** Of all starts. */
  share: number
  /** Steps of arrival, that half and nine tenths of the starts need; null where none arrives. */
  median: number | null
  ninetieth: number | null
}

export interface Histogram {
  /** Bin i holds values in [edges[i], edges[i + 1]); the last one its end, too. */
  edges: readonly number[]
  counts: readonly number[]
}

export interface OutcomeNumbers {
  starts: number
  /** Minima in their order, then the other classes in that of their codes; none is empty. */
  endings: readonly Ending[]
  entropy: BasinEntropy
  /** Steps of arrival, of those that arrive. */
  steps: Histogram
  /** Final losses that are finite. */
  losses: Histogram
}

export interface BasinEntropy {
  /** Mean over boxes of -sum p ln p, p being the shares of the endings in a box; 0 is certain. */
  all: number
  /** The same over boxes with more than one ending; above ln 2 the boundary is fractal. */
  boundary: number
}

/** Nodes along each side of a box, as in Daza et al. */
const boxSide = 5
const mostBins = 28
/** As in the excess heights of the stage. */
const excessOffset = 1e-3
/** Codes of endings: minima from 0, other classes from here. */
const otherEndings = 256

/** @param cells as a map has them, row after row */
export function outcomeNumbers(cells: Float32Array, columns: number): OutcomeNumbers {
  const starts = cells.length / outcomeSize
  const endings = new Uint16Array(starts)
  for (let i = 0; i < starts; i++) {
    const minimum = cells[i * outcomeSize + 1]
    endings[i] = minimum === noMinimum ? otherEndings + cells[i * outcomeSize] : minimum
  }
  return {
    starts,
    endings: listEndings(cells, endings),
    entropy: basinEntropy(endings, columns),
    steps: stepHistogram(cells),
    losses: lossHistogram(cells),
  }
}

function listEndings(cells: Float32Array, endings: Uint16Array): Ending[] {
  const arrivals = new Map<number, number[]>()
  endings.forEach((ending, i) => {
    const steps = arrivals.get(ending) ?? []
    steps.push(cells[i * outcomeSize + 2])
    arrivals.set(ending, steps)
  })
  const names = Object.keys(outcomeCodes) as OutcomeName[]
  return [...arrivals]
    .sort(([a], [b]) => a - b)
    .map(([ending, steps]) => {
      const minimum = ending < otherEndings ? ending : null
      const sorted = minimum === null ? [] : Float64Array.from(steps).sort()
      return {
        outcome: minimum === null ? names[ending - otherEndings] : 'minimum',
        minimum,
        count: steps.length,
        share: steps.length / endings.length,
        median: reachedBy(sorted, 0.5),
        ninetieth: reachedBy(sorted, 0.9),
      }
    })
}

/** The smallest value that so large a share of the sorted ones do not exceed. */
function reachedBy(sorted: ArrayLike<number>, share: number): number | null {
  return sorted.length === 0 ? null : sorted[Math.ceil(share * sorted.length) - 1]
}

/**
 * Basin entropy of Daza, Wagemakers, Georgeot, Guery-Odelin and Sanjuan, Scientific Reports 6
 * (2016) 31416. Boxes that do not fit at the far borders are left out.
 */
function basinEntropy(endings: Uint16Array, columns: number): BasinEntropy {
  const rows = endings.length / columns
  const counts = new Map<number, number>()
  let [sum, boxes, mixed] = [0, 0, 0]
  for (let row = 0; row + boxSide <= rows; row += boxSide) {
    for (let column = 0; column + boxSide <= columns; column += boxSide) {
      counts.clear()
      for (let i = 0; i < boxSide * boxSide; i++) {
        const ending = endings[(row + Math.floor(i / boxSide)) * columns + column + (i % boxSide)]
        counts.set(ending, (counts.get(ending) ?? 0) + 1)
      }
      boxes++
      if (counts.size === 1) continue
      mixed++
      for (const count of counts.values()) {
        const share = count / (boxSide * boxSide)
        sum -= share * Math.log(share)
      }
    }
  }
  return { all: boxes > 0 ? sum / boxes : 0, boundary: mixed > 0 ? sum / mixed : 0 }
}

/** Bins that grow with the steps: 0, 1, 2, ... and geometric from there. */
function stepHistogram(cells: Float32Array): Histogram {
  let most = 0
  for (let i = 2; i < cells.length; i += outcomeSize) most = Math.max(most, cells[i])
  const growth = Math.max(1.25, (most + 1) ** (1 / mostBins))
  const edges = [0]
  while (edges[edges.length - 1] <= most) {
    const last = edges[edges.length - 1]
    edges.push(Math.max(last + 1, Math.round(last * growth)))
  }
  return count(cells, 2, edges)
}

/**
 * Bins of equal width in log10(loss - lowest + 1e-3), as the heights of the stage: minima with
 * nearly the same loss fall into different ones.
 */
function lossHistogram(cells: Float32Array): Histogram {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 3; i < cells.length; i += outcomeSize) {
    const loss = cells[i]
    if (!Number.isFinite(loss)) continue
    lowest = Math.min(lowest, loss)
    highest = Math.max(highest, loss)
  }
  if (highest < lowest) return { edges: [], counts: [] }
  // All in one place still get a bin of some width.
  const span = Math.max(Math.log10((highest - lowest) / excessOffset + 1), 0.01)
  const edges = Array.from(
    { length: mostBins + 1 },
    (_, i) => lowest + excessOffset * (10 ** ((span * i) / mostBins) - 1),
  )
  // The powers round, and the highest loss belongs to the last bin.
  edges[mostBins] = Math.max(edges[mostBins], highest)
  return count(cells, 3, edges)
}

function count(cells: Float32Array, channel: number, edges: readonly number[]): Histogram {
  const counts = new Array<number>(edges.length - 1).fill(0)
  const last = edges[edges.length - 1]
  for (let i = channel; i < cells.length; i += outcomeSize) {
    const value = cells[i]
    if (!(value >= edges[0] && value <= last)) continue
    let [low, high] = [0, counts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (value >= edges[middle]) low = middle
      else high = middle
    }
    counts[low]++
  }
  return { edges, counts }
}
