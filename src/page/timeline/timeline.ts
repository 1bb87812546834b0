/**
 * The timeline: loss against step, which is the scrubber too. While it plays, only the playhead
 * moves; the chart is drawn again when what it shows has changed.
 */

import { categories } from '../../display/colours'
import { remember } from '../../display/remember'
import type { Run } from '../../results/jobsOf'
import { shortName } from '../../settings/runners'
import { createTimelineChart } from './timelineChart'
import { createTimelineControls, stepText } from './timelineControls'
import type { TimelineActions, TimelinePicture } from './timelinePicture'

export interface Timeline {
  show(picture: TimelinePicture): void
  /** Measures the container again; it does so by itself when the container's box changes. */
  resize(): void
  dispose(): void
}

/** Half of the width of the playhead's number, in pixels, for up to seven signs. */
const numberReach = 32

const markup = `
  <div class="timeline-bar"></div>
  <div class="timeline-chart" role="slider" tabindex="0" aria-label="Step" aria-valuemin="0" aria-valuenow="0">
    <span class="axis-name axis-name-y">loss</span>
    <span class="axis-name axis-name-x">step</span>
    <p class="timeline-empty placeholder">The chart is empty until the first descents have run.</p>
    <div class="playhead"><span></span></div>
  </div>`

export function createTimeline(container: HTMLElement, actions: TimelineActions): Timeline {
  container.innerHTML = markup
  const find = (selector: string) => container.querySelector<HTMLElement>(selector)!
  const slider = find('.timeline-chart')
  const playhead = find('.playhead')
  const number = playhead.querySelector('span')!
  const empty = find('.timeline-empty')
  const axisName = find('.axis-name-y')
  const controls = createTimelineControls(find('.timeline-bar'), actions)
  const chart = createTimelineChart(slider)
  let shown: TimelinePicture | null = null
  const drawn = remember<void>()

  const movePlayhead = ({ step, steps }: TimelinePicture) => {
    const x = chart.xOf(Math.min(step, steps))
    playhead.style.transform = `translateX(${x.toFixed(1)}px)`
    playhead.classList.toggle('at-start', x - chart.xOf(0) < numberReach)
    number.textContent = step.toLocaleString('en')
  }
  const show = (picture: TimelinePicture) => {
    shown = picture
    const { steps, logarithmic, band, runs } = picture
    drawn([steps, logarithmic, band, ...runs.flatMap((run) => [run.losses, run.colour])], () => {
      chart.draw(picture)
      slider.setAttribute('aria-valuemax', String(steps))
      empty.hidden = runs.length > 0 || band !== null
    })
    axisName.textContent = picture.name ?? 'loss'
    slider.classList.toggle('stale', picture.stale)
    slider.setAttribute('aria-valuenow', String(picture.step))
    slider.setAttribute('aria-valuetext', stepText(picture))
    movePlayhead(picture)
    controls.show(picture)
  }
  const resize = () => {
    const { width, height } = slider.getBoundingClientRect()
    if (width < 1 || height < 1) return
    chart.resize(width, height)
    if (!shown) return
    chart.draw(shown)
    movePlayhead(shown)
  }
  addDrag(slider, chart.stepAt, () => shown, actions)
  addKeys(slider, () => shown, actions)

  const observer = new ResizeObserver(resize)
  observer.observe(slider)
  const theme = matchMedia('(prefers-color-scheme: light)')
  const repaint = () => {
    chart.redraw()
    controls.repaint()
  }
  theme.addEventListener('change', repaint)
  resize()
  return {
    show,
    resize,
    dispose() {
      observer.disconnect()
      theme.removeEventListener('change', repaint)
      chart.dispose()
      container.replaceChildren()
    },
  }
}

function addDrag(
  slider: HTMLElement,
  stepAt: (x: number) => number,
  current: () => TimelinePicture | null,
  { onSeek }: TimelineActions,
): void {
  let sought: number | null = null
  const seek = (event: PointerEvent) => {
    const picture = current()
    if (!picture) return
    const exact = stepAt(event.clientX - slider.getBoundingClientRect().left)
    const step = Math.min(Math.max(Math.round(exact), 0), picture.steps)
    if (step !== sought) onSeek(step)
    sought = step
  }
  slider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    slider.setPointerCapture(event.pointerId)
    sought = null
    seek(event)
  })
  slider.addEventListener('pointermove', (event) => {
    if (slider.hasPointerCapture(event.pointerId)) seek(event)
  })
}

function addKeys(
  slider: HTMLElement,
  current: () => TimelinePicture | null,
  { onSeek, onPlay, onPause }: TimelineActions,
): void {
  slider.addEventListener('keydown', (event) => {
    const picture = current()
    if (!picture || event.ctrlKey || event.metaKey || event.altKey) return
    const { step, steps, playing } = picture
    const page = Math.max(1, Math.round(steps / 10))
    const one = event.shiftKey ? 10 : 1
    const wanted: Record<string, number> = {
      ArrowRight: step + one,
      ArrowUp: step + one,
      ArrowLeft: step - one,
      ArrowDown: step - one,
      PageUp: step + page,
      PageDown: step - page,
      Home: 0,
      End: steps,
    }
    if (event.key === ' ') {
      event.preventDefault()
      return playing ? onPause() : onPlay()
    }
    if (!(event.key in wanted)) return
    event.preventDefault()
    const target = Math.min(Math.max(wanted[event.key], 0), steps)
    if (target !== step) onSeek(target)
  })
}

export function timelineRuns(runs: readonly Run[]): TimelinePicture['runs'] {
  return runs.map(({ losses, runner }, i) => ({
    label: runs.length === 1 ? 'chosen start' : shortName(runner, runs),
    losses,
    colour: categories[i % categories.length],
    ...(runner.hidden && { hidden: true }),
  }))
}
