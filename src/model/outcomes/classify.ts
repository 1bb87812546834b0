/**
 * Oracle for the outcomes of descents. shaders/classifyOutcomes.wgsl takes the same steps in the
 * same order; this one computes in f64.
 *
 * The outcome is the first class that fits:
 * - diverged: |w| or |b| above 1e6 at the end
 * - minimum k: the rule's stability limit holds there (rate * largest eigenvalue < 2 for plain
 *   descent; no limit for adaptive and stochastic rules), and the last `stay` steps are within its
 *   radius
 * - oscillating: within the last `window` steps the loss rose by more than the share `rise`, from
 *   one place outside every minimum that holds to another
 * - receding: over the window |theta| grew and the loss fell, to below `lowLoss`
 * - stationary: over the window within the radius of a point that cannot hold descents, a saddle or
 *   a minimum that is too sharp for the rate, and no farther from it at the end
 * - frozen: a step over all points changes nothing, in f32 below half an ulp of w and of b
 * - plateau: |g| below `plateau`
 * - moving: none of the above yet
 *
 * Rules with a velocity (momentum, Nesterov, Adam) swing where plain descent does not: their rises
 * count in the second half of the window, and only if the mean loss of that half is at least half
 * as far above the lowest loss of the window as the mean of the first half. Rules by batches are
 * judged by the mean place of each whole epoch, and `stay` and `window` are at least two and four
 * epochs.
 */
import { type Axis, gridNode, nodesTaken, nodeTaken } from '../grid'
import { createObjective, type Objective } from '../objective'
import { createRule, isByBatches, type Rule } from '../rule'
import {
  noMinimum,
  type OutcomeAxis,
  type OutcomeJob,
  type OutcomeName,
  outcomeCodes,
  type Target,
} from './outcome'
import { decisiveSteps, epochSteps, stabilityOf } from './stability'

/** Floats in one cell of a map: class, minimum or 255, step of arrival or -1, final loss. */
export const outcomeSize = 4

/** Node i of an axis; for rates 10^node, computed in f64 and rounded to f32 once. */
export function outcomeNode({ name, range, nodes }: OutcomeAxis, i: number): number {
  if (nodes) return nodes[i]
  const [min, max, count] = range
  if (name !== 'log10Rate') return gridNode(range, i)
  return Math.fround(10 ** (min + (i * (max - min)) / (count - 1)))
}

/** All nodes of an axis. */
export function outcomeNodes(axis: OutcomeAxis): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: axis.range[2] }, (_, i) => outcomeNode(axis, i))
}

/**
 * A job of rows [first, last) alone. Their nodes are those of the whole map, bit for bit: they are
 * computed from the global index and only then cut out.
 */
export function rowsOfMap(job: OutcomeJob, first: number, last: number): OutcomeJob {
  const [columns, rows] = job.axes
  const nodes = Float32Array.from({ length: last - first }, (_, i) => outcomeNode(rows, first + i))
  const range = [rows.range[0], rows.range[1], last - first] as const
  return { ...job, axes: [columns, { ...rows, range, nodes }] }
}

/**
 * Rows [firstRow, lastRow) of the nodes taken.
 * Result: cells[((row - firstRow) * columns + column) * 4] = class, minimum or 255, step of arrival
 * or -1, final loss; row and column count the nodes taken.
 *
 * @param resolution of theta: in f32 a component whose step is below half an ulp does not change,
 *   as on the GPU; otherwise everything is in f64
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

const bound = 1e6

/** Replaces a loss at a minimum, because no rise can follow it. */
const unwatched = Number.POSITIVE_INFINITY

export interface Outcome {
  outcome: OutcomeName
  /** 255 is no minimum. */
  minimum: number
  /** -1 is no arrival. */
  arrivalStep: number
  finalLoss: number
}

/** Rules with a velocity: their losses swing by themselves. */
const judgedByMeans: readonly string[] = ['momentum', 'nesterov', 'adam']

/** Descends from one start after another; all mutable fields belong to the current descent. */
class Classifier {
  private readonly objective: Objective
  private readonly rule: Rule
  /** The rule over all points and without its schedule: shows whether it would still move. */
  private readonly steady: Rule
  private readonly minima: readonly Target[]
  private readonly windowStart: number
  private readonly middle: number
  private readonly stayStart: number
  private readonly epoch: number
  private readonly stability: number
  private readonly isByMeans: boolean
  private readonly isSteady: boolean
  private readonly state: Float64Array
  private readonly before: Float64Array
  private readonly gradient = new Float64Array(2)
  /** The place that is judged: theta, or its mean over the last whole epoch. */
  private w = 0
  private b = 0
  private rate = 0
  /** The place at windowStart. */
  private windowW = 0
  private windowB = 0
  private windowLoss = 0
  private hasRisen = false
  private lossBefore = unwatched
  /** Sums of the losses in both halves of the window, and the lowest loss. */
  private firstHalf = 0
  private secondHalf = 0
  private lowestLoss = Number.POSITIVE_INFINITY

  constructor(
    private readonly job: OutcomeJob,
    private readonly resolution: 'f32' | 'f64',
  ) {
    const { objective, runner, steps } = job
    const { samples } = objective
    const { schedule, ...bare } = runner.rule
    this.objective = createObjective(objective)
    this.rule = createRule(runner.rule, samples.length, steps)
    const steady = isByBatches(runner.rule) ? ({ name: 'gradientDescent' } as const) : bare
    this.steady = createRule(steady, samples.length, steps)
    this.minima = job.targets.filter(({ isMinimum }) => isMinimum)
    this.state = new Float64Array(this.rule.stateSize)
    this.before = new Float64Array(this.rule.stateSize)
    const { windowStart, stayStart } = decisiveSteps(job)
    this.windowStart = windowStart
    this.middle = Math.floor((windowStart + steps) / 2)
    this.stayStart = stayStart
    this.epoch = epochSteps(job)
    this.stability = stabilityOf(job)
    this.isByMeans = judgedByMeans.includes(runner.rule.name)
    this.isSteady = (schedule?.kind ?? 'constant') === 'constant' && !isByBatches(runner.rule)
  }

  descend(w: number, b: number, rate: number): Outcome {
    const { job, state, epoch } = this
    state.fill(0)
    this.rate = Math.fround(rate)
    state[0] = this.w = Math.fround(w)
    state[1] = this.b = Math.fround(b)
    this.hasRisen = false
    this.firstHalf = this.secondHalf = 0
    this.lowestLoss = Number.POSITIVE_INFINITY
    let here = this.minimumAt()
    let arrivalStep = here === noMinimum ? epoch : 0
    let isMoving = true
    let [sumW, sumB] = [0, 0]
    for (let step = 0; step < job.steps; step++) {
      if (step === this.windowStart) this.openWindow(here)
      if (!isMoving) continue
      isMoving = this.takeStep(this.rule, step)
      if (!isMoving) continue
      sumW += state[0]
      sumB += state[1]
      if ((step + 1) % epoch !== 0) continue
      this.w = epoch === 1 ? state[0] : sumW / epoch
      this.b = epoch === 1 ? state[1] : sumB / epoch
      sumW = sumB = 0
      here = this.minimumAt()
      if (here === noMinimum) arrivalStep = step + 1 + epoch
      if (step >= this.windowStart) this.watch(step, here)
    }
    const finalLoss = this.objective.loss(state[0], state[1])
    const hasStayed = here !== noMinimum && arrivalStep <= this.stayStart
    const outcome = this.classOf(finalLoss, hasStayed)
    const isArrived = outcome === 'minimum'
    return {
      outcome,
      minimum: isArrived ? here : noMinimum,
      arrivalStep: isArrived ? arrivalStep : -1,
      finalLoss,
    }
  }

  private openWindow(here: number): void {
    this.windowW = this.w
    this.windowB = this.b
    this.windowLoss = this.objective.loss(this.w, this.b)
    this.lossBefore = here === noMinimum ? this.windowLoss : unwatched
  }

  /** Notes a rise of the loss between two places outside every minimum. */
  private watch(step: number, here: number): void {
    const isOutside = here === noMinimum
    const loss = this.isByMeans || isOutside ? this.objective.loss(this.w, this.b) : unwatched
    if (this.isByMeans) {
      if (step < this.middle) this.firstHalf += loss
      else this.secondHalf += loss
      this.lowestLoss = Math.min(this.lowestLoss, loss)
    }
    const counts = isOutside && (!this.isByMeans || step >= this.middle)
    this.hasRisen ||= counts && loss > this.lossBefore * (1 + this.job.thresholds.rise)
    this.lossBefore = isOutside ? loss : unwatched
  }

  /** Returns false if no further step changes anything. */
  private takeStep(rule: Rule, step: number): boolean {
    const { state, before, gradient } = this
    before.set(state)
    const [w, b] = before
    this.objective.gradient(w, b, gradient)
    rule.takeStep(state, gradient, this.rate, this.objective, step)
    if (this.resolution === 'f32') {
      if (vanishes(w, state[0])) state[0] = w
      if (vanishes(b, state[1])) state[1] = b
    }
    return !this.isSteady || state.some((value, k) => value !== before[k])
  }

  private classOf(finalLoss: number, hasStayed: boolean): OutcomeName {
    const { state } = this
    if (Math.max(Math.abs(state[0]), Math.abs(state[1])) > bound) return 'diverged'
    if (hasStayed) return 'minimum'
    if (this.isOscillating) return 'oscillating'
    const isGrowing = Math.hypot(this.w, this.b) > Math.hypot(this.windowW, this.windowB)
    if (isGrowing && finalLoss < this.windowLoss && finalLoss < this.job.lowLoss) return 'receding'
    if (this.job.targets.some((target) => this.isStationaryAt(target))) return 'stationary'
    const [w, b] = state
    this.objective.gradient(w, b, this.gradient)
    const slope = Math.hypot(this.gradient[0], this.gradient[1])
    // A further step over all points, regardless of the schedule.
    this.takeStep(this.steady, 0)
    if (state[0] === w && state[1] === b) return 'frozen'
    return slope < this.job.thresholds.plateau ? 'plateau' : 'moving'
  }

  private get isOscillating(): boolean {
    if (!this.isByMeans || !this.hasRisen) return this.hasRisen
    const low = this.lowestLoss
    const first = this.firstHalf / Math.max(1, this.middle - this.windowStart)
    const second = this.secondHalf / Math.max(1, this.job.steps - this.middle)
    return second - low >= 0.5 * (first - low)
  }

  private minimumAt(): number {
    const { minima, w, b } = this
    for (let k = 0; k < minima.length; k++) {
      if (distance(minima[k], w, b) <= minima[k].radius && this.holds(minima[k])) return k
    }
    return noMinimum
  }

  private holds({ isMinimum, largest }: Target): boolean {
    return isMinimum && this.rate * largest < this.stability
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
