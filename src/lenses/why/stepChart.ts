/** The loss along the direction of the step, with Taylor’s polynomials, by uPlot. */
import { orderColour, orderDashes } from '../../display/orderColours'
import { createLineChart, roundTicks, type uPlot } from '../../widgets/lineChart'
import { isLight } from '../../widgets/theme'

export interface StepPicture {
  etas: Float64Array
  /** The change of the loss along the direction, from its value at the place. */
  change: Float64Array
  /** Taylor's polynomials of orders one and two: sums of the terms. */
  first: Float64Array
  second: Float64Array
  /** The step that is taken. */
  eta: number
  /** The largest eta that still lowers the loss; null if there is none. */
  largest: number | null
  stale: boolean
}

const axisWidth = 62
const edge = 8
const pixelsPerTick = { x: 56, y: 24 }
/** Room for polynomials above and below, as a share of the height of the loss. */
const room = 0.75

export function createStepChart(host: HTMLElement) {
  host.classList.add('step-chart')
  let picture: StepPicture | null = null
  const ofOrder = (order: number) => orderColour(order, isLight())
  const chart = createLineChart(host, { width: 160, height: 96 }, (colour) => {
    const line = (order: number | null): uPlot.Series => ({
      stroke: () => (order === null ? colour('--text') : ofOrder(order)),
      width: 2,
      pxAlign: 0,
      dash: order === null ? [] : [...orderDashes[order]],
    })
    return {
      padding: [edge, 16, 0, 0],
      x: { range: () => (picture ? ends(picture.etas) : [0, 1]) },
      y: { range: () => (picture ? heights(picture) : [0, 1]) },
      series: [line(null), line(1), line(2)],
      axes: [
        {
          size: 24,
          gap: 4,
          label: 'rate η',
          labelSize: 16,
          labelGap: 0,
          splits: roundTicks(pixelsPerTick.x),
        },
        { size: axisWidth, gap: 6, splits: roundTicks(pixelsPerTick.y) },
      ],
      hooks: { draw: [(drawn) => picture && drawMarks(drawn, picture, colour, ofOrder)] },
    }
  })

  return {
    show(next: StepPicture) {
      picture = next
      host.classList.toggle('stale', next.stale)
      const data = [next.etas, next.change, next.first, next.second]
      chart.draw(data.map((values) => Array.from(values)) as uPlot.AlignedData)
    },
    /** Measures the host again. */
    resize: () => chart.resize(),
  }
}

function ends(etas: Float64Array): [number, number] {
  return [etas[0], etas[etas.length - 1]]
}

/** Holds all of the loss, and the polynomials as far as they stay near it. */
function heights({ change, first, second }: StepPicture): [number, number] {
  let [low, high] = [0, 0]
  for (const value of change) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const reach = (high - low || 1) * room
  const [least, most] = [low - reach, high + reach]
  for (const values of [first, second]) {
    for (const value of values) {
      low = Math.min(low, Math.max(value, least))
      high = Math.max(high, Math.min(value, most))
    }
  }
  const margin = (high - low) * 0.06 || 1
  return [low - margin, high + margin]
}

/** Draws the level of no change, the chosen step, and the largest step that lowers the loss. */
function drawMarks(
  plot: uPlot,
  { etas, change, first, second, eta, largest }: StepPicture,
  colour: (name: string) => string,
  ofOrder: (order: number) => string,
): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  const x = (value: number) => plot.valToPos(value, 'x', true)
  const y = (value: number) => plot.valToPos(value, 'y', true)
  const line = (x0: number, y0: number, x1: number, y1: number) => {
    ctx.beginPath()
    ctx.moveTo(x0, y0)
    ctx.lineTo(x1, y1)
    ctx.stroke()
  }
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.lineWidth = ratio
  // uPlot leaves the dashes of its last series behind.
  ctx.setLineDash([])
  ctx.strokeStyle = colour('--muted')
  line(bbox.left, y(0), bbox.left + bbox.width, y(0))
  const [from, to] = ends(etas)
  if (largest !== null && largest > Math.max(from, 0) && largest < to) {
    ctx.setLineDash([4 * ratio, 4 * ratio])
    line(x(largest), bbox.top, x(largest), bbox.top + bbox.height)
    ctx.setLineDash([])
    ctx.fillStyle = colour('--text')
    ctx.font = `${12 * ratio}px system-ui, sans-serif`
    const isRight = largest > (from + to) / 2
    ctx.textAlign = isRight ? 'right' : 'left'
    const gap = (isRight ? -6 : 6) * ratio
    ctx.fillText('largest that lowers', x(largest) + gap, bbox.top + 14 * ratio)
  }
  ctx.strokeStyle = colour('--accent')
  line(x(eta), bbox.top, x(eta), bbox.top + bbox.height)
  const at = Math.round(((eta - from) / (to - from)) * (etas.length - 1))
  const dots = [
    [first, ofOrder(1)],
    [second, ofOrder(2)],
    [change, colour('--text')],
  ] as const
  for (const [values, fill] of dots) {
    ctx.fillStyle = fill
    ctx.beginPath()
    ctx.arc(x(eta), y(values[at]), 4 * ratio, 0, 2 * Math.PI)
    ctx.fill()
  }
  ctx.restore()
}
