import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Axis,
  coarseNodeStep,
  evaluateCurvatureRows,
  evaluateGridRows,
  type GridJob,
  gridNode,
  gridNodes,
  nodesTaken,
  nodeTaken,
  rowsOfGrid,
} from '../../src/model/grid'
import { createObjective } from '../../src/model/objective'
import { explainStep } from '../../src/model/step/explainStep'
import { defaultObjective, lossNames } from '../gpu/cases'
import { always, real } from './seeded'

const job: GridJob = { objective: defaultObjective, w: [-2, 3, 11], b: [-1, 5, 7] }

test('node i of an axis is min + i (max - min) / (count - 1), both ends included', () => {
  expect([...gridNodes([-2, 2, 5])]).toEqual([-2, -1, 0, 1, 2])
  expect([...gridNodes([3, 4, 2])]).toEqual([3, 4])
  expect([...gridNodes([0, 3, 5])]).toEqual([0, 0.75, 1.5, 2.25, 3])
})

test('a node is computed in f64 and rounded to f32 once', () => {
  const axis: Axis = [-0.1, 0.7, 4]
  for (let i = 0; i < 4; i++) {
    expect(gridNode(axis, i)).toBe(Math.fround(-0.1 + (i * 0.8) / 3))
  }
  // Rounding 0.1 and 0.8 to f32 first would end an ulp away.
  expect(gridNode([0.1, 0.8, 8], 3)).toBe(Math.fround(0.4))
  expect(gridNodes(axis)).toEqual(Float32Array.from([0, 1, 2, 3], (i) => gridNode(axis, i)))
})

test('the first and the last node are the ends of the axis, and nodes never fall', () => {
  always(
    [real(-1e6, 1e6), real(1e-3, 1e6), fc.integer({ min: 2, max: 300 })],
    (min, width, count) => {
      const axis: Axis = [min, min + width, count]
      const nodes = gridNodes(axis)
      expect(nodes).toHaveLength(count)
      expect(nodes[0]).toBe(Math.fround(axis[0]))
      // max - min and back may cost half an ulp of f64, which can move the rounding to f32.
      const last = [
        Math.fround(axis[1]),
        Math.fround(axis[1] * (1 + 1e-15)),
        Math.fround(axis[1] * (1 - 1e-15)),
      ]
      expect(last).toContain(nodes[count - 1])
      for (let i = 1; i < count; i++) expect(nodes[i]).toBeGreaterThanOrEqual(nodes[i - 1])
    },
    100,
  )
})

test('nodes taken are 0, step, 2 step, ... and the last, each once', () => {
  always([fc.integer({ min: 2, max: 500 }), fc.integer({ min: 1, max: 600 })], (count, step) => {
    const wanted: number[] = []
    for (let node = 0; node < count - 1; node += step) wanted.push(node)
    wanted.push(count - 1)
    const taken = Array.from({ length: nodesTaken(count, step) }, (_, i) =>
      nodeTaken(count, step, i),
    )
    expect(taken).toEqual(wanted)
  })
})

test('the coarse step is the smallest power of 2 with which the nodes are few enough', () => {
  expect(coarseNodeStep(128, 128, 128 * 128)).toBe(1)
  expect(coarseNodeStep(129, 128, 128 * 128)).toBe(2)
  always(
    [fc.integer({ min: 2, max: 2048 }), fc.integer({ min: 2, max: 2048 })],
    (columns, rows) => {
      const step = coarseNodeStep(columns, rows, 1000)
      const nodes = (k: number) => nodesTaken(columns, k) * nodesTaken(rows, k)
      expect(Number.isInteger(Math.log2(step))).toBe(true)
      expect(nodes(step)).toBeLessThanOrEqual(1000)
      if (step > 1) expect(nodes(step / 2)).toBeGreaterThan(1000)
    },
  )
})

test('a cell is (loss, dL/dw, dL/db, 0) at its node; row 0 is the smallest b', () => {
  const cells = evaluateGridRows(job, 0, 7)
  const objective = createObjective(job.objective)
  const gradient = new Float64Array(2)
  expect(cells).toHaveLength(11 * 7 * 4)
  for (let row = 0; row < 7; row++) {
    for (let column = 0; column < 11; column++) {
      const [w, b] = [-2 + column / 2, -1 + row]
      objective.gradient(w, b, gradient)
      const wanted = Float32Array.of(objective.loss(w, b), gradient[0], gradient[1], 0)
      const at = (row * 11 + column) * 4
      expect(cells.slice(at, at + 4), `column ${column}, row ${row}`).toEqual(wanted)
    }
  }
})

test('rows computed in parts are the rows of the whole', () => {
  const whole = evaluateGridRows(job, 0, 7)
  expect([...evaluateGridRows(job, 0, 3), ...evaluateGridRows(job, 3, 7)]).toEqual([...whole])
})

test('rows of a grid alone are those of the whole, bit for bit, and again of themselves', () => {
  const whole = evaluateGridRows({ ...job, b: [-1, 1.3, 29] }, 0, 29)
  const some = rowsOfGrid({ ...job, b: [-1, 1.3, 29] }, 5, 17)
  expect(some.b).toEqual([-1, 1.3, 12])
  expect(evaluateGridRows(some, 0, 12)).toEqual(whole.slice(5 * 44, 17 * 44))
  expect(evaluateGridRows(rowsOfGrid(some, 3, 4), 0, 1)).toEqual(whole.slice(8 * 44, 9 * 44))
})

test('coarse nodes are nodes of the final grid, with the same values', () => {
  const whole = evaluateGridRows(job, 0, 7)
  for (const step of [2, 3, 4, 16]) {
    const [columns, rows] = [nodesTaken(11, step), nodesTaken(7, step)]
    const coarse = evaluateGridRows(job, 0, rows, step)
    expect(coarse).toHaveLength(columns * rows * 4)
    for (let i = 0; i < columns * rows; i++) {
      const row = nodeTaken(7, step, Math.floor(i / columns))
      const at = (row * 11 + nodeTaken(11, step, i % columns)) * 4
      expect(coarse.slice(i * 4, i * 4 + 4)).toEqual(whole.slice(at, at + 4))
    }
  }
})

test.for(lossNames)('%s: curvature is (L_ww, L_wb, L_bb, change) of explainStep', (loss) => {
  for (const learningRate of [1e-4, 10, 1000]) {
    const spec = { ...defaultObjective, loss }
    const cells = evaluateCurvatureRows({ ...job, objective: spec, learningRate }, 0, 7)
    expect(cells).toHaveLength(11 * 7 * 4)
    for (let cell = 0; cell < 77; cell++) {
      const [w, b] = [-2 + (cell % 11) / 2, -1 + Math.floor(cell / 11)]
      const { hessian, actual } = explainStep(spec, { w, b, learningRate })
      const wanted = Float32Array.of(hessian.ww, hessian.wb, hessian.bb, actual)
      expect(cells.slice(cell * 4, cell * 4 + 4), `w ${w}, b ${b}`).toEqual(wanted)
    }
  }
})

test('curvature: rows in parts, and coarse nodes, are those of the whole', () => {
  const withRate = { ...job, learningRate: 3 }
  const whole = evaluateCurvatureRows(withRate, 0, 7)
  const parts = [evaluateCurvatureRows(withRate, 0, 3), evaluateCurvatureRows(withRate, 3, 7)]
  expect(parts.flatMap((part) => [...part])).toEqual([...whole])
  const [columns, rows] = [nodesTaken(11, 4), nodesTaken(7, 4)]
  const coarse = evaluateCurvatureRows(withRate, 0, rows, 4)
  expect(coarse).toHaveLength(columns * rows * 4)
  for (let i = 0; i < columns * rows; i++) {
    const row = nodeTaken(7, 4, Math.floor(i / columns))
    const at = (row * 11 + nodeTaken(11, 4, i % columns)) * 4
    expect(coarse.slice(i * 4, i * 4 + 4)).toEqual(whole.slice(at, at + 4))
  }
})
