/**
 * Oracle for where descents end. The same steps, in the same order, stand in
 * shaders/classifyOutcomes.wgsl; this one computes in f64.
 *
 * The first class that fits:
 * - diverged: |w| or |b| above 1e6 at the end
 * - minimum k: rate * largest eigenvalue < 2 there, and the last `stay` steps are within its radius
 * - oscillating: within the last `window` steps the loss rose by more than the share `rise`, from
 *   one place outside of every minimum that holds to another
 * - receding: over the window |theta| grew and the loss fell, to below `lowLoss`
 * - stationary: over the window within the radius of a point that can hold nothing, a saddle or a
 *   minimum that is too sharp for the rate, and no farther from it at the end
 * - frozen: a step changes nothing, in f32 below half an ulp of w and of b
 * - plateau: |g| below `plateau`
 * - moving: none of these yet
 */
import { type Axis, gridNode, nodesTaken, nodeTaken } from './grid'
import { createObjective, type Objective } from './objective'
import {
  noMinimum,
  type OutcomeAxis,
  type OutcomeJob,
  type OutcomeName,
  outcomeCodes,
  type Target,
} from './outcome'
import { createRule, type Rule } from './rule'

/** Floats in one cell of a map: class, minimum or 255, step of arrival or -1, final loss. */
export const outcomeSize = 4

const bound = 1e6

/** In place of a loss at a minimum: no rise can follow it. */
const unwatched = Number.POSITIVE_INFINITY

/** Node i of an axis; of rates 10^node, worked out in f64 and rounded to f32 once. */
export function outcomeNode({ name, range }: OutcomeAxis, i: number): number {
  const [min, max, count] = range
  if (name !== 'log10Rate') return gridNode(range, i)
  return Math.fround(10 ** (min + (i * (max - min)) / (count - 1)))
}

/** All nodes of an axis. */
export function outcomeNodes(axis: OutcomeAxis): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: axis.range[2] }, (_, i) => outcomeNode(axis, i))
}

/** The step from which a rise of the loss counts, and the last at which one may arrive to stay. */
export function decisiveSteps({ steps, thresholds: { window, stay } }: OutcomeJob): {
  windowStart: number
  stayStart: number
} {
  return { windowStart: Math.max(0, steps - window), stayStart: Math.max(0, steps - stay) }
}

/**
 * Rows [firstRow, lastRow) of the nodes taken.
 * Result: cells[((row - firstRow) * columns + column) * 4] = class, minimum or 255, step of arrival
 * or -1, final loss; row and column count the nodes taken.
 *
 * @param resolution of theta: in f32 a component whose step is below half an ulp stays where it is,
 *   as on the GPU; else everything is in f64
 */
export function classifyRows(
  job: OutcomeJob,
  firstRow: number,
  lastRow: number,
  nodeStep = 1,
  resolution: 'f32' | 'f64' = 'f64',
): Float32Array<ArrayBuffer> {
  const [columns, rows] = job.axes
  const count = nodesTaken(columns.range[2], nodeStep)
  const at = (axis: Axis, i: number) => nodeTaken(axis[2], nodeStep, i)
  const cells = new Float32Array((lastRow - firstRow) * count * outcomeSize)
  const classifier = new Classifier(job, resolution)
  const place = { w: job.start[0], b: job.start[1], log10Rate: job.runner.learningRate }
  let cell = 0
  for (let row = firstRow; row < lastRow; row++) {
    place[rows.name] = outcomeNode(rows, at(rows.range, row))
    for (let column = 0; column < count; column++) {
      place[columns.name] = outcomeNode(columns, at(columns.range, column))
      const found = classifier.descend(place.w, place.b, place.log10Rate)
      cells[cell] = outcomeCodes[found.outcome]
      cells[cell + 1] = found.minimum
      cells[cell + 2] = found.arrivalStep
      cells[cell + 3] = found.finalLoss
      cell += outcomeSize
    }
  }
  return cells
}

export interface Outcome {
  outcome: OutcomeName
  /** 255 is none. */
  minimum: number
  /** -1 is none. */
  arrivalStep: number
  finalLoss: number
}

/** Descends from one start after another; everything mutable in it belongs to the one under way. */
class Classifier {
  private readonly objective: Objective
  private readonly rule: Rule
  private readonly minima: readonly Target[]
  private readonly windowStart: number
  private readonly stayStart: number
  private readonly state: Float64Array
  private readonly gradient = new Float64Array(2)
  private w = 0
  private b = 0
  private rate = 0
  /** theta at windowStart. */
  private windowW = 0
  private windowB = 0
  private windowLoss = 0

  constructor(
    private readonly job: OutcomeJob,
    private readonly resolution: 'f32' | 'f64',
  ) {
    this.objective = createObjective(job.objective)
    this.rule = createRule(job.runner.rule, job.objective.samples.length, job.steps)
    this.minima = job.targets.filter(({ isMinimum }) => isMinimum)
    this.state = new Float64Array(this.rule.stateSize)
    const { windowStart, stayStart } = decisiveSteps(job)
    this.windowStart = windowStart
    this.stayStart = stayStart
  }

  descend(w: number, b: number, rate: number): Outcome {
    const { job, state } = this
    state.fill(0)
    this.rate = Math.fround(rate)
    state[0] = this.w = Math.fround(w)
    state[1] = this.b = Math.fround(b)
    let here = this.minimumAt()
    let arrivalStep = 0
    let hasRisen = false
    let lossBefore = 0
    let isMoving = true
    for (let step = 0; step < job.steps; step++) {
      if (step === this.windowStart) {
        this.openWindow()
        lossBefore = here === noMinimum ? this.windowLoss : unwatched
      }
      if (!isMoving) continue
      isMoving = this.takeStep(step)
      if (!isMoving) continue
      const at = this.minimumAt()
      if (at !== here) {
        here = at
        arrivalStep = step + 1
      }
      if (step >= this.windowStart) {
        const loss = here === noMinimum ? this.objective.loss(this.w, this.b) : unwatched
        hasRisen ||= loss !== unwatched && loss > lossBefore * (1 + job.thresholds.rise)
        lossBefore = loss
      }
    }
    const finalLoss = this.objective.loss(this.w, this.b)
    const hasStayed = here !== noMinimum && arrivalStep <= this.stayStart
    const outcome = this.classOf(finalLoss, hasStayed, hasRisen)
    const isArrived = outcome === 'minimum'
    return {
      outcome,
      minimum: isArrived ? here : noMinimum,
      arrivalStep: isArrived ? arrivalStep : -1,
      finalLoss,
    }
  }

  private openWindow(): void {
    this.windowW = this.w
    this.windowB = this.b
    this.windowLoss = this.objective.loss(this.w, this.b)
  }

  /** False, and nothing done, where no further step changes anything. */
  private takeStep(step: number): boolean {
    const { state, gradient, w, b } = this
    this.objective.gradient(w, b, gradient)
    this.rule.takeStep(state, gradient, this.rate, this.objective, step)
    if (this.resolution === 'f32') {
      if (vanishes(w, state[0])) state[0] = w
      if (vanishes(b, state[1])) state[1] = b
    }
    if (state[0] === w && state[1] === b) return false
    this.w = state[0]
    this.b = state[1]
    return true
  }

  private classOf(finalLoss: number, hasStayed: boolean, hasRisen: boolean): OutcomeName {
    if (Math.max(Math.abs(this.w), Math.abs(this.b)) > bound) return 'diverged'
    if (hasStayed) return 'minimum'
    if (hasRisen) return 'oscillating'
    const isGrowing = Math.hypot(this.w, this.b) > Math.hypot(this.windowW, this.windowB)
    if (isGrowing && finalLoss < this.windowLoss && finalLoss < this.job.lowLoss) return 'receding'
    if (this.job.targets.some((target) => this.isStationaryAt(target))) return 'stationary'
    // A further step, which leaves the gradient here behind.
    if (!this.takeStep(this.job.steps)) return 'frozen'
    const slope = Math.hypot(this.gradient[0], this.gradient[1])
    return slope < this.job.thresholds.plateau ? 'plateau' : 'moving'
  }

  private minimumAt(): number {
    const { minima, w, b } = this
    for (let k = 0; k < minima.length; k++) {
      if (distance(minima[k], w, b) <= minima[k].radius && this.holds(minima[k])) return k
    }
    return noMinimum
  }

  private holds({ isMinimum, largest }: Target): boolean {
    return isMinimum && this.rate * largest < 2
  }

  private isStationaryAt(target: Target): boolean {
    if (this.holds(target)) return false
    const before = distance(target, this.windowW, this.windowB)
    const now = distance(target, this.w, this.b)
    return before <= target.radius && now <= before
  }
}

/** Whether a step is below half an ulp of f32, so that the GPU would stay where it is. */
function vanishes(from: number, to: number): boolean {
  const rounded = Math.fround(from)
  return Math.fround(rounded + (to - from)) === rounded
}

function distance({ w, b }: Target, atW: number, atB: number): number {
  return Math.hypot(atW - w, atB - b)
}
