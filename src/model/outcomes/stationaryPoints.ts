/**
 * Finds the points where the gradient vanishes, by Newton's method from many starts, in f64. A
 * small gradient is not enough, because far plateaus have one: a point counts if the undamped
 * Newton step from it is below 1e-8 and the Hessian is far from singular.
 */
import { createObjective, type NeuronSpec, type Objective, roundSamples } from '../objective'
import type { Range } from '../starts'
import { findLimits, type Limit } from './limits'

/** Starts along each side of the box for few samples; many samples get fewer, to end in time. */
const mostPerSide = 40
const leastPerSide = 8
const sampleBudget = 20_000

const smallestStep = 1e-8
/** |smaller eigenvalue| over the larger one, below which the Hessian counts as singular. */
const leastCondition = 1e-6
const searchSteps = 40
const polishSteps = 20
/** The longest step of a search, in units of w and b. */
const longestStep = 1
/** Points closer than this, relative to their distance from the origin, count as one. */
const sameWithin = 1e-5

export interface Box {
  w: Range
  b: Range
}

/** The view enlarged threefold about its centre. */
export function searchBox({ w, b }: Box): Box {
  const enlarge = ([min, max]: Range): Range => [2 * min - max, 2 * max - min]
  return { w: enlarge(w), b: enlarge(b) }
}

/** All minima and saddles in searchBox(view), and the limits at infinity. */
export function findStationaryPoints(spec: NeuronSpec, view: Box): StationaryPoints {
  const box = searchBox(view)
  const limits = findLimits(spec)
  const samples = roundSamples(spec.samples)
  if (samples.every(([x]) => x === samples[0][0])) {
    const line = lineOfMinima(spec)
    return { box, minima: [], saddles: [], line, limits, fallsForEver: line === null }
  }
  const search = new Search(createObjective(spec), searchBox(box))
  for (const [w, b] of starts(box, samples.length)) search.from(w, b)
  const inside = search.found
    .filter(({ w, b }) => isInside(box, w, b))
    .sort((one, other) => one.loss - other.loss)
  const [limit] = limits
  return {
    box,
    minima: inside.filter(({ eigenvalues }) => eigenvalues[0] > 0),
    saddles: inside.filter(({ eigenvalues }) => eigenvalues[0] < 0 && eigenvalues[1] > 0),
    line: null,
    limits,
    // The search visited no lower place, inside the box or on a way out of it.
    fallsForEver: limit !== undefined && limit.loss <= search.lowest * (1 + 1e-9),
  }
}

function isInside(box: Box, w: number, b: number): boolean {
  return w >= box.w[0] && w <= box.w[1] && b >= box.b[0] && b <= box.b[1]
}

function* starts({ w, b }: Box, sampleCount: number) {
  const affordable = Math.floor(Math.sqrt(sampleBudget / sampleCount))
  const perSide = Math.min(mostPerSide, Math.max(leastPerSide, affordable))
  const place = ([min, max]: Range, i: number) => min + ((i + 0.5) * (max - min)) / perSide
  for (let row = 0; row < perSide; row++) {
    for (let column = 0; column < perSide; column++) yield [place(w, column), place(b, row)]
  }
}

/** With only one x the loss depends on z = w x + b alone: f(x) = mean of the labels is a line. */
function lineOfMinima(spec: NeuronSpec): StationaryPoints['line'] {
  const samples = roundSamples(spec.samples)
  const [x] = samples[0]
  const mean = samples.reduce((sum, [, y]) => sum + y, 0) / samples.length
  if (mean <= 0 || mean >= 1) return null
  const z = Math.log(mean / (1 - mean))
  const squared = x * x + 1
  // The place on the line nearest to the origin.
  const [w, b] = [(z * x) / squared, z / squared]
  const length = Math.sqrt(squared)
  return {
    point: pointAt(createObjective(spec), w, b),
    direction: [1 / length, -x / length],
  }
}

interface Eigen {
  smaller: number
  larger: number
  /** Unit eigenvector of the larger eigenvalue; (-y, x) belongs to the smaller one. */
  x: number
  y: number
}

function eigenOf(ww: number, wb: number, bb: number): Eigen {
  const middle = (ww + bb) / 2
  const half = (ww - bb) / 2
  const radius = Math.hypot(half, wb)
  const angle = Math.atan2(wb, half) / 2
  return {
    smaller: middle - radius,
    larger: middle + radius,
    x: Math.cos(angle),
    y: Math.sin(angle),
  }
}

function pointAt(objective: Objective, w: number, b: number): StationaryPoint {
  const { ww, wb, bb } = objective.hessian(w, b)
  const { smaller, larger } = eigenOf(ww, wb, bb)
  return { w, b, loss: objective.loss(w, b), eigenvalues: [smaller, larger] }
}

class Search {
  readonly found: StationaryPoint[] = []
  /** The lowest loss of all places that were visited. */
  lowest = Number.POSITIVE_INFINITY
  private readonly evaluation = new Float64Array(3)

  /** @param around a search that leaves this box is given up: it follows a plateau outwards */
  constructor(
    private readonly objective: Objective,
    private readonly around: Box,
  ) {}

  /** Looks for a minimum and for a saddle. */
  from(w: number, b: number): void {
    this.seek(w, b, false)
    this.seek(w, b, true)
  }

  /**
   * Newton with the eigenvalues' magnitudes goes down along both eigenvectors, to a minimum. If it
   * goes up along the one with the smaller eigenvalue, it reaches a saddle.
   */
  private seek(startW: number, startB: number, isSaddle: boolean): void {
    const { evaluation } = this
    let [w, b] = [startW, startB]
    for (let i = 0; i < searchSteps; i++) {
      const eigen = this.evaluate(w, b)
      const along = evaluation[1] * eigen.x + evaluation[2] * eigen.y
      const across = -evaluation[1] * eigen.y + evaluation[2] * eigen.x
      const first = -along / Math.abs(eigen.larger)
      const second = (isSaddle ? across : -across) / Math.abs(eigen.smaller)
      const length = Math.hypot(first, second)
      if (!(length > smallestStep)) break
      const share = Math.min(1, longestStep / length)
      w += share * (first * eigen.x - second * eigen.y)
      b += share * (first * eigen.y + second * eigen.x)
      if (!isInside(this.around, w, b)) return
    }
    this.polish(w, b)
  }

  /** Plain Newton; keeps the place it reaches if that is a stationary point. */
  private polish(startW: number, startB: number): void {
    const { evaluation } = this
    let [w, b] = [startW, startB]
    for (let i = 0; i < polishSteps; i++) {
      const eigen = this.evaluate(w, b)
      const along = (evaluation[1] * eigen.x + evaluation[2] * eigen.y) / eigen.larger
      const across = (-evaluation[1] * eigen.y + evaluation[2] * eigen.x) / eigen.smaller
      const length = Math.hypot(along, across)
      if (!(length < longestStep)) return
      w -= along * eigen.x - across * eigen.y
      b -= along * eigen.y + across * eigen.x
      if (length >= smallestStep) continue
      const [least, most] = [Math.abs(eigen.smaller), Math.abs(eigen.larger)]
      if (Math.min(least, most) > leastCondition * Math.max(least, most)) this.keep(w, b)
      return
    }
  }

  private keep(w: number, b: number): void {
    const within = sameWithin * (1 + Math.hypot(w, b))
    if (this.found.some((point) => Math.hypot(point.w - w, point.b - b) < within)) return
    this.found.push(pointAt(this.objective, w, b))
  }

  private evaluate(w: number, b: number): Eigen {
    this.objective.evaluate(w, b, this.evaluation)
    if (this.evaluation[0] < this.lowest) this.lowest = this.evaluation[0]
    const { ww, wb, bb } = this.objective.hessian(w, b)
    return eigenOf(ww, wb, bb)
  }
}

/** A point where the gradient vanishes. */
export interface StationaryPoint {
  w: number
  b: number
  loss: number
  /** Eigenvalues of the Hessian, the smaller one first. */
  eigenvalues: readonly [smaller: number, larger: number]
}

export interface StationaryPoints {
  /** The box of the search. */
  box: { w: Range; b: Range }
  /** Sorted by loss, the lowest first; `minimum k` means minima[k]. */
  minima: readonly StationaryPoint[]
  saddles: readonly StationaryPoint[]
  /**
   * If all x are equal, only z = w x + b matters: one point stands for a whole line of minima, all
   * (w, b) + t (direction). Then `minima` and `saddles` are empty.
   */
  line: { point: StationaryPoint; direction: readonly [w: number, b: number] } | null
  /** The limits with the lowest losses, the lowest first, at most 4. */
  limits: readonly Limit[]
  /** Whether the lowest limit lies below every minimum, so that the loss has no lowest place. */
  fallsForEver: boolean
}
