/** The colour bar beside the stage, with true loss values at its ticks. */
import { colourAt } from '../display/colours'
import { createHeightScale, lossTicks } from '../display/heightScale'
import { tickText } from '../display/numbers'
import type { Settings } from '../settings/settings'
import { shownHeight, valueName } from '../settings/shown'

export interface LegendTick {
  /** Position on the bar: 0 at the lowest colour, 1 at the highest. */
  at: number
  text: string
}

export interface LegendPicture {
  /** The name of the coloured quantity. */
  name?: string
  colours: readonly string[]
  ticks: readonly LegendTick[]
}

/** Shares of the bar that a tick's text takes on an upright and on a horizontal bar. */
const room = { standing: 0.14, lying: 0.17 }

/** The style sheet makes the bar upright on a large screen and horizontal on a small one. */
export function createLegend(container: HTMLElement) {
  container.innerHTML = `
    <span class="legend-name"></span>
    <div class="legend-bar" role="img"></div>`
  const bar = container.querySelector<HTMLElement>('.legend-bar')!

  return {
    /** `colours`: CSS colours from lowest to highest. An empty list hides the legend. */
    show({ name = 'loss', colours, ticks }: LegendPicture) {
      container.querySelector('.legend-name')!.textContent = name
      container.hidden = colours.length === 0
      // A gradient needs two colours.
      const stops = colours.length === 1 ? [...colours, ...colours] : colours
      bar.style.setProperty('--colours', stops.join(', '))
      bar.setAttribute('aria-label', legendText(name, ticks))
      const lying = new Set(spread(ticks, room.lying))
      bar.replaceChildren(
        ...spread(ticks, room.standing).map((tick) => tickElement(tick, lying.has(tick))),
      )
    },
  }
}

function legendText(name: string, ticks: readonly LegendTick[]): string {
  if (ticks.length === 0) return `Colours of the ${name}.`
  const sorted = [...ticks].sort((a, b) => a.at - b.at)
  return `Colours of the ${name}, from ${sorted[0].text} to ${sorted[sorted.length - 1].text}.`
}

/** Leaves out ticks whose texts would overlap a neighbour's; the ends have priority. */
function spread(ticks: readonly LegendTick[], share: number): LegendTick[] {
  const byImportance = [...ticks].sort((a, b) => Math.abs(b.at - 0.5) - Math.abs(a.at - 0.5))
  const kept: LegendTick[] = []
  for (const tick of byImportance) {
    if (tick.at < 0 || tick.at > 1) continue
    if (kept.every((other) => Math.abs(other.at - tick.at) >= share)) kept.push(tick)
  }
  return kept
}

function tickElement({ at, text }: LegendTick, fitsLying: boolean): HTMLElement {
  const element = document.createElement('span')
  element.className = fitsLying ? 'legend-tick' : 'legend-tick legend-spare'
  element.textContent = text
  element.style.setProperty('--at', `${at * 100}%`)
  return element
}

const legendColours = 24

export function legendPicture(settings: Settings, lowest: number, highest: number): LegendPicture {
  const { colours } = settings
  const scale = createHeightScale(shownHeight(settings), lowest, highest)
  return {
    name: valueName(settings),
    colours: Array.from({ length: legendColours }, (_, i) => {
      const [red, green, blue] = colourAt(colours, i / (legendColours - 1))
      return `rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(' ')})`
    }),
    ticks: lossTicks(scale).map(({ at, value }) => ({ at, text: tickText(value) })),
  }
}
