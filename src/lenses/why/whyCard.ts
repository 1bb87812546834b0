/**
 * The card beside the stage in the lens of one step: one part at a time, with the controls of the
 * step.
 */
import { orderColour } from '../../display/orderColours'
import { losses } from '../../model/loss'
import type { Magnified } from '../../model/step/magnifier'
import { cubicPolynomials, cubicTaylor } from '../../model/step/warmUps'
import type { Run } from '../../results/jobsOf'
import type { Phase } from '../../settings/history'
import { magnifiedRate, rateOfStep } from '../../settings/runners'
import type { Settings } from '../../settings/settings'
import { createSlider } from '../../widgets/numberField'
import { paintOrder } from '../../widgets/svgPlot'
import { createAngleDial } from './angleDial'
import { placeOnRun } from './computeWhy'
import { createCubicPlot } from './cubicPlot'
import { createPointTable } from './pointTable'
import {
  angleSentence,
  factorText,
  pointsSentence,
  stepSentence,
  warmUpSentence,
} from './sentences'
import { createSlicePlots, slicesThrough } from './slicePlots'
import { createStepBars, type StepBar } from './stepBars'
import { createStepChart } from './stepChart'
import './why.css'

export interface WhyCardState {
  settings: Settings
  magnified: Magnified | null
  runs: readonly Run[] | null
  /** The data point that is pointed at, if any. */
  point: number | null
  stale: boolean
}

export interface WhyCardEvents {
  change(why: Partial<Record<keyof Settings['why'], unknown>>, phase?: Phase): void
  /** The data point that is pointed at, if any. */
  onPoint(point: number | null): void
}

const degrees = { min: 0, max: 360, integer: true, logarithmic: false }

/** Half the axis of the cubic; it grows if the address asks for larger values. */
const cubicReach = 2

const markup = `
  <div class="why-part why-step">
    <div class="step-plot"><div class="step-host"></div><ul class="step-legend chart-legend"></ul></div>
    <div class="step-numbers"></div>
  </div>
  <div class="why-part why-angle">
    <div class="angle-host"></div>
    <div class="step-numbers angle-numbers"></div>
  </div>
  <div class="why-part why-points"><div class="points-host"></div></div>
  <div class="why-part why-cubic"><div class="cubic-host"></div></div>
  <div class="why-part why-slices"><div class="slices-host"></div></div>
  <div class="why-controls">
    <div class="rate-row">
      <div class="rate-slider"></div>
      <button type="button" class="button own-rate" title="Use the learning rate of the descent">as the descent</button>
    </div>
    <div class="angle-slider"></div>
    <label class="all-directions"><input type="checkbox"> all directions</label>
  </div>
  <p class="why-sentence"></p>`

const orderOf = (order: number) => ({
  onDark: orderColour(order, false),
  onLight: orderColour(order, true),
})

export function createWhyCard(container: HTMLElement, { change, onPoint }: WhyCardEvents) {
  container.innerHTML = markup
  const find = <Kind extends HTMLElement>(name: string) =>
    container.querySelector<Kind>(`.${name}`)!
  const hosts = {
    step: find('step-host'),
    angle: find('angle-host'),
    points: find('points-host'),
    cubic: find('cubic-host'),
    cubicAndSquare: find('slices-host'),
  }
  const parts = {
    step: createStepChart(hosts.step),
    angle: createAngleDial(hosts.angle, (angle, phase) => change({ angle }, phase)),
    points: createPointTable(hosts.points, onPoint),
    cubic: createCubicPlot(hosts.cubic, (cubic, phase) => change({ cubic }, phase)),
    cubicAndSquare: createSlicePlots(hosts.cubicAndSquare),
  }
  for (const part of Object.keys(parts) as (keyof typeof parts)[]) {
    new ResizeObserver(() => parts[part].resize()).observe(hosts[part])
  }
  find('step-legend').append(...lineKeys())
  const bars = createStepBars(find('step-numbers'))
  const angleBars = createStepBars(find('angle-numbers'))
  const showControls = createControls(find, change)
  const sentence = find('why-sentence')
  const showSlices = (settings: Settings, runs: readonly Run[] | null) => {
    const [run] = runs ?? []
    // The run is the neuron's until that of w³ + b² has been computed.
    if (run?.objective.kind !== 'cubicAndSquare') return
    parts.cubicAndSquare.show(slicesThrough(placeOnRun(run, settings.step)))
    sentence.textContent = warmUpSentence(settings, run)
  }

  return {
    /** Draws only the visible part. */
    show({ settings, magnified, runs, point, stale }: WhyCardState) {
      const { why } = settings
      showControls(settings)
      if (why.part === 'cubic') return parts.cubic.show(cubicOf(why.cubic))
      if (why.part === 'cubicAndSquare') return showSlices(settings, runs)
      if (!magnified) return
      if (why.part === 'step') {
        parts.step.show({ ...chartOf(magnified), stale })
        bars.show(barsOf(magnified.step), stale)
      }
      if (why.part === 'angle') {
        // Turns at once, because the results of all directions are known already.
        parts.angle.show({ ...dialOf(magnified, why), stale })
        angleBars.show(barsOf(magnified.step).slice(0, 2), stale)
      }
      if (why.part === 'points') parts.points.show({ ...pointsOf(magnified), point, stale })
      const sentences = { step: stepSentence, angle: angleSentence, points: pointsSentence }
      sentence.textContent = sentences[why.part](magnified)
    },
  }
}

/** Adds the controls, and returns a function that shows settings in them. */
function createControls(
  find: <Kind extends HTMLElement>(name: string) => Kind,
  change: WhyCardEvents['change'],
) {
  const rate = createSlider(
    find('rate-slider'),
    'rate η',
    rateOfStep.bounds!,
    (learningRate, phase) => change({ learningRate }, phase),
  )
  const angle = createSlider(find('angle-slider'), 'angle β', degrees, (value, phase) =>
    change({ angle: value }, phase),
  )
  const ownRate = find<HTMLButtonElement>('own-rate')
  ownRate.addEventListener('click', () => change({ learningRate: null }))
  const all = find('all-directions').querySelector('input')!
  all.addEventListener('change', () => change({ allDirections: all.checked }))
  return (settings: Settings) => {
    const { why } = settings
    rate.show(magnifiedRate(settings))
    angle.show(why.angle)
    ownRate.disabled = why.learningRate === null
    all.checked = why.allDirections
  }
}

function chartOf({ etas, along, learningRate, largest }: Magnified) {
  return {
    etas,
    change: along.change,
    first: along.firstOrder,
    second: along.firstOrder.map((first, i) => first + along.secondOrder[i]),
    eta: learningRate,
    largest,
  }
}

function dialOf({ step, byAngle }: Magnified, { angle, allDirections: all }: Settings['why']) {
  return { gradient: step.gradient, angle, ...byAngle, all }
}

function pointsOf({ step, objective: { loss, samples }, learningRate }: Magnified) {
  return {
    terms: step.terms,
    factor: losses[loss].gradientScale(samples.length),
    factorText: factorText(loss, samples.length),
    hasSlope: losses[loss].terms === 'squaredError',
    gradient: step.gradient,
    learningRate,
  }
}

function cubicOf([x, dx]: readonly [number, number]) {
  const reach = Math.max(cubicReach, Math.abs(x), Math.abs(x + dx))
  return { x, dx, taylor: cubicTaylor(x, dx), ...cubicPolynomials(x, reach) }
}

function barsOf({ actual, firstOrder, secondOrder, remainder }: Magnified['step']): StepBar[] {
  return [
    { name: 'actual change', formula: '', value: actual, order: null },
    { name: 'first order', formula: 'η u·g', value: firstOrder, order: orderOf(1) },
    { name: 'second order', formula: '½ η² uᵀHu', value: secondOrder, order: orderOf(2) },
    { name: 'the rest', formula: '', value: remainder, order: null },
  ]
}

/** The lines of the chart, each with its dash. */
function lineKeys(): HTMLElement[] {
  return ['loss', 'first order', 'first + second'].map((text, order) => {
    const item = document.createElement('li')
    item.innerHTML = `<svg class="line-swatch" viewBox="0 0 22 12" aria-hidden="true"><path d="M0 6h22" /></svg>${text}`
    const path = item.querySelector('path')!
    if (order === 0) path.setAttribute('class', 'plot-curve')
    else paintOrder(path, order, 'line')
    return item
  })
}
