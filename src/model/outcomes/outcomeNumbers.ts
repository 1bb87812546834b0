/** Summarises a map of outcomes in numbers. */
import { outcomeSize } from './classify'
import { noMinimum, type OutcomeName, outcomeNames } from './outcome'

/** A class and, for minima, the index. */
export interface Ending {
  outcome: OutcomeName
  /** Index of the minimum, null for every other class. */
  minimum: number | null
  count: number
  /** Share of all starts. */
  share: number
  /** Steps that half and nine tenths of the arriving starts need; null if none arrives. */
  median: number | null
  ninetieth: number | null
}

export interface Histogram {
  /** Bin i holds values in [edges[i], edges[i + 1]); the last bin also holds its end. */
  edges: readonly number[]
  counts: readonly number[]
}

export interface OutcomeNumbers {
  starts: number
  /** Minima in their order, then the other classes in the order of their codes; none is empty. */
  endings: readonly Ending[]
  entropy: BasinEntropy
  /** Steps of arrival of those that arrive. */
  steps: Histogram
  /** Finite final losses. */
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
/** The offset of the excess heights of the stage. */
const excessOffset = 1e-3
/** Codes of endings: minima from 0, other classes from here. */
const otherEndings = 256

/**
 * @param cells as a map has them, row after row
 * @param pause awaited between passes over the cells; each takes about 10 ms for a million cells
 */
export async function outcomeNumbers(
  cells: Float32Array,
  columns: number,
  pause: () => Promise<void> = async () => {},
): Promise<OutcomeNumbers> {
  const starts = cells.length / outcomeSize
  const endings = new Uint16Array(starts)
  for (let i = 0; i < starts; i++) {
    const minimum = cells[i * outcomeSize + 1]
    endings[i] = minimum === noMinimum ? otherEndings + cells[i * outcomeSize] : minimum
  }
  const arrivals = countArrivals(cells, endings)
  await pause()
  const entropy = basinEntropy(endings, columns)
  await pause()
  const losses = lossHistogram(cells)
  return {
    starts,
    endings: listEndings(arrivals, starts),
    entropy,
    steps: stepHistogram(arrivals),
    losses,
  }
}

/** Counts arrivals at each step for each ending: counts[step + 1]; the first is for no arrival. */
type Arrivals = Map<number, Uint32Array>

function countArrivals(cells: Float32Array, endings: Uint16Array): Arrivals {
  let most = -1
  for (let i = 2; i < cells.length; i += outcomeSize) most = Math.max(most, cells[i])
  const arrivals: (Uint32Array | undefined)[] = []
  for (let i = 0; i < endings.length; i++) {
    arrivals[endings[i]] ??= new Uint32Array(most + 2)
    const counts = arrivals[endings[i]] as Uint32Array
    counts[cells[i * outcomeSize + 2] + 1]++
  }
  return new Map(arrivals.flatMap((counts, ending) => (counts ? [[ending, counts]] : [])))
}

function listEndings(arrivals: Arrivals, starts: number): Ending[] {
  return [...arrivals].map(([ending, counts]) => {
    const minimum = ending < otherEndings ? ending : null
    const count = counts.reduce((sum, each) => sum + each, 0)
    return {
      outcome: minimum === null ? outcomeNames[ending - otherEndings] : 'minimum',
      minimum,
      count,
      share: count / starts,
      median: minimum === null ? null : reachedBy(counts, count * 0.5),
      ninetieth: minimum === null ? null : reachedBy(counts, count * 0.9),
    }
  })
}

/** The smallest step by which this many have arrived. */
function reachedBy(counts: Uint32Array, wanted: number): number {
  let arrived = 0
  const at = counts.findIndex((count) => {
    arrived += count
    return arrived >= wanted
  })
  return at - 1
}

/**
 * Basin entropy of Daza, Wagemakers, Georgeot, Guery-Odelin and Sanjuan, Scientific Reports 6
 * (2016) 31416. Boxes that do not fit at the far borders are left out.
 */
function basinEntropy(endings: Uint16Array, columns: number): BasinEntropy {
  const rows = endings.length / columns
  const size = boxSide * boxSide
  const counts = new Uint8Array(otherEndings + 256)
  const box = new Uint16Array(size)
  let [sum, boxes, mixed] = [0, 0, 0]
  for (let row = 0; row + boxSide <= rows; row += boxSide) {
    for (let column = 0; column + boxSide <= columns; column += boxSide) {
      for (let i = 0; i < size; i++) {
        const at = (row + Math.floor(i / boxSide)) * columns + column + (i % boxSide)
        box[i] = endings[at]
        counts[box[i]]++
      }
      boxes++
      if (counts[box[0]] < size) mixed++
      for (let i = 0; i < size; i++) {
        // Each member of a kind contributes its part: p ln p is n times (1 / size) ln p.
        sum -= Math.log(counts[box[i]] / size) / size
      }
      for (let i = 0; i < size; i++) counts[box[i]] = 0
    }
  }
  return { all: boxes > 0 ? sum / boxes : 0, boundary: mixed > 0 ? sum / mixed : 0 }
}

/** Bins that grow with the steps: 0, 1, 2, ..., then geometric. */
function stepHistogram(arrivals: Arrivals): Histogram {
  const [length = 1] = [...arrivals.values()].map((counts) => counts.length)
  const most = length - 2
  const growth = Math.max(1.25, (most + 1) ** (1 / mostBins))
  const edges = [0]
  while (edges[edges.length - 1] <= most) {
    const last = edges[edges.length - 1]
    edges.push(Math.max(last + 1, Math.round(last * growth)))
  }
  const counts = edges.slice(1).map((below, i) => {
    let sum = 0
    for (const each of arrivals.values()) {
      for (let step = edges[i]; step < Math.min(below, length - 1); step++) sum += each[step + 1]
    }
    return sum
  })
  return { edges, counts }
}

/**
 * Bins of equal width in log10(loss - lowest + 1e-3), like the heights of the stage: minima with
 * nearly the same loss fall into different bins.
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
  // If all values are equal, the bin still has some width.
  const span = Math.max(Math.log10((highest - lowest) / excessOffset + 1), 0.01)
  const edges = Array.from(
    { length: mostBins + 1 },
    (_, i) => lowest + excessOffset * (10 ** ((span * i) / mostBins) - 1),
  )
  // The powers are rounded, and the highest loss belongs to the last bin.
  edges[mostBins] = Math.max(edges[mostBins], highest)
  const counts = new Array<number>(mostBins).fill(0)
  for (let i = 3; i < cells.length; i += outcomeSize) {
    if (!Number.isFinite(cells[i])) continue
    let [low, high] = [0, mostBins]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (cells[i] >= edges[middle]) low = middle
      else high = middle
    }
    counts[low]++
  }
  return { edges, counts }
}
