/** A worker of the CPU engine: the model's own functions, one call for each part of a job. */
import { expose, transfer } from 'comlink'
import { Descent, type DescentJob, descend } from '../model/descent'
import { cellSize, evaluateCurvatureRows, evaluateGridRows, type GridJob } from '../model/grid'
import { createObjective, type ObjectiveSpec } from '../model/objective'
import { classifyRows } from '../model/outcomes/classify'
import type { OutcomeJob } from '../model/outcomes/outcome'

const tasks = {
  evaluateGridRows(job: GridJob, firstRow: number, lastRow: number, nodeStep: number) {
    const cells = evaluateGridRows(job, firstRow, lastRow, nodeStep)
    let lowest = Number.POSITIVE_INFINITY
    let highest = Number.NEGATIVE_INFINITY
    for (let i = 0; i < cells.length; i += cellSize) {
      if (cells[i] < lowest) lowest = cells[i]
      if (cells[i] > highest) highest = cells[i]
    }
    const { learningRate } = job
    if (learningRate === undefined) {
      return transfer({ cells, curvature: null, lowest, highest }, [cells.buffer])
    }
    const withRate = { ...job, learningRate }
    const curvature = evaluateCurvatureRows(withRate, firstRow, lastRow, nodeStep)
    return transfer({ cells, curvature, lowest, highest }, [cells.buffer, curvature.buffer])
  },

  classifyRows(job: OutcomeJob, firstRow: number, lastRow: number, nodeStep: number) {
    const cells = classifyRows(job, firstRow, lastRow, nodeStep)
    return transfer(cells, [cells.buffer])
  },

  descend(job: DescentJob) {
    const positions = descend(job)
    return transfer(positions, [positions.buffer])
  },

  /** Carries each state of `states` on by `steps` steps. */
  advance(
    job: Omit<DescentJob, 'starts'>,
    states: Float64Array<ArrayBuffer>,
    firstStep: number,
    steps: number,
  ) {
    const descent = new Descent(job)
    const { stateSize } = descent.rule
    for (let i = 0; i < states.length / stateSize; i++) {
      const state = states.subarray(i * stateSize, (i + 1) * stateSize)
      descent.advance(state, steps, firstStep, job.learningRates?.[i])
    }
    return transfer(states, [states.buffer])
  },

  /** The loss at each (w, b) of `positions`. */
  losses(spec: ObjectiveSpec, positions: Float64Array<ArrayBuffer>) {
    const objective = createObjective(spec)
    const losses = new Float32Array(positions.length / 2)
    for (let i = 0; i < losses.length; i++) {
      losses[i] = objective.loss(positions[2 * i], positions[2 * i + 1])
    }
    return transfer(losses, [losses.buffer])
  },
}

export type WorkerTasks = typeof tasks

expose(tasks)
