/** The colour bar beside the stage, with true loss values at its ticks. */

export interface LegendTick {
  /** Place on the bar: 0 at the lowest, 1 at the highest colour. */
  at: number
  text: string
}

const svg = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name)

const bar = { x: 52, width: 12, top: 24, height: 136 }

/** Drawn as SVG: its attributes take colours and places without inline styles. */
export function createLegend(container: HTMLElement, name = 'loss') {
  const picture = svg('svg')
  picture.setAttribute('viewBox', '0 0 64 168')
  picture.setAttribute('role', 'img')
  container.replaceChildren(picture)

  return {
    /** `colours`: CSS colours from lowest to highest. An empty list hides the legend. */
    show({ colours, ticks }: { colours: readonly string[]; ticks: readonly LegendTick[] }) {
      container.hidden = colours.length === 0
      picture.setAttribute('aria-label', legendText(name, ticks))
      const cell = bar.height / colours.length
      const cells = colours.map((colour, index) => {
        const rect = svg('rect')
        // Half a pixel more than the cell, or the seams between two of them would show.
        set(rect, { x: bar.x, width: bar.width, height: cell + 0.5, fill: colour })
        set(rect, { y: bar.top + bar.height - (index + 1) * cell - 0.5 })
        return rect
      })
      const marks = spread(ticks).flatMap(({ at, text }) => {
        const y = bar.top + (1 - at) * bar.height
        return [line(y), label(text, bar.x - 8, y)]
      })
      const title = label(name, bar.x + bar.width, 8)
      title.setAttribute('class', 'legend-name')
      picture.replaceChildren(title, ...cells, ...marks)
    },
  }
}

function legendText(name: string, ticks: readonly LegendTick[]): string {
  if (ticks.length === 0) return `Colours of the ${name}.`
  const sorted = [...ticks].sort((a, b) => a.at - b.at)
  return `Colours of the ${name}, from ${sorted[0].text} to ${sorted[sorted.length - 1].text}.`
}

/** Leaves out ticks whose texts would run into a neighbour's; the ends are kept first. */
function spread(ticks: readonly LegendTick[]): LegendTick[] {
  const room = 14 / bar.height
  const byImportance = [...ticks].sort((a, b) => Math.abs(b.at - 0.5) - Math.abs(a.at - 0.5))
  const kept: LegendTick[] = []
  for (const tick of byImportance) {
    if (tick.at < 0 || tick.at > 1) continue
    if (kept.every((other) => Math.abs(other.at - tick.at) >= room)) kept.push(tick)
  }
  return kept
}

function line(y: number): SVGElement {
  const mark = svg('line')
  set(mark, { x1: bar.x - 4, x2: bar.x, y1: y, y2: y, class: 'legend-mark' })
  return mark
}

function label(text: string, x: number, y: number): SVGElement {
  const element = svg('text')
  set(element, { x, y, class: 'legend-tick' })
  element.textContent = text
  return element
}

function set(element: SVGElement, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}
