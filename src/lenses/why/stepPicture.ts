/** The overlays of the lens of one step on stage and map: arrows, Taylor's polynomial, trust. */
import { categories } from '../../display/colours'
import { remember } from '../../display/remember'
import type { Surface } from '../../engine/engine'
import { cubicAndSquareGradient } from '../../model/cubicAndSquare'
import { createObjective } from '../../model/objective'
import { directionAt } from '../../model/step/direction'
import type { Magnified } from '../../model/step/magnifier'
import type { Run } from '../../results/jobsOf'
import type { Latest } from '../../results/latest'
import { magnifiedRate } from '../../settings/runners'
import type { Settings } from '../../settings/settings'
import { isWarmUp, shownView } from '../../settings/shown'
import type { Arrow, WhyPicture } from '../../stage/picture'
import { placeOnRun } from './computeWhy'

type Point = readonly [w: number, b: number]

/** Arrows along each side of the field. */
const fieldSide = 15
/** The logarithmic length tells gradients apart down to this many decades below the steepest. */
const fieldDecades = 5
/** Length of arrows without a length of their own, in widths of the view. */
const shareOfView = 0.22
const ringPieces = 90
/** The longest drawn step, in widths of the view. */
const mostWidths = 4
const mostPointArrows = 64

const colours = { gradient: '#f2f2f2', step: '#56b4e9', rises: '#d55e00', falls: '#56b4e9' }

export function whyPicture(
  settings: Settings,
  magnified: Magnified | null,
  trust: Latest<Surface>,
  point: number | null,
  runs: readonly Run[] | null,
): WhyPicture {
  if (isWarmUp(settings)) {
    const arrows = (runs ?? []).flatMap((run) =>
      run.objective.kind === 'cubicAndSquare' ? [gradientOn(run, settings)] : [],
    )
    return { arrows, taylor: null, trust: null }
  }
  const { why } = settings
  return {
    arrows: [
      ...fieldArrows(settings),
      ...(magnified ? stepArrows(settings, magnified, point) : []),
    ],
    taylor: magnified && why.surface !== 'none' ? taylorOf(settings, magnified) : null,
    trust:
      why.map === 'loss'
        ? null
        : {
            surface: trust.value,
            learningRate: trust.value?.job.learningRate ?? magnifiedRate(settings),
            order: why.map,
            stale: trust.isStale,
          },
  }
}

function taylorOf({ why, view }: Settings, { place: { w, b }, step, learningRate }: Magnified) {
  const { loss, gradient, hessian } = step
  const width = view.w[1] - view.w[0]
  const reach = Math.max(
    0.12 * width,
    Math.min(width, 1.3 * learningRate * Math.hypot(...gradient)),
  )
  return {
    at: [w, b] as const,
    loss,
    gradient,
    hessian: why.surface === 'bowl' ? hessian : null,
    reach,
  }
}

function arrow(tail: Point, head: Point, colour: string, width: number, hasHead = true): Arrow {
  return { tail, head, colour, width, hasHead }
}

function stepArrows(settings: Settings, magnified: Magnified, point: number | null): Arrow[] {
  const { place, step, learningRate, angle, byAngle } = magnified
  const from: Point = [place.w, place.b]
  const [gw, gb] = step.gradient
  const { w: widthW, b: widthB } = widthsOf(settings)
  const to = (degrees: number): Point => {
    const [u, v] = directionAt([gw, gb], degrees)
    // An end far outside the view is invisible anyway; a shorter step keeps its direction.
    const far = Math.max(Math.abs(learningRate * u) / widthW, Math.abs(learningRate * v) / widthB)
    const long = far > mostWidths ? (learningRate * mostWidths) / far : learningRate
    return [from[0] + long * u, from[1] + long * v]
  }
  if (settings.why.part === 'points') return pointArrows(settings, magnified, point)
  const ring =
    settings.why.part === 'angle' && settings.why.allDirections
      ? Array.from({ length: ringPieces }, (_, i) => {
          const [k, next] = [i, i + 1].map((each) => (each * 360) / ringPieces)
          const rises = byAngle.change[Math.round((k + next) / 2) % 360] > 0
          return arrow(to(k), to(next), rises ? colours.rises : colours.falls, 2, false)
        })
      : []
  const unit = scaleOf(settings, [step.gradient])
  const gradient = arrow(from, [from[0] + unit * gw, from[1] + unit * gb], colours.gradient, 1.5)
  return [...ring, gradient, arrow(from, to(angle), colours.step, 3)]
}

/** The points' shares of the gradient, tip to tail, and the gradient as their sum. */
function pointArrows(
  settings: Settings,
  { place, step }: Magnified,
  point: number | null,
): Arrow[] {
  const terms = step.terms.length <= mostPointArrows ? step.terms : []
  let [w, b] = [0, 0]
  const chain = terms.map(({ dw, db }) => {
    const tail = [w, b] as const
    w += dw
    b += db
    return { tail, head: [w, b] as const }
  })
  const unit = scaleOf(settings, [step.gradient, ...chain.map(({ head }) => head)])
  const at = ([dw, db]: Point): Point => [place.w + unit * dw, place.b + unit * db]
  const links = chain.map(({ tail, head }, i) => {
    const isLit = i === point
    return arrow(at(tail), at(head), categories[i % categories.length], isLit ? 5 : 2.5)
  })
  const lit = point === null ? null : step.terms[point]
  const own = lit
    ? [arrow(at([0, 0]), at([lit.dw, lit.db]), categories[(point ?? 0) % categories.length], 1.5)]
    : []
  return [arrow(at([0, 0]), at(step.gradient), colours.gradient, 2), ...links, ...own]
}

function widthsOf(settings: Settings): { w: number; b: number } {
  const { w, b } = shownView(settings)
  return { w: w[1] - w[0], b: b[1] - b[0] }
}

/** The factor that scales the longest vector to a share of the view. */
function scaleOf(settings: Settings, vectors: readonly Point[]): number {
  const { w, b } = widthsOf(settings)
  const longest = Math.max(...vectors.map(([u, v]) => Math.hypot(u / w, v / b)))
  return longest > 0 ? shareOfView / longest : 0
}

const field = remember<readonly Arrow[]>()

/** Arrows against the gradient on a coarse grid; the same list while nothing changes. */
function fieldArrows(settings: Settings): readonly Arrow[] {
  const { samples, loss, why } = settings
  if (why.field === 'none') return []
  const { w, b } = shownView(settings)
  return field([samples, loss, why.field, ...w, ...b], () => makeField(settings))
}

function makeField(settings: Settings): readonly Arrow[] {
  const { samples, loss, why } = settings
  const { w, b } = shownView(settings)
  const objective = createObjective({ kind: 'neuron', samples, loss })
  const out = new Float64Array(2)
  const cell = [w, b].map(([min, max]) => (max - min) / fieldSide)
  const nodes = Array.from({ length: fieldSide ** 2 }, (_, i) => {
    const at = [i % fieldSide, Math.floor(i / fieldSide)].map(
      (k, axis) => [w, b][axis][0] + (k + 0.5) * cell[axis],
    )
    objective.gradient(at[0], at[1], out)
    return { at, gradient: [out[0], out[1]], size: Math.hypot(out[0], out[1]) }
  })
  const steepest = Math.max(...nodes.map(({ size }) => size))
  return nodes.flatMap(({ at, gradient, size }) => {
    const share = lengthShare(size / steepest, why.field)
    if (!(share > 0)) return []
    const [u, v] = gradient.map((part) => -part / size)
    // The longest arrows just fit into their cells.
    const long = (0.9 * share) / Math.max(Math.abs(u) / cell[0], Math.abs(v) / cell[1])
    return [arrow([at[0], at[1]], [at[0] + long * u, at[1] + long * v], colours.gradient, 1)]
  })
}

/** Share of the cell: 0.1 to 1 on the logarithmic scale, so that every direction is visible. */
function lengthShare(ratio: number, scale: Settings['why']['field']): number {
  if (!(ratio > 0)) return 0
  if (scale === 'linear') return ratio
  return 0.1 + 0.9 * Math.max(0, 1 + Math.log10(ratio) / fieldDecades)
}

/** The gradient of w^3 + b^2 at the present place of its descent. */
function gradientOn(run: Run, settings: Settings): Arrow {
  const at = placeOnRun(run, settings.step)
  const gradient = cubicAndSquareGradient(at[0], at[1])
  const unit = scaleOf(settings, [gradient])
  const head = [at[0] + unit * gradient[0], at[1] + unit * gradient[1]] as const
  return arrow(at, head, colours.gradient, 2.5)
}
