/**
 * The timeline: loss against step, and the scrubber. During playback only the playhead moves; the
 * chart is drawn again when its contents change.
 */
import { runnerColours } from '../../display/colours'
import { formatCount } from '../../display/numbers'
import { remember } from '../../display/remember'
import type { Run } from '../../results/jobsOf'
import { shortName } from '../../settings/runners'
import { addSliderDrag, addSliderKeys } from '../../widgets/sliderKeys'
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
    number.textContent = formatCount(step)
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
  resize()
  return {
    show,
    resize,
    dispose() {
      observer.disconnect()
      controls.dispose()
      chart.dispose()
      container.replaceChildren()
    },
  }
}

function addDrag(
  slider: HTMLElement,
  stepAt: (x: number) => number,
  current: () => TimelinePicture | null,
  actions: TimelineActions,
): void {
  addSliderDrag(slider, {
    valueAt(event) {
      const picture = current()
      if (!picture) return null
      const exact = stepAt(event.clientX - slider.getBoundingClientRect().left)
      return held(Math.round(exact), picture)
    },
    report(step, phase) {
      if (phase === 'move') actions.scrub(step)
    },
  })
}

function addKeys(
  slider: HTMLElement,
  current: () => TimelinePicture | null,
  actions: TimelineActions,
): void {
  const steps = () => {
    const picture = current()
    if (!picture) return null
    const page = Math.max(1, Math.round(picture.steps / 10))
    const by = (count: number) => held(picture.step + count, picture)
    return { by, page: (way: number) => by(way * page), ends: [0, picture.steps] as const }
  }
  addSliderKeys(slider, steps, (step) => {
    if (step !== current()?.step) actions.scrub(step)
  })
  slider.addEventListener('keydown', (event) => {
    const picture = current()
    if (!picture || event.ctrlKey || event.metaKey || event.altKey || event.key !== ' ') return
    event.preventDefault()
    picture.playing ? actions.pause() : actions.play()
  })
}

function held(step: number, { steps }: TimelinePicture): number {
  return Math.min(Math.max(step, 0), steps)
}

export function timelineRuns(runs: readonly Run[]): TimelinePicture['runs'] {
  const alone = (run: Run) => (run.objective.kind === 'neuron' ? 'chosen start' : 'w³ + b²')
  return runs.map((run, i) => ({
    label: runs.length === 1 ? alone(run) : shortName(run.runner, runs),
    losses: run.losses,
    colour: runnerColours[i % runnerColours.length],
    ...(run.runner.hidden && { hidden: true }),
  }))
}
