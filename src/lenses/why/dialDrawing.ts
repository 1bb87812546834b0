/** The dial's SVG: arrows, ring and curves, oriented like the plane: w to the right, b up. */
import { add, create, paintOrder, pathThrough } from '../../widgets/svgPlot'

/** Pixels around the dial for the names of the axes and the texts in the corners. */
const padding = 13
/** Pixels from the centre within which a pointer has no direction. */
const blind = 6
const arrowHead = { length: 10, half: 5 }
/** Places of the letters: pixels beside the arrow, and share of the radius along it. */
const letter = { beside: 9, along: 0.82 }

type Point = readonly [x: number, y: number]

interface Dial {
  picture: DialPicture
  scale: DialScale
  size: number
  radius: number
  /** The place at a radius in pixels and an angle from g in degrees. */
  at(radius: number, degrees: number): Point
}

export function drawDial(svg: SVGSVGElement, picture: DialPicture, size: number): void {
  const radius = size / 2 - padding
  const scale = createDialScale(picture, radius)
  const [gw, gb] = picture.gradient
  const start = Math.atan2(gb, gw)
  const at = (distance: number, degrees: number): Point => {
    const turn = start + (degrees * Math.PI) / 180
    return [size / 2 + distance * Math.cos(turn), size / 2 - distance * Math.sin(turn)]
  }
  const dial: Dial = { picture, scale, size, radius, at }
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`)
  svg.replaceChildren(
    ground(dial),
    ...(picture.all ? [curves(dial)] : []),
    arrows(dial),
    marks(dial),
    texts(dial),
  )
}

/** The angle from g of a place in the window, in whole degrees; null too near to the centre. */
export function angleAt(
  svg: SVGSVGElement,
  [gw, gb]: DialPicture['gradient'],
  clientX: number,
  clientY: number,
): number | null {
  const { left, top, width, height } = svg.getBoundingClientRect()
  const x = clientX - left - width / 2
  const y = top + height / 2 - clientY
  if (Math.hypot(x, y) < blind) return null
  return turned(Math.round(((Math.atan2(y, x) - Math.atan2(gb, gw)) * 180) / Math.PI))
}

/** The half-plane where the loss falls by the first order, the axes, the ring. */
function ground({ scale, size, radius, at }: Dial): SVGElement {
  const group = create('g')
  const middle = size / 2
  const far = 2 * size
  const corners = [at(far, 90), at(2 * far, 135), at(2 * far, 225), at(far, 270)]
  const shade = pathThrough(corners.length, (i) => corners[i])
  add(group, 'path', { d: `${shade}Z`, class: 'dial-falls' })
  add(group, 'path', {
    d: `M${middle - radius} ${middle}h${2 * radius}M${middle} ${middle - radius}v${2 * radius}`,
    class: 'grid-line',
  })
  add(group, 'circle', { cx: middle, cy: middle, r: scale.ring, class: 'dial-ring' })
  return group
}

function curves({ picture, scale, at }: Dial): SVGElement {
  const group = create('g')
  const closed = (values: Float64Array) =>
    pathThrough(361, (k) => at(scale.radiusOf(values[k % 360]), k))
  add(group, 'path', { d: closed(picture.change), class: 'dial-actual' })
  // Drawn on top: its gaps show the other curve if both are the same.
  paintOrder(add(group, 'path', { d: closed(picture.firstOrder) }), 1, 'line')
  return group
}

function arrows({ picture, size, radius, at }: Dial): SVGElement {
  const group = create('g')
  const middle = size / 2
  for (const [degrees, name] of [
    [0, 'g'],
    [picture.angle, 'u'],
  ] as const) {
    const [x, y] = at(radius, degrees)
    const neck = radius - arrowHead.length
    const turn = (Math.atan2(arrowHead.half, neck) * 180) / Math.PI
    const wing = Math.hypot(arrowHead.half, neck)
    const wings = [at(wing, degrees - turn), at(wing, degrees + turn)]
    const arrow = add(group, 'g', { class: `dial-arrow dial-${name}` })
    const [endX, endY] = at(neck, degrees)
    add(arrow, 'path', { d: `M${middle} ${middle}L${endX} ${endY}` })
    add(arrow, 'path', {
      d: `M${x} ${y}L${wings.map((point) => point.join(' ')).join('L')}Z`,
      class: 'dial-head',
    })
  }
  add(group, 'circle', { cx: middle, cy: middle, r: 2.5, class: 'dial-centre' })
  return group
}

/** The marks of u on both curves, and of the best direction. */
function marks({ picture, scale, at }: Dial): SVGElement {
  const group = create('g')
  const { change, firstOrder, angle, best } = picture
  const markAt = (values: Float64Array, degrees: number) =>
    at(scale.radiusOf(valueAt(values, degrees)), degrees)
  if (picture.all && best !== null) {
    const [x, y] = markAt(change, best)
    if (Number.isFinite(x)) {
      add(group, 'path', {
        d: 'M0 -6L6 0L0 6L-6 0Z',
        transform: `translate(${x} ${y})`,
        class: `dial-best ${isDescent(best) ? '' : 'is-other'}`,
      })
    }
  }
  const [firstX, firstY] = markAt(firstOrder, angle)
  if (Number.isFinite(firstX)) {
    const mark = add(group, 'circle', { cx: firstX, cy: firstY, r: 5, class: 'dial-first-mark' })
    paintOrder(mark, 1, 'mark')
  }
  const [x, y] = markAt(change, angle)
  if (Number.isFinite(x)) add(group, 'circle', { cx: x, cy: y, r: 3.5, class: 'dial-actual-mark' })
  return group
}

function isDescent(degrees: number): boolean {
  return degrees === 180
}

function texts({ picture, size, radius, at }: Dial): SVGElement {
  const group = create('g')
  const middle = size / 2
  const write = (content: string, x: number, y: number, className: string) => {
    add(group, 'text', { x, y, class: className }).textContent = content
  }
  write('w', size - 6, middle + 4, 'axis dial-centred')
  write('b', middle, 10, 'axis dial-centred')
  // Each text is in the corner of its half-plane: the dial leaves the corners free.
  const [gw, gb] = picture.gradient
  const rises = { right: gw >= 0, up: gb >= 0 }
  const corner = (content: string, right: boolean, up: boolean, className: string) =>
    write(content, right ? size - 2 : 2, up ? 10 : size - 3, `${className} dial-${sideOf(right)}`)
  corner('rises', rises.right, rises.up, 'dial-side')
  corner('falls', !rises.right, !rises.up, 'dial-side')
  if (picture.all && picture.best !== null) {
    const emphasis = isDescent(picture.best) ? '' : 'is-other'
    // The remaining lower corner.
    const right = rises.up ? rises.right : !rises.right
    corner(`◆ best ${picture.best}°`, right, false, `dial-best-text ${emphasis}`)
  }
  const angle = turned(picture.angle)
  // Outside the smaller angle between the arrows, where the letters never meet.
  const side = (letter.beside / (letter.along * radius)) * (180 / Math.PI)
  const outwards = angle <= 180 ? side : -side
  const [gx, gy] = at(letter.along * radius, -outwards)
  const [ux, uy] = at(letter.along * radius, angle + outwards)
  write('g', gx, gy + 4, 'dial-letter dial-centred')
  write('u', ux, uy + 4, 'dial-letter dial-letter-u dial-centred')
  return group
}

const sideOf = (right: boolean) => (right ? 'right' : 'left')

export interface DialPicture {
  /** Direction of g in the plane, with one scale for w and b. */
  gradient: readonly [w: number, b: number]
  /** Degrees from g to u, counter-clockwise from w to b; 180 is descent. */
  angle: number
  /** change[k], firstOrder[k] at k degrees: 360 values each. */
  change: Float64Array
  firstOrder: Float64Array
  /** The angle whose step lowers the loss most; null if there is none. */
  best: number | null
  /** Whether to show all directions, or only that of u. */
  all: boolean
  stale: boolean
}

/** Shares of the dial's radius: the ring of no change, and the reach of a curve from it. */
const ring = 0.55
const band = 0.42

/** The smaller of the two curves gets at least a quarter of the band. */
const mostUnlike = 4

export interface DialScale {
  /** The change at the edge of the band; larger ones are drawn at the edge. */
  edge: number
  /** The curve that goes beyond the edge. */
  cut: 'first order' | 'actual' | null
  ring: number
  /** In pixels; NaN for a change that is not a number. */
  radiusOf(change: number): number
}

export function createDialScale(
  { change, firstOrder }: Pick<DialPicture, 'change' | 'firstOrder'>,
  radius: number,
): DialScale {
  const largest = { actual: largestOf(change), first: largestOf(firstOrder) }
  const more = Math.max(largest.actual, largest.first)
  const less = Math.min(largest.actual, largest.first)
  const edge = more === 0 ? 1 : roundUp(less === 0 ? more : Math.min(more, mostUnlike * less))
  const isCut = more > edge
  const larger = largest.first > largest.actual ? 'first order' : 'actual'
  return {
    edge,
    cut: isCut ? larger : null,
    ring: ring * radius,
    radiusOf: (value) => radius * (ring + band * Math.min(1, Math.max(-1, value / edge))),
  }
}

function largestOf(values: Float64Array): number {
  return values.reduce(
    (largest, value) => (Number.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest),
    0,
  )
}

/** Rounds up to two digits, so that small changes leave the number under the dial alone. */
function roundUp(value: number): number {
  // Smaller numbers do not have two digits.
  if (value < 1e-300) return value
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2))
}

/** 0 <= degrees < 360 */
export function turned(degrees: number): number {
  return ((degrees % 360) + 360) % 360
}

/** A curve's value between its whole degrees. */
export function valueAt(values: Float64Array, degrees: number): number {
  const at = turned(degrees)
  const before = Math.floor(at) % 360
  const after = values[(before + 1) % 360]
  const share = at - Math.floor(at)
  return share === 0 ? values[before] : values[before] + (after - values[before]) * share
}
