/** The data plot's SVG: axes, curve, residuals, points. It draws, and knows where things are. */
import type { Sample } from '../model/objective'
import { curveAt, type DataPicture, written } from './dataPicture'
import { type Axes, create, createScale, drawAxes, pathThrough, type Scale, set } from './svgPlot'

export interface DataDrawing {
  readonly svg: SVGSVGElement
  /** Holds an element for each point, in their order. */
  readonly points: SVGGElement
  /** In the midst of a drag what is not seen of the points is left for its end. */
  draw(
    picture: DataPicture,
    axes: Axes,
    isSelected: (index: number) => boolean,
    dragging: boolean,
  ): void
  /** Pixels of the plot at which a point stands. */
  placeOf(sample: Sample): [x: number, y: number]
  /** Data coordinates of a place in the window, held within the axes. */
  dataAt(clientX: number, clientY: number): Sample
  /** The point nearest to a place in the window, within `reach` pixels. */
  nearest(clientX: number, clientY: number, reach: number): number | null
  focus(index: number): void
  /** The point that has the focus. */
  focused(): number | null
}

export function createDataDrawing(host: HTMLElement): DataDrawing {
  const svg = create('svg')
  svg.setAttribute('class', 'svg-plot data-svg')
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
    points,
    draw(picture, axes, isSelected, dragging) {
      scale = createScale(host, axes)
      axesGroup.replaceChildren(...drawAxes(scale, { x: 'x', y: 'y' }))
      curve.setAttribute('d', curvePath(picture, scale))
      curve.classList.toggle('stale', picture.stale)
      residuals.setAttribute('d', residualPath(picture, scale))
      drawPoints(points, picture, isSelected, scale, dragging)
    },
    placeOf: ([x, y]) => [scale.x(x), scale.y(y)],
    dataAt(clientX, clientY) {
      const box = svg.getBoundingClientRect()
      return scale.invert(clientX - box.left, clientY - box.top)
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

/** Points are kept and moved, not made anew, so that the focus stays with them. */
function drawPoints(
  group: SVGElement,
  { samples, lit }: DataPicture,
  isSelected: (index: number) => boolean,
  scale: Scale,
  dragging: boolean,
): void {
  while (group.children.length > samples.length) group.lastElementChild!.remove()
  while (group.children.length < samples.length) group.append(createPoint())
  samples.forEach(([x, y], index) => {
    const point = group.children[index] as SVGElement
    point.setAttribute('transform', `translate(${scale.x(x).toFixed(1)} ${scale.y(y).toFixed(1)})`)
    if (dragging) return
    point.setAttribute(
      'aria-label',
      `Point ${index + 1} of ${samples.length}: x ${written(x)}, y ${written(y)}`,
    )
    point.setAttribute('aria-pressed', String(isSelected(index)))
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
