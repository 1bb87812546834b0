/**
 * One start under every learning rate: final loss, steps to arrive, ending, and the loss of every
 * step, over one axis of rates. The whole is a slider that chooses the rate.
 */
import { endingName } from '../../../display/endings'
import { remember } from '../../../display/remember'
import { noArrival, outcomeNames } from '../../../model/outcomes/outcome'
import { paintSwatch } from '../../../widgets/canvasRestored'
import { createSweepChart, sweepMargin } from './sweepChart'
import { createSweepParts } from './sweepImages'
import { createSweepMarks } from './sweepMarks'
import { endingsOf, readingText, type SweepPicture, summaryText } from './sweepPicture'
import { addSweepKeys, addSweepPointer, type OnRate } from './sweepSlider'

export type { SweepPicture }

const swatchSize = 16

const markup = `
  <p class="sweep-reading" role="status" aria-live="off"></p>
  <div class="sweep-plots" role="slider" tabindex="0" aria-label="Learning rate" aria-valuenow="1">
    <div class="sweep-labels"></div>
    <p class="sweep-name sweep-name-first">final loss</p>
    <div class="sweep-chart sweep-loss"></div>
    <p class="sweep-name">steps to arrive</p>
    <div class="sweep-chart sweep-steps"></div>
    <p class="sweep-strip-name">ends</p>
    <canvas class="sweep-strip"></canvas>
    <p class="sweep-name sweep-name-heat">loss at each step
      <span class="sweep-scale"><span></span><canvas></canvas><span></span></span></p>
    <div class="sweep-heat">
      <span class="sweep-step-name">step</span>
      <div class="sweep-step-ticks"></div>
      <canvas></canvas>
      <p class="sweep-waiting placeholder">Not computed yet.</p>
    </div>
    <div class="sweep-rate-ticks"></div>
    <p class="sweep-axis-name">learning rate η</p>
    <div class="sweep-over"></div>
  </div>
  <ul class="sweep-legend chart-legend"></ul>
  <p class="sweep-summary"></p>
  <p class="sweep-empty placeholder">Nothing to show until the first sweep over learning rates has run.</p>`

export function createSweepView(container: HTMLElement, onRate: OnRate) {
  container.classList.add('sweep')
  container.innerHTML = markup
  const find = (selector: string) => container.querySelector<HTMLElement>(selector)!
  const slider = find('.sweep-plots')
  const lossHost = find('.sweep-loss')
  const charts = {
    loss: createSweepChart(lossHost, 'line'),
    steps: createSweepChart(find('.sweep-steps'), 'dots'),
  }
  const parts = createSweepParts(container)
  const marks = createSweepMarks(find('.sweep-over'), find('.sweep-labels'))
  /** Null while there is no axis to draw over. */
  let picture: SweepPicture | null = null
  let hovered: number | null = null
  const listed = remember<void>()

  const width = () => Math.max(16, slider.clientWidth - sweepMargin.left - sweepMargin.right)
  const showReading = () => {
    if (!picture) return
    find('.sweep-reading').textContent = readingText(picture, hovered ?? picture.rate)
    marks.hover(picture, hovered, width())
  }
  const draw = () => {
    if (!picture || slider.clientWidth === 0) return
    // Comes first, because the rows of labels reduce the height of the plots.
    marks.show(picture, width())
    charts.loss.show(picture.rates, picture.finalLoss, Number.isFinite)
    charts.steps.show(picture.rates, picture.arrivalStep, (step) => step !== noArrival)
    parts.draw(picture, width())
    marks.showBest(picture, width(), (loss) => lossHost.offsetTop + charts.loss.yOf(loss))
    showReading()
  }
  const shareAt = (event: PointerEvent) =>
    (event.clientX - slider.getBoundingClientRect().left - sweepMargin.left) / width()
  const onHover = (rate: number | null) => {
    hovered = rate
    showReading()
  }
  addSweepPointer(slider, shareAt, () => picture, onRate, onHover)
  addSweepKeys(slider, () => picture, onRate)

  return {
    show(next: SweepPicture) {
      picture = next.rates.length > 1 ? next : null
      container.classList.toggle('is-empty', !picture)
      container.classList.toggle('stale', next.stale)
      slider.setAttribute('aria-busy', String(next.stale))
      if (!picture) return
      listed([next.outcome, next.minimum], () =>
        find('.sweep-legend').replaceChildren(...legendItems(next)),
      )
      find('.sweep-summary').textContent = summaryText(next)
      describeSlider(slider, next)
      draw()
    },
    /** Measures the container again. */
    resize: draw,
  }
}

function describeSlider(slider: HTMLElement, picture: SweepPicture): void {
  const { rates, rate } = picture
  slider.setAttribute('aria-valuemin', String(rates[0]))
  slider.setAttribute('aria-valuemax', String(rates[rates.length - 1]))
  const inside = Math.min(rates[rates.length - 1], Math.max(rates[0], rate))
  slider.setAttribute('aria-valuenow', String(inside))
  slider.setAttribute('aria-valuetext', readingText(picture, rate))
}

function legendItems(picture: SweepPicture): HTMLElement[] {
  return endingsOf(picture).map(({ code, minimum }) => {
    const item = document.createElement('li')
    const outcome = outcomeNames[code]
    item.append(
      paintSwatch(outcome, outcome === 'minimum' ? minimum : null, swatchSize),
      endingName(outcome, minimum),
    )
    return item
  })
}
