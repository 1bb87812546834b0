/** The data plot's SVG: draws axes, curve, residuals and points, and tells where they are. */
import { formatNumber } from '../../display/numbers'
import { remember } from '../../display/remember'
import type { Sample } from '../../model/objective'
import {
  add,
  create,
  createScale,
  drawAxes,
  type PlotSize,
  pathThrough,
  type Scale,
  set,
} from '../../widgets/svgPlot'
import { curveAt, type DataPicture } from './dataPicture'
import type { PointsState } from './selection'

/** From this many points on they are drawn small, because rings would cover their neighbours. */
const many = 100

export interface DataDrawing {
  readonly svg: SVGSVGElement
  /** Reads the present size of the plot. */
  measure(): void
  /** During a drag, updates only what is visible of the points; the rest follows at its end. */
  draw(picture: DataPicture, state: PointsState): void
  /** The position of a point, in pixels of the plot. */
  placeOf(sample: Sample): [x: number, y: number]
  /** The position of the pointer, in pixels of the plot. */
  inside(event: MouseEvent): [x: number, y: number]
  /** Data coordinates of a place in the plot, clamped to the axes. */
  dataAt(x: number, y: number): Sample
  /** The point nearest to a place in the plot, within `reach` pixels. */
  nearest(x: number, y: number, reach: number): number | null
  focus(index: number): void
  /** The point that has the focus. */
  focused(): number | null
}

export function createDataDrawing(host: HTMLElement): DataDrawing {
  const { svg, axesGroup, residuals, curve, points, marks } = addSvg(host)
  /** Cached, because asking the page for it may force a layout. */
  let size: PlotSize = host
  let scale = createScale(size, { x: [-1, 1], y: [0, 1] })
  let samples: readonly Sample[] = []
  const drawn = remember()

  return {
    svg,
    measure() {
      const { clientWidth, clientHeight } = host
      size = { clientWidth, clientHeight }
    },
    draw(picture, state) {
      const { axes, selected, cursor, dragging } = state
      samples = picture.samples
      scale = createScale(size, axes)
      const ofAxes = [scale.width, scale.height, ...axes.x, ...axes.y]
      // During playback only the curve moves; up to a thousand points stay as they are.
      drawn([...ofAxes, samples, picture.lit, selected, cursor, dragging], () => {
        const isMany = samples.length > many
        svg.classList.toggle('many', isMany)
        marks.setAttribute('d', isMany ? marksPath(samples, selected, scale) : '')
        axesGroup.replaceChildren(...drawAxes(scale, { x: 'x', y: 'y' }))
        drawPoints(points, picture, state, scale)
      })
      curve.setAttribute('d', curvePath(picture, scale))
      curve.classList.toggle('stale', picture.stale)
      residuals.setAttribute('d', residualPath(picture, scale))
    },
    placeOf: ([x, y]) => [scale.x(x), scale.y(y)],
    inside({ clientX, clientY }) {
      const { left, top } = svg.getBoundingClientRect()
      return [clientX - left, clientY - top]
    },
    dataAt: (x, y) => scale.invert(x, y),
    nearest(x, y, reach) {
      let nearest: number | null = null
      let distance = reach
      samples.forEach((sample, index) => {
        const away = Math.hypot(scale.x(sample[0]) - x, scale.y(sample[1]) - y)
        if (away > distance) return
        distance = away
        nearest = index
      })
      return nearest
    },
    focus(index) {
      ;(points.children[index] as SVGElement | undefined)?.focus()
    },
    focused() {
      const index = [...points.children].indexOf(document.activeElement as Element)
      return index < 0 ? null : index
    },
  }
}

function addSvg(host: HTMLElement) {
  const svg = add(host, 'svg', {
    class: 'svg-plot data-svg',
    role: 'group',
    'aria-label':
      'Data points: arrows move the selected ones, Page Down and Page Up select the next or previous, Delete removes, Enter adds',
  })
  return {
    svg,
    axesGroup: add(svg, 'g'),
    residuals: add(svg, 'path', { class: 'residuals' }),
    curve: add(svg, 'path', { class: 'curve' }),
    points: add(svg, 'g'),
    marks: add(svg, 'path', { class: 'marks' }),
  }
}

function curvePath({ curve, domain: [min, max] }: DataPicture, scale: Scale): string {
  const last = Math.max(curve.length - 1, 1)
  return pathThrough(curve.length, (i) => [
    scale.x(min + ((max - min) * i) / last),
    scale.y(curve[i]),
  ])
}

function residualPath(picture: DataPicture, scale: Scale): string {
  if (picture.curve.length === 0) return ''
  return picture.samples
    .map(([x, y]) => `M${scale.x(x)} ${scale.y(y)}V${scale.y(curveAt(picture, x))}`)
    .join('')
}

/** Dots on the selected points, which others would cover if there are many. */
function marksPath(samples: readonly Sample[], selected: ReadonlySet<number>, scale: Scale) {
  return [...selected].map((i) => `M${scale.x(samples[i][0])} ${scale.y(samples[i][1])}h0`).join('')
}

/** Moves the existing elements instead of creating new ones, so that the focus stays. */
function drawPoints(
  group: SVGElement,
  { samples, lit }: DataPicture,
  { selected, cursor, dragging }: PointsState,
  scale: Scale,
): void {
  while (group.children.length > samples.length) group.lastElementChild!.remove()
  while (group.children.length < samples.length) group.append(createPoint())
  samples.forEach(([x, y], index) => {
    const point = group.children[index] as SVGElement
    point.setAttribute('transform', `translate(${scale.x(x).toFixed(1)} ${scale.y(y).toFixed(1)})`)
    if (dragging) return
    point.setAttribute(
      'aria-label',
      `Point ${index + 1} of ${samples.length}: x ${formatNumber(x)}, y ${formatNumber(y)}`,
    )
    point.setAttribute('aria-pressed', String(selected.has(index)))
    point.classList.toggle('lit', index === lit)
  })
  // There may be a thousand points, and Tab has to leave the plot.
  group.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1')
  group.children[cursor]?.setAttribute('tabindex', '0')
}

function createPoint(): SVGElement {
  const point = create('g')
  set(point, { class: 'data-point', tabindex: -1, role: 'button' })
  const halo = create('circle')
  set(halo, { r: 10, class: 'halo' })
  const dot = create('circle')
  set(dot, { r: 5, class: 'point' })
  point.append(halo, dot)
  return point
}
