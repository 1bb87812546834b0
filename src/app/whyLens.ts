/** The lens of one step: its own parts of the page, and what they are given. */
import { losses } from '../model/loss'
import type { Magnified } from '../model/magnifier'
import { isWarmUp } from '../state/look'
import type { Settings } from '../state/settings'
import { formatNumber } from '../ui/format'
import type { Layout } from '../ui/layout'
import { createLessonCard } from '../ui/lessonCard'
import { lessons } from '../ui/lessons'
import { createPointTable } from '../ui/pointTable'
import { createSlider } from '../ui/slider'
import { createStepBars } from '../ui/stepBars'
import { createTrustKey } from '../ui/trustKey'
import type { Picture, ShownSurface } from '../view/picture'
import { createStepChart, stepDashes } from '../view/stepChart'
import type { TimelinePicture } from '../view/timeline'
import { trustStops } from '../view/trustColours'
import { magnifiedRate } from './computeWhy'
import type { Results } from './results'
import { warmUpRun, warmUpSurface, warmUpTimelineRun, warmUpView } from './warmUp'
import { whyPicture } from './whyPicture'
import '../ui/why.css'

export interface WhyLensActions {
  change(partial: unknown): void
  redraw(): void
}

const rates = { min: 1e-4, max: 1e6, integer: false, logarithmic: true }
const degrees = { min: 0, max: 360, integer: true, logarithmic: false }

/** The lines of the chart; swatches are as wide as two of their dashes. */
const lineKeys = (
  [
    ['actual', 'loss'],
    ['first', 'first order'],
    ['second', 'first + second'],
  ] as const
)
  .map(
    ([look, text]) =>
      `<li data-look="${look}"><svg width="24" height="8" aria-hidden="true"><path d="M0 4h24" stroke-dasharray="${stepDashes[look].join(' ')}" /></svg>${text}</li>`,
  )
  .join('')

const markup = `
  <div class="why-part why-step">
    <div class="step-plot"><div class="step-host"></div><ul class="step-legend">${lineKeys}</ul></div>
    <div class="step-numbers"></div>
  </div>
  <div class="why-part why-points"><div class="points-host"></div></div>
  <div class="why-controls">
    <div class="rate-row">
      <div class="rate-slider"></div>
      <button type="button" class="button own-rate" title="The learning rate of the descent">as the descent</button>
    </div>
    <div class="angle-slider"></div>
  </div>
  <p class="why-sentence"></p>`

export class WhyLens {
  /** The data point that is pointed at in the table, if any. */
  point: number | null = null
  private readonly find
  private readonly chart
  private readonly bars
  private readonly table
  private readonly rate
  private readonly angle
  private readonly ownRate
  private readonly lessons
  private shownLesson = 0
  private shownInputs: readonly unknown[] = []
  private made: { inputs: readonly unknown[]; why: Picture['why'] } | null = null

  constructor(
    private readonly layout: Layout,
    private readonly actions: WhyLensActions,
  ) {
    const { why } = layout
    why.innerHTML = markup
    this.find = (selector: string) => why.querySelector<HTMLElement>(selector)!
    this.chart = createStepChart(this.find('.step-host'))
    this.bars = createStepBars(this.find('.step-numbers'))
    this.table = createPointTable(this.find('.points-host'), (point) => this.pointAt(point))
    this.rate = createSlider(this.find('.rate-slider'), 'rate η', rates, (learningRate) =>
      actions.change({ why: { learningRate } }),
    )
    this.angle = createSlider(this.find('.angle-slider'), 'angle β', degrees, (angle) =>
      actions.change({ why: { angle } }),
    )
    this.ownRate = this.find('.own-rate') as HTMLButtonElement
    this.ownRate.addEventListener('click', () => actions.change({ why: { learningRate: null } }))
    this.lessons = createLessonCard(layout.lessons, { onOpen: (lesson) => this.openLesson(lesson) })
    createTrustKey(layout.trustKey, trustStops)
    const parts = { '.step-host': this.chart, '.points-host': this.table }
    for (const [selector, part] of Object.entries(parts)) {
      new ResizeObserver(() => part.resize()).observe(this.find(selector))
    }
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', () =>
      this.chart.redraw(),
    )
  }

  /** With what it looks at, and something left to be done; 0 leaves all as it is. */
  private openLesson(lesson: number): void {
    this.point = null
    const { why, ...rest } = lesson === 0 ? { why: {} } : lessons[lesson - 1].settings
    this.actions.change({ ...rest, why: { ...why, lesson } })
  }

  private pointAt(point: number | null): void {
    if (point === this.point) return
    this.point = point
    this.actions.redraw()
  }

  /** w^3 + b^2 and its descent, where they are shown in place of the neuron's loss. */
  warmUp(
    settings: Settings,
  ): { surface: ShownSurface; run: TimelinePicture['runs'][number] } | null {
    return isWarmUp(settings)
      ? { surface: warmUpSurface(), run: warmUpTimelineRun(settings) }
      : null
  }

  /** The stage's picture with what this lens adds to it. */
  addTo(picture: Picture, results: Results): Picture {
    const { settings } = picture
    if (settings.lens !== 'why') return picture
    const { magnified, trust } = results
    const { camera: _, ...looks } = settings
    const inputs = [
      magnified.value,
      trust.value,
      trust.isStale,
      this.point,
      ...Object.values(looks),
    ]
    if (!this.made?.inputs.every((input, i) => input === inputs[i])) {
      this.made = { inputs, why: whyPicture(settings, results, this.point) }
    }
    const { why } = this.made
    if (!isWarmUp(settings)) return { ...picture, why }
    const { w, b } = warmUpView
    return {
      ...picture,
      why,
      settings: { ...settings, start: settings.why.place, view: { ...settings.view, w, b } },
      surface: warmUpSurface(),
      runs: [warmUpRun(settings).path],
      stationary: null,
      stale: { surface: false, crowd: false, runs: false, stationary: false },
    }
  }

  show(settings: Settings, { magnified }: Results): void {
    const { lesson } = settings.why
    // On a small screen it would not be seen.
    if (lesson !== this.shownLesson && lesson > 0) this.layout.togglePanel(true)
    this.shownLesson = lesson
    this.lessons.show({ settings, magnified: magnified.value, point: this.point })
    this.layout.trustKey.hidden = settings.why.map === 'loss' || isWarmUp(settings)
    const { value, isStale } = magnified
    const inputs = [value, isStale, this.point, settings.why, settings.loss]
    if (inputs.every((input, i) => input === this.shownInputs[i])) return
    this.shownInputs = inputs
    this.rate.show(magnifiedRate(settings))
    this.angle.show(settings.why.angle)
    this.ownRate.disabled = settings.why.learningRate === null
    if (!value) return
    this.showStep(value, isStale)
    this.showPoints(value, isStale)
    this.find('.why-sentence').textContent = stepSentence(value)
  }

  private showStep({ etas, along, learningRate, largest, step }: Magnified, stale: boolean): void {
    this.chart.show({
      etas,
      change: along.change,
      first: along.firstOrder,
      second: along.firstOrder.map((first, i) => first + along.secondOrder[i]),
      eta: learningRate,
      largest,
      stale,
    })
    this.bars.show(
      [
        { name: 'actual change', formula: '', value: step.actual, look: 'actual' },
        { name: 'first order', formula: 'η u·g', value: step.firstOrder, look: 'first' },
        { name: 'second order', formula: '½ η² uᵀHu', value: step.secondOrder, look: 'second' },
        { name: 'the rest', formula: '', value: step.remainder, look: 'rest' },
      ],
      stale,
    )
  }

  private showPoints({ step, objective, learningRate }: Magnified, stale: boolean): void {
    const { loss, samples } = objective
    const factor = losses[loss].gradientScale(samples.length)
    this.table.show({
      terms: step.terms,
      factor,
      factorText: factorText(loss, samples.length),
      hasSlope: losses[loss].terms === 'squaredError',
      gradient: step.gradient,
      learningRate,
      point: this.point,
      stale,
    })
  }
}

/** Where the source text's two ways of writing the loss differ. */
function factorText(loss: Settings['loss'], count: number): string {
  if (loss === 'half') return 'the sum times 1, as L = 1/2 Σ (f − y)²'
  if (loss === 'mean') return `the sum times 2/${count}, as L = 1/${count} Σ (f − y)²`
  return `the sum times 1/${count}, as L is the mean over ${count}`
}

/** What came of the promise, and how far one may go. */
export function stepSentence({ step, largest, angle }: Magnified): string {
  const { actual, firstOrder } = step
  const share = actual / firstOrder
  const happens = `The loss ${actual < 0 ? 'falls' : 'rises'} by ${formatNumber(Math.abs(actual))}`
  const promise = Number.isFinite(share)
    ? `${happens}, ${formatNumber(share)} times what the first order says.`
    : `${happens}; the first order says nothing.`
  const towards = angle === 180 ? 'against the gradient' : 'this way'
  if (largest === null) return `${promise} Every step ${towards} up to η = 10⁶ lowers the loss.`
  if (largest === 0) return `${promise} No step this way lowers the loss, however short.`
  return `${promise} The largest η that still lowers it ${towards}: ${formatNumber(largest)}.`
}
