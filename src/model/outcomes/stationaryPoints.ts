/**
 * Finds the points where the gradient vanishes, by Newton's method from many starts, in f64 and in
 * standardised coordinates, so that neither the unit of x nor the view matters. A small gradient is
 * not enough, because far plateaus have one: a point counts if the undamped Newton step from it is
 * below 1e-8 and the Hessian is far from singular.
 */
import {
  createObjective,
  type Hessian,
  type NeuronSpec,
  neuronLoss,
  type Objective,
  roundSamples,
  type Sample,
} from '../objective'
import { findLimits, type Limit } from './limits'
import {
  standardise,
  standardiseSamples,
  unstandardise,
  type XScale,
  xScaleOf,
} from './standardised'

/** Starts along each side of the square for few samples; many samples get fewer, to end in time. */
const mostPerSide = 24
const leastPerSide = 8
const sampleBudget = 10_000
/** The square of starts reaches this far from the origin of (w', b'). */
const reach = 24

const smallestStep = 1e-8
/** |smaller eigenvalue| over the larger one, below which the Hessian counts as singular. */
const leastCondition = 1e-12
const searchSteps = 40
const polishSteps = 20
/** The longest step of a search, at the origin and as a share of the distance from it. */
const longestStep = 1
const longestShare = 1 / 8
/** Points closer than this, relative to their distance from the origin, count as one. */
const sameWithin = 1e-5

/** All minima and saddles that are found, and the limits at infinity. */
export function findStationaryPoints(spec: NeuronSpec): StationaryPoints {
  const limits = findLimits(spec)
  const samples = roundSamples(spec.samples)
  const scale = xScaleOf(samples)
  if (samples.every(([x]) => x === samples[0][0])) {
    const line = lineOfMinima(spec)
    return { scale, minima: [], saddles: [], line, limits, fallsForEver: line === null }
  }
  const standardised = standardiseSamples(samples, scale)
  const search = new Search(neuronLoss(standardised, spec.loss))
  for (const [w, b] of starts(standardised)) search.from(w, b)
  const objective = createObjective(spec)
  const found = search.found
    .map((place) => stationaryPoint(place, objective, scale))
    .sort((one, other) => one.loss - other.loss)
  const [limit] = limits
  return {
    scale,
    minima: found.filter(({ eigenvalues }) => eigenvalues[0] > 0),
    saddles: found.filter(({ eigenvalues }) => eigenvalues[0] < 0 && eigenvalues[1] > 0),
    line: null,
    limits,
    // The search visited no lower place on its way.
    fallsForEver:
      limit !== undefined && limit.loss <= search.lowest + 1e-9 * Math.abs(search.lowest),
  }
}

function* starts(samples: readonly Sample[]) {
  const affordable = Math.floor(Math.sqrt(sampleBudget / samples.length))
  const perSide = Math.min(mostPerSide, Math.max(leastPerSide, affordable))
  const place = (i: number) => reach * ((2 * i + 1) / perSide - 1)
  for (let row = 0; row < perSide; row++) {
    for (let column = 0; column < perSide; column++) yield [place(column), place(row)]
  }
  yield* steepStarts(samples, perSide)
}

/**
 * Neurons that are nearly a step, at places among the data: minima between close x are as sharp as
 * their gap is small, and as narrow, so that a square of starts would miss them.
 */
function* steepStarts(samples: readonly Sample[], perSide: number) {
  const xs = [...new Set(samples.map(([x]) => x))].sort((one, other) => one - other)
  const gap = Math.min(...xs.slice(1).map((x, i) => x - xs[i]))
  const steepest = Math.max(2 * reach, 20 / gap)
  const levels = perSide / 2
  for (let level = 0; level < levels; level++) {
    const w = steepest ** (level / (levels - 1))
    for (let i = 0; i < perSide; i++) {
      const at = (i * (xs.length - 1)) / (perSide - 1)
      const left = Math.floor(at)
      const right = Math.min(left + 1, xs.length - 1)
      const x = xs[left] + (at - left) * (xs[right] - xs[left])
      yield [w, -w * x]
      yield [-w, w * x]
    }
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
  const objective = createObjective(spec)
  const { smaller, larger } = eigenOf(objective.hessian(w, b))
  return {
    point: { w, b, loss: objective.loss(w, b), eigenvalues: [smaller, larger] },
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

function eigenOf({ ww, wb, bb }: Hessian): Eigen {
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

/** A stationary point in the coordinates (w', b'). */
interface Place {
  w: number
  b: number
  eigen: Eigen
}

/**
 * The point in (w, b), where the Hessian is A^T H' A with A = d(w', b') / d(w, b). The smaller
 * eigenvalue comes from the determinant, s^2 det H': as a difference it would lose all its digits
 * where x is far from 0.
 */
function stationaryPoint(
  { w, b, eigen }: Place,
  objective: Objective,
  scale: XScale,
): StationaryPoint {
  const { mean, spread } = scale
  const { smaller, larger, x, y } = eigen
  const ww = larger * x * x + smaller * y * y
  const wb = (larger - smaller) * x * y
  const bb = larger * y * y + smaller * x * x
  const most = eigenOf({
    ww: spread * spread * ww + 2 * spread * mean * wb + mean * mean * bb,
    wb: spread * wb + mean * bb,
    bb,
  })
  const determinant = spread * spread * smaller * larger
  const [w0, b0] = unstandardise(w, b, scale)
  return {
    w: w0,
    b: b0,
    loss: objective.loss(w0, b0),
    eigenvalues:
      most.larger > 0 ? [determinant / most.larger, most.larger] : [most.smaller, most.larger],
  }
}

/** Eigenvalues of the Hessian in (w', b') at a place in (w, b): those that standardising would give. */
export function standardisedEigenvalues(
  { samples, loss }: NeuronSpec,
  { w, b }: StationaryPoint,
  scale: XScale,
): StationaryPoint['eigenvalues'] {
  const objective = neuronLoss(standardiseSamples(roundSamples(samples), scale), loss)
  const { smaller, larger } = eigenOf(objective.hessian(...standardise(w, b, scale)))
  return [smaller, larger]
}

class Search {
  readonly found: Place[] = []
  /** The lowest loss of all places that were visited. */
  lowest = Number.POSITIVE_INFINITY
  private readonly evaluation = new Float64Array(3)

  constructor(private readonly objective: Objective) {}

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
      const share = Math.min(1, longestAt(w, b) / length)
      w += share * (first * eigen.x - second * eigen.y)
      b += share * (first * eigen.y + second * eigen.x)
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
      if (!(length < longestAt(w, b))) return
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
    this.found.push({ w, b, eigen: this.evaluate(w, b) })
  }

  private evaluate(w: number, b: number): Eigen {
    this.objective.evaluate(w, b, this.evaluation)
    if (this.evaluation[0] < this.lowest) this.lowest = this.evaluation[0]
    return eigenOf(this.objective.hessian(w, b))
  }
}

function longestAt(w: number, b: number): number {
  return longestStep + longestShare * Math.hypot(w, b)
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
  /** The scale of the data; the points are those of the data as given. */
  scale: XScale
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
