/** The legend of the timeline; of several runs it also hides each, or all but one. */
import { lineColour } from './lineColours'
import type { TimelineActions, TimelinePicture } from './timeline'

/** Items that have room beside the buttons. */
const mostInLine = 3

type Run = TimelinePicture['runs'][number]

export function createTimelineLegend(
  list: HTMLElement,
  { onHide, onSolo }: Pick<TimelineActions, 'onHide' | 'onSolo'>,
) {
  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('button')
    if (!button) return
    const index = Number(button.dataset.run)
    if (button.dataset.do === 'solo') onSolo(index)
    else onHide(index)
  })
  return {
    show({ runs, band }: Pick<TimelinePicture, 'runs' | 'band'>) {
      const held = (document.activeElement as HTMLElement | null)?.dataset.key
      const items = runs.map((run, index) =>
        runs.length > 1 ? switchItem(run, index) : item(run.label, 'line', run.colour),
      )
      if (band) items.push(item('median, 10–90 %', 'band'))
      list.classList.toggle('many', items.length > mostInLine)
      list.replaceChildren(...items)
      // A new list must not take the focus away.
      if (held) list.querySelector<HTMLElement>(`[data-key="${held}"]`)?.focus()
    },
  }
}

function item(label: string, look: string, colour?: string): HTMLElement {
  const element = document.createElement('li')
  element.className = `legend-${look}`
  element.textContent = label
  const isLight = matchMedia('(prefers-color-scheme: light)').matches
  if (colour) element.style.setProperty('--colour', lineColour(colour, isLight))
  return element
}

function switchItem({ label, colour, hidden }: Run, index: number): HTMLElement {
  const element = item('', 'line', colour)
  element.classList.toggle('legend-hidden', hidden === true)
  const button = (text: string, what: string, title: string) => {
    const made = document.createElement('button')
    made.type = 'button'
    made.className = 'legend-switch'
    made.textContent = text
    made.title = title
    made.dataset.do = what
    made.dataset.run = String(index)
    made.dataset.key = `${what} ${index}`
    return made
  }
  const name = button(label, 'hide', hidden ? `Show ${label}` : `Hide ${label}`)
  name.setAttribute('aria-pressed', String(!hidden))
  const solo = button('◉', 'solo', `Show ${label} alone, or all again`)
  solo.setAttribute('aria-label', `Only ${label}`)
  element.append(name, solo)
  return element
}
