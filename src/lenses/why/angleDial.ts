/**
 * A step of one length in every direction: two curves around a ring that stands for no change. The
 * whole is a slider that turns the step.
 */
import { threeDigits, tickText } from '../../display/numbers'
import { addSliderDrag, addSliderKeys, type SliderSteps } from '../../widgets/sliderKeys'
import { paintOrder } from '../../widgets/svgPlot'
import {
  angleAt,
  createDialScale,
  type DialPicture,
  type DialScale,
  drawDial,
  turned,
  valueAt,
} from './dialDrawing'

export type { DialPicture }

/** Pixels; on a smaller dial the letters would meet. */
const leastSize = 96

const markup = `
  <div class="dial-host">
    <svg class="svg-plot dial-svg" role="slider" tabindex="0" aria-valuemin="0" aria-valuemax="360" aria-valuenow="180"
      aria-label="Direction of the step u, in degrees from the gradient g"></svg>
  </div>
  <p class="dial-nothing" hidden></p>
  <ul class="dial-legend chart-legend">
    <li><svg class="line-swatch" aria-hidden="true"><path d="M0 6h22" /></svg>first order</li>
    <li><svg class="line-swatch" aria-hidden="true"><path class="dial-actual" d="M0 6h22" /></svg>actual</li>
  </ul>
  <p class="dial-scale"></p>`

/** @param onAngle receives whole degrees from g, 0 to 359: 'move' while a drag lasts, then 'end' */
export function createAngleDial(
  container: HTMLElement,
  onAngle: (degrees: number, phase: 'move' | 'end') => void,
) {
  container.classList.add('dial')
  container.innerHTML = markup
  const find = <E extends Element>(selector: string) => container.querySelector<E>(selector)!
  const host = find<HTMLElement>('.dial-host')
  const svg = find<SVGSVGElement>('.dial-svg')
  const nothing = find<HTMLElement>('.dial-nothing')
  paintOrder(find('.dial-legend path'), 1, 'line')
  let picture: DialPicture | null = null

  const draw = () => {
    if (!picture || !hasDirection(picture) || host.clientWidth === 0) return
    // Comes first, because its lines reduce the height of the dial.
    find('.dial-scale').replaceChildren(...scaleText(createDialScale(picture, 1)))
    const size = Math.max(leastSize, Math.floor(Math.min(host.clientWidth, host.clientHeight)))
    svg.style.width = svg.style.height = `${size}px`
    drawDial(svg, picture, size)
  }
  const turnable = () => (picture && hasDirection(picture) ? picture : null)
  addSliderDrag(svg, {
    valueAt(event) {
      const shown = turnable()
      return shown && angleAt(svg, shown.gradient, event.clientX, event.clientY)
    },
    report: onAngle,
  })
  const steps = () => {
    const shown = turnable()
    return shown && stepsFrom(shown.angle)
  }
  addSliderKeys(svg, steps, (angle) => onAngle(angle, 'end'))

  return {
    show(next: DialPicture) {
      picture = next
      container.classList.toggle('is-nothing', !hasDirection(next))
      container.classList.toggle('stale', next.stale)
      svg.setAttribute('aria-busy', String(next.stale))
      nothing.hidden = hasDirection(next)
      nothing.textContent = nothingText(next)
      if (hasDirection(next)) describe(svg, next)
      draw()
    },
    /** Measures the container again. */
    resize: draw,
  }
}

function hasDirection({ gradient }: DialPicture): boolean {
  const length = Math.hypot(...gradient)
  return length > 0 && Number.isFinite(length)
}

function nothingText({ gradient }: DialPicture): string {
  return gradient.every((part) => part === 0)
    ? 'The gradient is zero here: no direction is up and none is down.'
    : 'The gradient is not finite here: it has no direction.'
}

function describe(svg: SVGSVGElement, { angle, change, firstOrder, best, all }: DialPicture): void {
  const degrees = turned(angle)
  const name = directionNames[degrees]
  svg.setAttribute('aria-valuenow', String(degrees))
  svg.setAttribute(
    'aria-valuetext',
    `${tickText(Number(degrees.toFixed(1)))}°${name ? `, ${name}` : ''}: ` +
      `first order ${threeDigits(valueAt(firstOrder, degrees))}, ` +
      `actual ${threeDigits(valueAt(change, degrees))}`,
  )
  if (all && best !== null) svg.setAttribute('aria-description', `The best direction is ${best}°.`)
  else svg.removeAttribute('aria-description')
}

const directionNames: Record<number, string> = {
  0: 'along the gradient',
  90: 'across the gradient',
  180: 'against the gradient',
  270: 'across the gradient',
}

/** The style sheet hides the words in .dial-wide where there is little room. */
function scaleText({ edge, cut }: DialScale): (Node | string)[] {
  const parts: (Node | string)[] = [`ring 0, edge ±${tickText(edge)}`]
  if (!cut) return parts
  const name = document.createElement('span')
  name.className = 'dial-wide'
  name.textContent = `${cut} `
  return [...parts, ', ', name, 'cut']
}

/** A first step goes from a fraction of a degree to a whole one. */
function stepsFrom(angle: number): SliderSteps<number> {
  const by = (count: number) => turned((count > 0 ? Math.floor(angle) : Math.ceil(angle)) + count)
  return { by, page: (direction) => by(10 * direction), ends: [180, 0] }
}
