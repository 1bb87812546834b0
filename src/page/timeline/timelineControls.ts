/** The bar above the timeline's chart: play, step, speed, loop, the numbers and the legend. */
import { lineColour } from '../../display/lineColours'
import { formatCount } from '../../display/numbers'
import { toggleHidden, toggleSolo } from '../../settings/runners'
import { isLight, onThemeChange } from '../../widgets/theme'
import type { TimelineActions, TimelinePicture } from './timelinePicture'

const speeds = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000]

const icon = (path: string) =>
  `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}" /></svg>`

const playPath = 'M4 2.5v11l9-5.5z'
const pausePath = 'M4 2.5h3v11h-3zM9 2.5h3v11h-3z'

const markup = `
  <div class="transport">
    <button type="button" class="button icon-button" data-do="back" title="One step back (←)"
      aria-label="One step back">${icon('M3 2.5h2v11h-2zM13 2.5v11l-7-5.5z')}</button>
    <button type="button" class="button icon-button play" data-do="play">${icon(playPath)}</button>
    <button type="button" class="button icon-button" data-do="on" title="One step on (→)"
      aria-label="One step on">${icon('M11 2.5h2v11h-2zM3 2.5v11l7-5.5z')}</button>
    <select class="speed" aria-label="Steps a second"></select>
    <button type="button" class="button icon-button loop" data-do="loop" title="Repeat"
      aria-label="Repeat">${icon('M2.5 9V8A3.5 3.5 0 0 1 6 4.5h6.5M10 2l2.5 2.5L10 7M13.5 7v1a3.5 3.5 0 0 1-3.5 3.5H3.5M6 14l-2.5-2.5L6 9')}</button>
  </div>
  <output class="timeline-step"></output>
  <ul class="timeline-legend chart-legend"></ul>`

export function createTimelineControls(container: HTMLElement, actions: TimelineActions) {
  container.innerHTML = markup
  const find = <T extends HTMLElement = HTMLElement>(selector: string) =>
    container.querySelector<T>(selector)!
  const play = find('.play')
  const playIcon = play.querySelector('path')!
  const loop = find('.loop')
  const speed = find<HTMLSelectElement>('.speed')
  const step = find('.timeline-step')
  const legend = createTimelineLegend(find('.timeline-legend'), actions)
  let shown: TimelinePicture | null = null
  const stopFollowing = onThemeChange(() => shown && legend.show(shown))

  const deeds: Record<string, () => void> = {
    // From the newest step, not the shown one: a quick hand may outpace a slow page.
    back: () => actions.scrub(actions.current().step - 1),
    on: () => actions.scrub(actions.current().step + 1),
    play: () => (shown?.playing ? actions.pause() : actions.play()),
    loop: () => actions.change({ loop: !shown?.loop }),
  }
  container.addEventListener('click', (event) => {
    deeds[(event.target as Element).closest<HTMLElement>('[data-do]')?.dataset.do ?? '']?.()
  })
  speed.addEventListener('change', () => {
    const chosen = Number(speed.value)
    // The choice appears only when it comes back as a setting.
    if (shown) speed.value = String(shown.speed)
    actions.change({ speed: chosen })
  })

  return {
    show(picture: TimelinePicture) {
      const previous = shown
      shown = picture
      if (previous?.playing !== picture.playing) {
        const label = picture.playing ? 'Pause' : 'Play'
        play.setAttribute('aria-label', label)
        play.title = `${label} (Space)`
        playIcon.setAttribute('d', picture.playing ? pausePath : playPath)
      }
      if (previous?.speed !== picture.speed) showSpeed(speed, picture.speed)
      if (previous?.loop !== picture.loop) loop.setAttribute('aria-pressed', String(picture.loop))
      if (previous?.runs !== picture.runs || previous.band !== picture.band) {
        legend.show(picture)
      }
      step.textContent = stepText(picture, ' · ')
    },
    dispose: stopFollowing,
  }
}

/** "step 120 of 300, loss 0.0265", with the loss of the first shown run, if any. */
export function stepText(
  { step, steps, runs, name = 'loss' }: TimelinePicture,
  gap = ', ',
): string {
  const place = `step ${formatCount(step)} of ${formatCount(steps)}`
  const loss = runs.find(({ hidden }) => !hidden)?.losses[step]
  return loss === undefined ? place : `${place}${gap}${name} ${lossText(loss)}`
}

/** Always three digits, so that the text does not change its length while playing. */
function lossText(loss: number): string {
  const small = Math.abs(loss) < 1000
  return small ? loss.toPrecision(3).replace(/-/g, '−') : String(Number(loss.toPrecision(3)))
}

function showSpeed(select: HTMLSelectElement, speed: number): void {
  const offered = [...new Set([...speeds, speed])].sort((a, b) => a - b)
  select.replaceChildren(
    ...offered.map((value) => {
      const rounded = formatCount(Number(value.toPrecision(2)))
      return new Option(`${rounded} steps/s`, String(value))
    }),
  )
  select.value = String(speed)
}

/** The number of items that fit beside the buttons. */
const mostInLine = 3

type Run = TimelinePicture['runs'][number]

function createTimelineLegend(
  list: HTMLElement,
  actions: Pick<TimelineActions, 'current' | 'change'>,
) {
  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('button')
    if (!button) return
    const index = Number(button.dataset.run)
    const toggle = button.dataset.do === 'solo' ? toggleSolo : toggleHidden
    actions.change({ runners: toggle(actions.current().runners, index) })
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
  if (colour) element.style.setProperty('--colour', lineColour(colour, isLight()))
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
  const solo = button('◉', 'solo', `Show only ${label}, or all again`)
  solo.setAttribute('aria-label', `Only ${label}`)
  element.append(name, solo)
  return element
}
