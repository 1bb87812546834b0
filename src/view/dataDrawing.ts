/** The data plot's SVG: axes, curve, residuals, points. It draws, and knows where things are. */
import type { Sample } from '../model/objective'
import { curveAt, type DataPicture, type DataState, written } from './dataPicture'
import { linearTicks, tickText } from './height'

type Axes = DataState['axes']

/** Pixels around the plot, where the curve cannot cross numbers and names. */
const margin = { left: 46, right: 22, top: 8, bottom: 22 }

export interface DataDrawing {
  readonly svg: SVGSVGElement
  draw(picture: DataPicture, axes: Axes, selected: number | null): void
  /** Data coordinates of a place in the window, held within the axes. */
  dataAt(clientX: number, clientY: number, axes: Axes): Sample
  /** The point nearest to a place in the window, within `reach` pixels. */
  nearest(clientX: number, clientY: number, reach: number): number | null
  focus(index: number): void
  /** The point that has the focus. */
  focused(): number | null
}

export function createDataDrawing(host: HTMLElement): DataDrawing {
  const svg = create('svg')
  svg.setAttribute('class', 'data-svg')
  svg.setAttribute('role', 'group')
  svg.setAttribute(
    'aria-label',
    'Data points: arrows move a point, Delete removes it, Enter adds one',
  )
  const axesGroup = create('g')
  const residuals = create('path')
  residuals.setAttribute('class', 'residuals')
  const curve = create('path')
  curve.setAttribute('class', 'curve')
  const points = create('g')
  svg.append(axesGroup, residuals, curve, points)
  host.append(svg)

  let scale = createScale(host, { x: [-1, 1], y: [0, 1] })

  return {
    svg,
    draw(picture, axes, selected) {
      scale = createScale(host, axes)
      axesGroup.replaceChildren(...drawAxes(scale, axes))
      curve.setAttribute('d', curvePath(picture, scale))
      curve.classList.toggle('stale', picture.stale)
      residuals.setAttribute('d', residualPath(picture, scale))
      drawPoints(points, picture, selected, scale)
    },
    dataAt(clientX, clientY, axes) {
      const box = svg.getBoundingClientRect()
      return scale.invert(clientX - box.left, clientY - box.top, axes)
    },
    nearest(clientX, clientY, reach) {
      let nearest: number | null = null
      let distance = reach
      for (const [index, point] of [...points.children].entries()) {
        const box = point.querySelector('.point')!.getBoundingClientRect()
        const dx = clientX - (box.left + box.width / 2)
        const dy = clientY - (box.top + box.height / 2)
        if (Math.hypot(dx, dy) > distance) continue
        distance = Math.hypot(dx, dy)
        nearest = index
      }
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

function createScale(host: HTMLElement, { x: [left, right], y: [low, high] }: Axes) {
  const width = Math.max(host.clientWidth, 80)
  const height = Math.max(host.clientHeight, 60)
  const plotWidth = width - margin.left - margin.right
  const plotHeight = height - margin.top - margin.bottom
  return {
    width,
    height,
    plotWidth,
    plotHeight,
    x: (value: number) => margin.left + ((value - left) / (right - left)) * plotWidth,
    y: (value: number) => margin.top + ((high - value) / (high - low)) * plotHeight,
    invert(px: number, py: number, axes: Axes): Sample {
      const x = left + ((px - margin.left) / plotWidth) * (right - left)
      const y = high - ((py - margin.top) / plotHeight) * (high - low)
      return [snap(x, axes.x), snap(y, axes.y)]
    },
  }
}

type Scale = ReturnType<typeof createScale>

/** The unit of an axis: a power of ten, a few hundred of which span it. */
export function unitOf([min, max]: readonly [number, number]): number {
  return 10 ** Math.floor(Math.log10((max - min) / 100))
}

/** Rounded to the axis' unit, as a pixel tells no more, and held within its ends. */
function snap(value: number, axis: readonly [number, number]): number {
  const unit = unitOf(axis)
  const held = Math.min(Math.max(value, axis[0]), axis[1])
  return Number((Math.round(held / unit) * unit).toPrecision(12))
}

function drawAxes(scale: Scale, axes: Axes): SVGElement[] {
  const bottom = margin.top + scale.plotHeight
  const frame = create('rect')
  set(frame, { x: margin.left, y: margin.top, class: 'frame' })
  set(frame, { width: scale.plotWidth, height: scale.plotHeight })
  const xTicks = linearTicks(axes.x, Math.min(scale.plotWidth / 36, 7)).flatMap(({ value }) => [
    line(scale.x(value), bottom, scale.x(value), bottom + 4),
    text(tickText(value), scale.x(value), bottom + 16, 'tick tick-x'),
  ])
  const yTicks = linearTicks(axes.y, Math.min(scale.plotHeight / 32, 6)).flatMap(({ value }) => [
    line(margin.left, scale.y(value), margin.left + scale.plotWidth, scale.y(value)),
    text(tickText(value), margin.left - 6, scale.y(value) + 4, 'tick tick-y'),
  ])
  return [
    ...yTicks,
    ...xTicks,
    frame,
    text('y', 10, margin.top + scale.plotHeight / 2 + 4, 'axis'),
    text('x', scale.width - 14, bottom + 4, 'axis'),
  ]
}

function curvePath(picture: DataPicture, scale: Scale): string {
  const { curve, domain } = picture
  const last = Math.max(curve.length - 1, 1)
  let path = ''
  for (let i = 0; i < curve.length; i++) {
    const x = domain[0] + ((domain[1] - domain[0]) * i) / last
    path += `${i === 0 ? 'M' : 'L'}${scale.x(x).toFixed(1)} ${scale.y(curve[i]).toFixed(1)}`
  }
  return path
}

function residualPath(picture: DataPicture, scale: Scale): string {
  if (picture.curve.length === 0) return ''
  return picture.samples
    .map(([x, y]) => `M${scale.x(x)} ${scale.y(y)}V${scale.y(curveAt(picture, x))}`)
    .join('')
}

/** Points are kept and moved, not made anew, so that the focus stays with them. */
function drawPoints(
  group: SVGElement,
  { samples, lit }: DataPicture,
  selected: number | null,
  scale: Scale,
): void {
  while (group.children.length > samples.length) group.lastElementChild!.remove()
  while (group.children.length < samples.length) group.append(createPoint())
  samples.forEach(([x, y], index) => {
    const point = group.children[index] as SVGElement
    point.setAttribute('transform', `translate(${scale.x(x).toFixed(1)} ${scale.y(y).toFixed(1)})`)
    point.setAttribute(
      'aria-label',
      `Point ${index + 1} of ${samples.length}: x ${written(x)}, y ${written(y)}`,
    )
    point.setAttribute('aria-pressed', String(index === selected))
    point.classList.toggle('lit', index === lit)
  })
}

function createPoint(): SVGElement {
  const point = create('g')
  set(point, { class: 'data-point', tabindex: 0, role: 'button' })
  const halo = create('circle')
  set(halo, { r: 10, class: 'halo' })
  const dot = create('circle')
  set(dot, { r: 5, class: 'point' })
  point.append(halo, dot)
  return point
}

const create = <Name extends keyof SVGElementTagNameMap>(name: Name) =>
  document.createElementNS('http://www.w3.org/2000/svg', name)

function set(element: SVGElement, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}

function line(x1: number, y1: number, x2: number, y2: number): SVGElement {
  const element = create('line')
  set(element, { x1, y1, x2, y2, class: 'grid-line' })
  return element
}

function text(content: string, x: number, y: number, className: string): SVGElement {
  const element = create('text')
  set(element, { x, y, class: className })
  element.textContent = content
  return element
}
