/**
 * f(x) = x^3 with its Taylor polynomials at x, and the remainder of f(x + dx) after each order.
 * Both places can be dragged; all values are given.
 */
import { formatNumber, threeDigits } from '../../display/numbers'
import type { CubicTaylor } from '../../model/step/warmUps'
import { pointReach, reachOf } from '../../widgets/pointerReach'
import { addSliderDrag, addSliderKeys } from '../../widgets/sliderKeys'
import {
  add,
  create,
  createScale,
  drawAxes,
  extentOf,
  fitInside,
  nudge,
  paintOrder,
  pathThrough,
  type Range,
  type Scale,
  set,
  unitOf,
} from '../../widgets/svgPlot'

export interface CubicPicture {
  x: number
  dx: number
  taylor: CubicTaylor
  /** f over the axis of the plot, in ascending x. */
  curve: { x: Float64Array; value: Float64Array }
  /** Orders zero to three over the same x. */
  polynomials: readonly Float64Array[]
}

/** The drawn orders; the polynomial of order three is the curve itself. */
const drawnOrders = [0, 1, 2]

/** Room above for the texts of both places. */
const margin = { left: 46, right: 22, top: 20, bottom: 22 }

/** Pixels between the two texts. */
const textGap = 8

/** From this width on, if the height is short, the table stands beside the plot. */
const beside = { width: 560, height: 400 }

export function createCubicPlot(container: HTMLElement, onChange: OnChange) {
  container.classList.add('cubic')
  container.innerHTML = '<div class="cubic-plot"></div><div class="cubic-numbers"></div>'
  const [host, numbers] = container.querySelectorAll('div')
  const table = createCubicTable(numbers)
  const drawing = createDrawing(host)
  let picture: CubicPicture | null = null
  let scale: Scale | null = null

  const draw = () => {
    if (!picture || picture.curve.x.length < 2 || host.clientWidth === 0) return
    const { clientWidth, clientHeight } = container
    const isBeside = clientWidth >= beside.width && clientHeight < beside.height
    container.classList.toggle('is-beside', isBeside)
    scale = createScale(host, { x: domainOf(picture), y: extentOf(picture.curve.value) }, margin)
    drawing.draw(picture, scale)
  }
  const current = () => (picture && scale ? { picture, scale } : null)
  addCubicPointer(drawing.svg, current, onChange)
  for (const name of ['x', 'dx'] as const) {
    addCubicKeys(drawing.handles[name], name, current, onChange)
  }

  return {
    show(next: CubicPicture) {
      picture = next
      // Comes first, because the table reduces the height of the plot.
      table.show(next)
      draw()
    },
    /** Measures the container again. */
    resize: draw,
  }
}

function domainOf({ curve }: CubicPicture): Range {
  return [curve.x[0], curve.x[curve.x.length - 1]]
}

function createDrawing(host: HTMLElement) {
  const svg = add(host, 'svg', {
    class: 'svg-plot cubic-svg',
    role: 'group',
    'aria-label': 'f(x) = x³ and its Taylor polynomials: arrows move x and x + dx',
  })
  const axes = add(svg, 'g')
  const inside = add(svg, 'svg')
  const curve = add(inside, 'path', { class: 'plot-curve' })
  const orders = drawnOrders.map((order) => {
    const path = add(inside, 'path')
    paintOrder(path, order, 'line')
    return path
  })
  const marks = add(svg, 'g')
  // The later one lies on top, so that it can be pulled off the other if both are in one place.
  const handles = { x: createHandle('x'), dx: createHandle('dx') }
  svg.append(handles.x, handles.dx)

  return {
    svg,
    handles,
    draw(picture: CubicPicture, scale: Scale) {
      const { x, dx, taylor } = picture
      axes.replaceChildren(...drawAxes(scale, { x: 'x', y: 'f' }))
      fitInside(inside, scale)
      const path = (values: Float64Array) =>
        pathThrough(values.length, (i) => [scale.x(picture.curve.x[i]), scale.y(values[i])])
      curve.setAttribute('d', path(picture.curve.value))
      for (const order of drawnOrders) {
        orders[order].setAttribute('d', path(picture.polynomials[order]))
      }
      const places = [
        { at: x, value: taylor.terms[0], text: `x = ${formatNumber(x)}` },
        { at: x + dx, value: taylor.value, text: `x + dx = ${formatNumber(x + dx)}` },
      ]
      drawMarks(marks, places, taylor, scale)
      moveHandle(handles.x, places[0], scale)
      moveHandle(handles.dx, places[1], scale)
      describe(
        handles.x,
        x,
        scale,
        `x = ${formatNumber(x)}, f(x) = ${threeDigits(taylor.terms[0])}`,
      )
      const after = `dx = ${formatNumber(dx)}, f(x + dx) = ${threeDigits(taylor.value)}`
      describe(handles.dx, x + dx, scale, `x + dx = ${formatNumber(x + dx)}, ${after}`)
    },
  }
}

interface PlaceOnCurve {
  at: number
  value: number
  text: string
}

function createHandle(name: HandleName): SVGGElement {
  const handle = create('g')
  set(handle, { class: `cubic-handle cubic-${name}`, role: 'slider', tabindex: 0 })
  handle.setAttribute('aria-label', name === 'x' ? 'Place x' : 'Place x + dx')
  add(handle, 'circle', { r: 10, class: 'halo' })
  add(handle, 'circle', { r: 6, class: 'point' })
  return handle
}

/** The position in pixels, clamped to the frame. */
function pixelOf({ at, value }: PlaceOnCurve, { x, y, axes }: Scale): [x: number, y: number] {
  const hold = (number: number, [min, max]: Range) => Math.min(max, Math.max(min, number))
  return [x(hold(at, axes.x)), y(hold(value, axes.y))]
}

function moveHandle(handle: SVGGElement, place: PlaceOnCurve, scale: Scale): void {
  handle.setAttribute('transform', `translate(${pixelOf(place, scale).join(' ')})`)
}

function describe(handle: SVGGElement, now: number, { axes }: Scale, text: string): void {
  set(handle, {
    'aria-valuemin': axes.x[0],
    'aria-valuemax': axes.x[1],
    'aria-valuenow': Number(now.toPrecision(12)),
    'aria-valuetext': text,
  })
}

/**
 * Draws vertical lines through both places, their texts above, and f(x + dx) as each order predicts
 * it.
 */
function drawMarks(
  group: SVGGElement,
  places: PlaceOnCurve[],
  { terms }: CubicTaylor,
  scale: Scale,
): void {
  group.replaceChildren()
  const texts = places.map((place, k) => {
    const [px] = pixelOf(place, scale)
    const name = k === 0 ? 'x' : 'dx'
    add(group, 'path', {
      d: `M${px} ${margin.top}v${scale.plotHeight}`,
      class: `cubic-upright cubic-${name}`,
    })
    const text = add(group, 'text', { y: margin.top - 6, class: `cubic-label cubic-${name}` })
    text.textContent = place.text
    return { text, px, width: text.getComputedTextLength() }
  })
  const [from, to] = [margin.left, scale.width]
  placeTexts(texts, from, to).forEach((left, k) => {
    texts[k].text.setAttribute('x', left.toFixed(1))
  })
  let sum = 0
  for (const order of drawnOrders) {
    sum += terms[order]
    if (sum < scale.axes.y[0] || sum > scale.axes.y[1]) continue
    const [px, py] = pixelOf({ ...places[1], value: sum }, scale)
    paintOrder(add(group, 'circle', { cx: px, cy: py, r: 3.5 }), order, 'mark')
  }
}

/** Left ends of two texts over their places, moved apart and into the picture if necessary. */
function placeTexts(
  texts: readonly { px: number; width: number }[],
  from: number,
  to: number,
): number[] {
  const lefts = texts.map(({ px, width }) => px - width / 2)
  const [first, second] = texts[0].px <= texts[1].px ? [0, 1] : [1, 0]
  const overlap = lefts[first] + texts[first].width + textGap - lefts[second]
  if (overlap > 0) {
    lefts[first] -= overlap / 2
    lefts[second] += overlap / 2
  }
  // Clamps from the left, then from the right: both texts fit, so neither pushes the other out.
  lefts[first] = Math.max(from, lefts[first])
  lefts[second] = Math.max(lefts[first] + texts[first].width + textGap, lefts[second])
  lefts[second] = Math.min(to - texts[second].width, lefts[second])
  lefts[first] = Math.min(lefts[second] - textGap - texts[first].width, lefts[first])
  return lefts
}

/** 'dx' moves x + dx and leaves x in place; 'x' moves both. */
export type HandleName = 'x' | 'dx'

/** The phase is 'move' while a drag lasts, then 'end'. Both x and x + dx stay on the axis. */
type OnChange = (pair: readonly [x: number, dx: number], phase: 'move' | 'end') => void

/** The picture and its scale; null before there are any. */
type Current = () => { picture: CubicPicture; scale: Scale } | null

/** Units of the axis that an arrow moves by; ten times as many with Shift. */
const keyUnits = 5

/** A press grabs the place whose vertical line is near, at any height. */
function addCubicPointer(svg: SVGSVGElement, current: Current, onChange: OnChange): void {
  let held: HandleName = 'dx'
  addSliderDrag(svg, {
    holds(event) {
      const shown = current()
      if (!shown) return false
      const { picture, scale } = shown
      const px = event.clientX - svg.getBoundingClientRect().left
      const distance = (value: number) => Math.abs(scale.x(value) - px)
      const [x, after] = [distance(picture.x), distance(picture.x + picture.dx)]
      if (Math.min(x, after) > reachOf(event, pointReach)) return false
      held = x < after ? 'x' : 'dx'
      // Otherwise the browser would give the focus to the element on top.
      event.preventDefault()
      svg.querySelector<SVGElement>(`.cubic-handle.cubic-${held}`)!.focus()
      return true
    },
    valueAt(event) {
      const shown = current()
      if (!shown) return null
      const [at] = shown.scale.invert(event.clientX - svg.getBoundingClientRect().left, 0)
      return movedTo(held, at, shown)
    },
    report: onChange,
  })
}

function addCubicKeys(
  handle: SVGElement,
  name: HandleName,
  current: Current,
  onChange: OnChange,
): void {
  const steps = () => {
    const shown = current()
    if (!shown) return null
    const { picture, scale } = shown
    const at = name === 'x' ? picture.x : picture.x + picture.dx
    const to = (wanted: number) => movedTo(name, wanted, shown)
    const by = (count: number) => to(nudge(at, count * keyUnits, unitOf(scale.axes.x)))
    const [min, max] = scale.axes.x
    return { by, page: (way: number) => by(10 * way), ends: [to(min), to(max)] as const }
  }
  addSliderKeys(handle, steps, (pair) => onChange(pair, 'end'))
}

/** The bound of the setting for either number. */
const most = 4

/** The pair with one place moved, as far as the axis extends for x and x + dx. */
function movedTo(
  name: HandleName,
  wanted: number,
  { picture: { x, dx }, scale }: NonNullable<ReturnType<Current>>,
): readonly [x: number, dx: number] {
  const [min, max] = scale.axes.x
  const tidy = (value: number) => Number(value.toPrecision(12))
  const held = (value: number) => Math.min(most, Math.max(-most, tidy(value)))
  if (name === 'dx') return [x, held(Math.min(max, Math.max(min, wanted)) - x)]
  const highest = Math.max(min, Math.min(max, max - dx))
  const lowest = Math.min(max, Math.max(min, min - dx))
  return [held(Math.min(highest, Math.max(lowest, wanted))), dx]
}

/** The rows of the table, which is also the legend of the plot. */
const formulas = ['x³', '3x² dx', '3x dx²', 'dx³']

/** A sum below this share of the largest term is only rounding. */
const rounding = 1e-12

const markup = `
  <p class="cubic-value"></p>
  <table class="cubic-table numbers-table">
    <thead>
      <tr><th scope="col">order</th><th scope="col">term</th><th scope="col">sum</th>
        <th scope="col">remainder</th></tr>
    </thead>
    <tbody></tbody>
  </table>
  <p class="cubic-note">Order 3 is the curve itself. Zero: nothing is left.</p>`

function createCubicTable(container: HTMLElement) {
  container.innerHTML = markup
  const value = container.querySelector<HTMLElement>('.cubic-value')!
  const rows = formulas.map(createRow)
  container.querySelector('tbody')!.append(...rows)
  return {
    show({ x, dx, taylor }: CubicPicture) {
      value.textContent = `f(x + dx) = ${bracketed(x + dx)}³ = ${threeDigits(taylor.value)}`
      const sums = sumsOf(taylor.terms)
      rows.forEach((row, order) => {
        const cells = [taylor.terms[order], sums[order], taylor.remainders[order]]
        row.querySelectorAll('td').forEach((cell, k) => {
          cell.textContent = threeDigits(cells[k])
        })
      })
    },
  }
}

function createRow(formula: string, order: number): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.innerHTML = `
    <th scope="row"><svg class="line-swatch" aria-hidden="true"><path d="M0 6h22" /></svg>
      ${order} <span class="cubic-formula">${formula}</span></th><td></td><td></td><td></td>`
  const line = row.querySelector('path')!
  if (order < 3) paintOrder(line, order, 'line')
  else line.classList.add('plot-curve')
  return row
}

function bracketed(value: number): string {
  return value < 0 ? `(${formatNumber(value)})` : formatNumber(value)
}

/** The sum of the terms up to each order. */
function sumsOf(terms: readonly number[]): number[] {
  const largest = Math.max(...terms.map(Math.abs))
  let sum = 0
  return terms.map((term) => {
    sum += term
    return Math.abs(sum) <= rounding * largest ? 0 : sum
  })
}
