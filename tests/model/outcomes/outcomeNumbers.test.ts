import { describe, expect, test } from 'vitest'
import { noMinimum, outcomeCodes } from '../../../src/model/outcomes/outcome'
import { type OutcomeNumbers, outcomeNumbers } from '../../../src/model/outcomes/outcomeNumbers'

type Cell = [code: number, minimum: number, arrival: number, loss: number]

const arrived = (minimum: number, step: number, loss = 0.1): Cell => [0, minimum, step, loss]
const moving: Cell = [outcomeCodes.moving, noMinimum, -1, 0.3]

function numbersOf(cells: Cell[], columns: number): Promise<OutcomeNumbers> {
  return outcomeNumbers(Float32Array.from(cells.flat()), columns)
}

test('shares, median and ninetieth percentile by hand', async () => {
  const steps = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5]
  const numbers = await numbersOf(
    [...steps.map((step) => arrived(1, step)), ...Array(10).fill(moving)],
    5,
  )
  expect(numbers.starts).toBe(20)
  expect(numbers.endings).toEqual([
    { outcome: 'minimum', minimum: 1, count: 10, share: 0.5, median: 5, ninetieth: 9 },
    { outcome: 'moving', minimum: null, count: 10, share: 0.5, median: null, ninetieth: null },
  ])
})

test('minima come in their order, then the classes in that of their codes', async () => {
  const cells: Cell[] = [
    [outcomeCodes.frozen, noMinimum, -1, 1],
    moving,
    arrived(3, 1),
    arrived(0, 1),
    [outcomeCodes.plateau, noMinimum, -1, 1],
  ]
  const { endings } = await numbersOf(cells, 5)
  expect(endings.map(({ outcome, minimum }) => minimum ?? outcome)).toEqual([
    0,
    3,
    'plateau',
    'moving',
    'frozen',
  ])
})

describe('basin entropy', () => {
  const map = async (side: number, ending: (column: number, row: number) => number) => {
    const cells = Array.from({ length: side * side }, (_, i) =>
      arrived(ending(i % side, Math.floor(i / side)), 1),
    )
    return (await numbersOf(cells, side)).entropy
  }

  test('is 0 for one basin', async () => {
    expect(await map(20, () => 0)).toEqual({ all: 0, boundary: 0 })
  })

  test('counts only the boxes that a straight border crosses', async () => {
    // It crosses one of four columns of boxes, two of whose five columns of nodes lie before it.
    const { all, boundary } = await map(20, (column) => (column < 7 ? 0 : 1))
    const box = -(0.4 * Math.log(0.4) + 0.6 * Math.log(0.6))
    expect(boundary).toBeCloseTo(box, 12)
    expect(all).toBeCloseTo(box / 4, 12)
    expect(boundary).toBeLessThan(Math.LN2)
  })

  test('is above ln 2 for three finely mixed basins: fractal by that criterion', async () => {
    const { boundary } = await map(30, (column, row) => (column + row) % 3)
    expect(boundary).toBeGreaterThan(Math.LN2)
    expect(boundary).toBeLessThanOrEqual(Math.log(3))
  })
})

describe('histograms', async () => {
  const steps = Array.from({ length: 1000 }, (_, i) => arrived(0, i, 0.02 + i / 1000))
  const { steps: arrivals, losses } = await numbersOf([...steps, ...Array(24).fill(moving)], 32)
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count)

  test('count every arrival once, and every loss', () => {
    expect(sum(arrivals.counts)).toBe(1000)
    expect(sum(losses.counts)).toBe(1024)
  })

  test('bins are those of their edges', () => {
    for (const { edges, counts } of [arrivals, losses]) {
      expect(edges).toHaveLength(counts.length + 1)
      for (let i = 1; i < edges.length; i++) expect(edges[i]).toBeGreaterThan(edges[i - 1])
    }
    arrivals.counts.forEach((count, i) => {
      const [from, below] = [arrivals.edges[i], Math.min(1000, arrivals.edges[i + 1])]
      expect(count).toBe(below - from)
    })
  })

  test('two minima with losses 2 % apart fall into different bins', async () => {
    const near = [arrived(0, 1, 0.0244), arrived(1, 1, 0.0249), arrived(1, 1, 0.4)]
    const { counts } = (await numbersOf(near, 3)).losses
    expect(counts.filter((count) => count > 0)).toEqual([1, 1, 1])
  })

  test('are empty or one bin without arrivals or finite losses', async () => {
    const diverged: Cell = [outcomeCodes.diverged, noMinimum, -1, Number.NaN]
    const numbers = await numbersOf([diverged, diverged], 2)
    expect(numbers.steps.counts).toEqual([])
    expect(numbers.losses.counts).toEqual([])
    expect((await numbersOf([moving, moving], 2)).losses.counts[0]).toBe(2)
  })
})
