/** f(w, b) = w^3 + b^2 cut along w and along b: a partial derivative is the slope of such a slice. */
import { formatNumber, threeDigits } from '../../display/numbers'
import { cubicAndSquare, cubicAndSquareGradient } from '../../model/cubicAndSquare'
import { warmUpReach } from '../../settings/shown'
import {
  add,
  createScale,
  drawAxes,
  extentOf,
  fitInside,
  paintOrder,
  pathThrough,
  plotMargin,
  set,
} from '../../widgets/svgPlot'

interface Slice {
  x: Float64Array
  value: Float64Array
}

export interface SlicePicture {
  at: readonly [w: number, b: number]
  /** The value of f at the place. */
  value: number
  gradient: readonly [number, number]
  /** Along w with b fixed, and along b with w fixed; in ascending order. */
  slices: readonly [Slice, Slice]
}

const slicePoints = 65

/** Slices through a place, across the whole view. */
export function slicesThrough([w, b]: SlicePicture['at']): SlicePicture {
  const x = Float64Array.from(
    { length: slicePoints },
    (_, i) => warmUpReach * ((2 * i) / (slicePoints - 1) - 1),
  )
  return {
    at: [w, b],
    value: cubicAndSquare(w, b),
    gradient: cubicAndSquareGradient(w, b),
    slices: [
      { x, value: x.map((at) => cubicAndSquare(at, b)) },
      { x, value: x.map((at) => cubicAndSquare(w, at)) },
    ],
  }
}

/** The left margin is narrower than in other plots, and so are the numbers. */
const margin = { ...plotMargin, left: 42, right: 18 }

const axes = [
  { name: 'w', held: 'b', formula: '3w²' },
  { name: 'b', held: 'w', formula: '2b' },
] as const

export function createSlicePlots(container: HTMLElement) {
  container.classList.add('slices')
  const plots = axes.map((_, axis) => createSlicePlot(container, axis as 0 | 1))
  let picture: SlicePicture | null = null
  const draw = () => {
    if (!picture) return
    for (const plot of plots) plot.draw(picture)
  }
  return {
    show(next: SlicePicture) {
      picture = next
      for (const plot of plots) plot.describe(next)
      draw()
    },
    /** Measures the container again. */
    resize: draw,
  }
}

function createSlicePlot(container: HTMLElement, axis: 0 | 1) {
  const { name, held, formula } = axes[axis]
  const figure = document.createElement('div')
  figure.className = 'slice'
  figure.innerHTML =
    '<p class="slice-title"></p><p class="slice-held"></p><div class="slice-plot"></div>'
  container.append(figure)
  const find = (selector: string) => figure.querySelector<HTMLElement>(selector)!
  const host = find('.slice-plot')
  const svg = add(host, 'svg', { class: 'svg-plot', role: 'img' })
  const frame = add(svg, 'g')
  const inside = add(svg, 'svg')
  const curve = add(inside, 'path', { class: 'plot-curve' })
  const tangent = add(inside, 'path', { class: 'slice-tangent' })
  paintOrder(tangent, 1, 'line')
  const point = add(svg, 'circle', { r: 5, class: 'slice-point' })

  return {
    describe({ at, value, gradient }: SlicePicture) {
      const slope = threeDigits(gradient[axis])
      find('.slice-title').textContent = `∂f/∂${name} = ${formula} = ${slope}`
      find('.slice-held').textContent = `${held} = ${formatNumber(at[1 - axis])} held`
      svg.setAttribute(
        'aria-label',
        `f along ${name} with ${held} held at ${formatNumber(at[1 - axis])}: at ${name} = ` +
          `${formatNumber(at[axis])} it is ${threeDigits(value)} and ${trend(gradient[axis])}, ` +
          `with slope ${formula} = ${slope}`,
      )
    },
    draw({ at, value, gradient, slices }: SlicePicture) {
      const { x, value: values } = slices[axis]
      if (x.length < 2 || host.clientWidth === 0) return
      const domain = [x[0], x[x.length - 1]] as const
      const scale = createScale(host, { x: domain, y: extentOf(values) }, margin)
      frame.replaceChildren(...drawAxes(scale, { x: name, y: 'f' }))
      fitInside(inside, scale)
      curve.setAttribute(
        'd',
        pathThrough(x.length, (i) => [scale.x(x[i]), scale.y(values[i])]),
      )
      const lineAt = (place: number) => value + gradient[axis] * (place - at[axis])
      tangent.setAttribute(
        'd',
        pathThrough(2, (i) => [scale.x(domain[i]), scale.y(lineAt(domain[i]))]),
      )
      set(point, { cx: scale.x(at[axis]), cy: scale.y(value) })
    },
  }
}

function trend(slope: number): string {
  if (slope === 0) return 'level'
  return slope > 0 ? 'rising' : 'falling'
}
