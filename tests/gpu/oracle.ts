/** Compares results of an engine, GPU or CPU, with the oracle by permitted intervals. */
import type { Crowd, Surface } from '../../src/engine/engine'
import { gridNode } from '../../src/model/grid'
import { createObjective, termCount } from '../../src/model/objective'
import { createLossChangeInterval, stepInterval } from '../../src/model/permitted/changeInterval'
import { createObjectiveInterval } from '../../src/model/permitted/objectiveInterval'
import { stateIntervals } from '../../src/model/permitted/ruleIntervals'
import { createRule } from '../../src/model/rule'
import { createStepChange } from '../../src/model/step/lossChange'
import { type Comparison, type Expectation, expectPermitted } from './compare'

/** Loss and gradient in every cell of a surface. */
export async function checkSurface(
  surface: Pick<Surface, 'job' | 'readRows'>,
): Promise<Comparison> {
  const { job } = surface
  const columns = job.w[2]
  const objective = createObjective(job.objective)
  const permitted = createObjectiveInterval(job.objective)
  const gradient = new Float64Array(2)
  const expectCell = (cell: number): Expectation[] => {
    const w = gridNode(job.w, cell % columns)
    const b = gridNode(job.b, Math.floor(cell / columns))
    const place = `at w ${w}, b ${b}`
    const [dw, db] = permitted.gradient(w, b)
    objective.gradient(w, b, gradient)
    return [
      { oracle: objective.loss(w, b), interval: permitted.loss(w, b), what: `the loss ${place}` },
      { oracle: gradient[0], interval: dw, what: `dL/dw ${place}` },
      { oracle: gradient[1], interval: db, what: `dL/db ${place}` },
      { oracle: 0, interval: { lo: 0, hi: 0 }, what: `the fourth value ${place}` },
    ]
  }
  let expected: Expectation[] = []
  return expectPermitted(await surface.readRows(0, job.b[2]), (i) => {
    if (i % 4 === 0) expected = expectCell(i / 4)
    return expected[i % 4]
  })
}

/**
 * Hessian and change in every cell of a surface; the change is along the engine's own path, over
 * the step given by its own gradient in that cell.
 */
export async function checkCurvature(
  surface: Pick<Surface, 'job' | 'readRows' | 'readCurvature'>,
): Promise<Comparison> {
  const { job } = surface
  const [columns, rows] = [job.w[2], job.b[2]]
  const { learningRate = Number.NaN } = job
  const objective = createObjective(job.objective)
  const changeFrom = createStepChange(job.objective)
  const permitted = createObjectiveInterval(job.objective)
  const permittedChange = createLossChangeInterval(job.objective)
  const cells = await surface.readRows(0, rows)
  const eta = Math.fround(learningRate)
  const expectCell = (cell: number): Expectation[] => {
    const w = gridNode(job.w, cell % columns)
    const b = gridNode(job.b, Math.floor(cell / columns))
    const place = `at w ${w}, b ${b}, eta ${learningRate}`
    const { ww, wb, bb } = objective.hessian(w, b)
    const hessian = permitted.hessian(w, b)
    const [, dw, db] = cells.subarray(cell * 4, cell * 4 + 3)
    const change = changeFrom(w, b, -eta * dw, -eta * db)
    const interval = permittedChange(w, b, stepInterval(learningRate, [dw, db]))
    return [
      { oracle: ww, interval: hessian[0], what: `L_ww ${place}` },
      { oracle: wb, interval: hessian[1], what: `L_wb ${place}` },
      { oracle: bb, interval: hessian[2], what: `L_bb ${place}` },
      { oracle: change, interval, what: `the change ${place}` },
    ]
  }
  let expected: Expectation[] = []
  return expectPermitted(await surface.readCurvature(0, rows), (i) => {
    if (i % 4 === 0) expected = expectCell(i / 4)
    return expected[i % 4]
  })
}

/** Each step of a crowd recorded with stride 1, along its own path. */
export async function checkSteps(crowd: Pick<Crowd, 'job' | 'read'>): Promise<Comparison> {
  const { job } = crowd
  const positions = await crowd.read()
  const objective = createObjective(job.objective)
  const { rule: spec, learningRate } = job.runner
  const permitted = stateIntervals(spec, job.objective, learningRate, job.steps)
  const rule = createRule(job.runner.rule, termCount(job.objective), job.steps)
  const rate = Math.fround(learningRate)
  const gradient = new Float64Array(2)
  const state = new Float64Array(rule.stateSize)
  const width = job.starts.length
  let intervals: ReturnType<typeof permitted> = []
  return expectPermitted(positions.subarray(width), (i) => {
    if (i % 2 === 0) {
      state.set([positions[i], positions[i + 1]])
      intervals = permitted(state, Math.floor(i / width))
      objective.gradient(state[0], state[1], gradient)
      rule.takeStep(state, gradient, rate, objective, Math.floor(i / width))
    }
    const trajectory = Math.floor((i % width) / 2)
    return {
      oracle: state[i % 2],
      interval: intervals[i % 2],
      what: `${'wb'[i % 2]} of trajectory ${trajectory} after step ${Math.floor(i / width) + 1}`,
    }
  })
}
