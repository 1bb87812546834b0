import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridNodes } from '../../src/model/grid'
import { placeStarts, type Range, type Starts, startCount } from '../../src/model/starts'
import { always } from './seeded'

const w: Range = [-6, 10]
const b: Range = [-8, 3]
const chosen = [0.1, -0.7] as const

const place = (starts: Partial<Starts>) =>
  placeStarts({ arrangement: 'grid', perSide: 8, seed: 1, list: [], ...starts }, w, b, chosen)

const pairs = (positions: Float32Array) =>
  Array.from({ length: positions.length / 2 }, (_, i) => [positions[2 * i], positions[2 * i + 1]])

const inOrder = (list: number[][]) => [...list].sort(([a, c], [d, e]) => a - d || c - e)

const anyPerSide = fc.integer({ min: 1, max: 40 })
const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 })

test('one: the chosen start alone, rounded to f32', () => {
  expect(place({ arrangement: 'one' })).toEqual(Float32Array.of(0.1, -0.7))
  expect(startCount({ arrangement: 'one', perSide: 30, seed: 1, list: [] })).toBe(1)
})

test('a list is placed in its order', () => {
  const list: [number, number][] = [
    [3, 0.1],
    [-20, 4],
    [3, 0.1],
  ]
  expect(place({ arrangement: 'list', list })).toEqual(Float32Array.of(3, 0.1, -20, 4, 3, 0.1))
  expect(startCount({ arrangement: 'list', perSide: 30, seed: 1, list })).toBe(3)
})

test('every other arrangement places perSide^2 starts', () => {
  for (const arrangement of ['grid', 'random', 'ring'] as const) {
    always(
      [anyPerSide, anySeed],
      (perSide, seed) => {
        const positions = place({ arrangement, perSide, seed })
        expect(positions).toHaveLength(2 * perSide * perSide)
        expect(startCount({ arrangement, perSide, seed, list: [] })).toBe(perSide * perSide)
      },
      30,
    )
  }
})

test('grid: exactly the nodes over the view, each once, whatever the seed', () => {
  always(
    [fc.integer({ min: 2, max: 40 }), anySeed],
    (perSide, seed) => {
      const nodes = [...gridNodes([...w, perSide])].flatMap((atW) =>
        [...gridNodes([...b, perSide])].map((atB) => [atW, atB]),
      )
      expect(inOrder(pairs(place({ perSide, seed })))).toEqual(inOrder(nodes))
    },
    40,
  )
})

test('grid with one start a side: the middle of the view', () => {
  expect([...place({ perSide: 1 })]).toEqual([2, -2.5])
})

test('ring: on the largest ellipse in the view, evenly in its angle', () => {
  const positions = pairs(place({ arrangement: 'ring', perSide: 9 }))
  const angles = positions.map(([atW, atB]) => {
    const [x, y] = [(atW - 2) / 8, (atB + 2.5) / 5.5]
    // Positions are f32: half an ulp of 10 over a radius of 5.5.
    expect(Math.abs(Math.hypot(x, y) - 1)).toBeLessThan(2e-7)
    return (Math.atan2(y, x) / (2 * Math.PI)) * 81
  })
  const numbers = angles.map((angle) => (Math.round(angle) + 81) % 81).sort((p, q) => p - q)
  expect(numbers).toEqual(Array.from({ length: 81 }, (_, i) => i))
  for (const angle of angles) expect(Math.abs(angle - Math.round(angle))).toBeLessThan(1e-4)
})

test('random: inside the view, in every quarter of it, the same for the same seed only', () => {
  const positions = place({ arrangement: 'random', perSide: 32, seed: 5 })
  const quarters = [0, 0, 0, 0]
  for (const [atW, atB] of pairs(positions)) {
    expect(atW >= w[0] && atW <= w[1] && atB >= b[0] && atB <= b[1]).toBe(true)
    quarters[(atW > 2 ? 1 : 0) + (atB > -2.5 ? 2 : 0)]++
  }
  // 256 expected in each, standard deviation 14.
  for (const count of quarters) expect(Math.abs(count - 256)).toBeLessThan(5 * 14)
  expect(place({ arrangement: 'random', perSide: 32, seed: 5 })).toEqual(positions)
  expect(place({ arrangement: 'random', perSide: 32, seed: 6 })).not.toEqual(positions)
})

test('random: no two of 1,024 starts are the same', () => {
  const positions = pairs(place({ arrangement: 'random', perSide: 32, seed: 2 }))
  expect(new Set(positions.map(String)).size).toBe(1024)
})

test('any first part of a grid is spread over the whole view', () => {
  for (const perSide of [16, 30, 32, 37]) {
    for (const seed of [0, 1, 12345]) {
      const positions = pairs(place({ perSide, seed }))
      for (const count of [64, 100, 150, 250]) {
        const cells = Array.from({ length: 16 }, () => 0)
        for (const [atW, atB] of positions.slice(0, count)) {
          const column = Math.min(3, Math.floor((4 * (atW - w[0])) / (w[1] - w[0])))
          const row = Math.min(3, Math.floor((4 * (atB - b[0])) / (b[1] - b[0])))
          cells[4 * row + column]++
        }
        // In each of 4 x 4 parts of the view at least a quarter of an equal share.
        const least = Math.min(...cells)
        expect(least, `${perSide} a side, seed ${seed}, ${count}: ${cells}`).toBeGreaterThanOrEqual(
          count / 16 / 4,
        )
      }
    }
  }
})
