/** The lens of rates: its own parts of the page, and their contents. */
import { endingName } from '../../display/endings'
import { remember } from '../../display/remember'
import './rates.css'
import { runnerColours } from '../../display/colours'
import { formatNumber } from '../../display/numbers'
import { noArrival, noMinimum } from '../../model/outcomes/outcome'
import { type DataProfile, dataProfile, gradientsOf } from '../../model/outcomes/profile'
import { largestRate } from '../../model/outcomes/stability'
import { type RunScore, scoreRun } from '../../model/score'
import type { PageActions } from '../../page/actions'
import { rectangleOf, startAt } from '../../page/gestures'
import type { Layout } from '../../page/layout'
import type { Run } from '../../results/jobsOf'
import type { Latest } from '../../results/latest'
import type { Results } from '../../results/results'
import { rules } from '../../settings/rules'
import { leadingRunner, runnerName, withLeadingRate } from '../../settings/runners'
import type { Settings } from '../../settings/settings'
import { shownView } from '../../settings/shown'
import { zoomAround, zoomTo } from '../../settings/zoom'
import type { Place, ZoomGesture } from '../../stage/picture'
import { onResize } from '../../widgets/resize'
import type { Lens } from '../lens'
import {
  crowdsResult,
  type RunnerEnding,
  type RunnerMap,
  type Sweep,
  scoresResult,
  stopOf,
  sweepResult,
} from './computeRates'
import { createProfileChart } from './crowd/profileChart'
import { createSmallMaps } from './crowd/smallMaps'
import { createRunnerList } from './race/runnerList'
import { createScoreTable, type ScoreRow } from './race/scoreTable'
import { createSweepView } from './sweep/sweepView'

/** A second cue in addition to the colour, the same as on stage and map. */
const shapes = ['disc', 'square', 'diamond', 'triangle'] as const

/** Rates count as equally good if their final losses are within this share of the lowest. */
const asGood = 1e-4

export function createLens(layout: Layout, actions: PageActions): Lens {
  return new RatesLens(layout, actions)
}

class RatesLens implements Lens {
  readonly results = [scoresResult, sweepResult, crowdsResult]
  private readonly runners
  private readonly scores
  private readonly sweep
  private readonly maps
  private readonly profile
  private readonly whole = document.createElement('button')
  private readonly once = {
    runners: remember<void>(),
    scores: remember<void>(),
    sweep: remember<void>(),
    maps: remember<void>(),
    profile: remember<void>(),
  }

  constructor(
    layout: Layout,
    private readonly actions: PageActions,
  ) {
    this.runners = createRunnerList(
      layout.runners,
      () => actions.current().runners,
      (runners, phase) => actions.change({ runners }, phase),
    )
    this.scores = createScoreTable(layout.scores, (text, format) => void this.copy(text, format))
    this.sweep = createSweepView(layout.sweep, (rate, phase) =>
      actions.change({ runners: withLeadingRate(actions.current(), rate) }, phase),
    )
    this.maps = createSmallMaps(
      layout.smallMaps,
      {
        onPointer: (place) => actions.onPointer(place),
        onStart: (place) => actions.change(startAt(place, actions.current())),
        onZoom: (gesture) => this.zoom(gesture),
      },
      (pair) => actions.change({ rates: { pair } }),
    )
    this.profile = createProfileChart(layout.profile)
    this.addWhole(layout.smallMaps)
    const parts = { sweep: this.sweep, smallMaps: this.maps, profile: this.profile }
    for (const [name, part] of Object.entries(parts)) {
      onResize([layout[name as keyof typeof parts]], () => part.resize())
    }
  }

  private addWhole(beside: HTMLElement): void {
    const { whole } = this
    whole.type = 'button'
    whole.className = 'button whole-view'
    whole.textContent = 'Whole view'
    whole.addEventListener('click', () =>
      this.actions.change({ map: { columns: null, rows: null } }),
    )
    beside.before(whole)
  }

  private async copy(text: string, format: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      this.actions.notice(`The scores were copied as ${format}.`)
    } catch {
      this.actions.notice(
        'This page cannot use the clipboard, so nothing was copied. Save… writes the scores to a file.',
      )
    }
  }

  /** Zooms all small maps together; their axes are w and b. */
  zoom(gesture: ZoomGesture): boolean {
    const settings = this.actions.current()
    const { map, rates } = settings
    if (rates.part !== 'crowd') return false
    const isPlane = map.axes === 'w,b'
    const plane = {
      ...settings,
      map: { ...map, axes: 'w,b', ...(isPlane ? {} : { columns: null, rows: null }) },
    } as const
    const { zoom, limit } =
      'factor' in gesture
        ? zoomAround(plane, gesture.at, gesture.factor)
        : zoomTo(plane, rectangleOf(plane, gesture))
    if (limit) this.actions.notice(limit)
    this.actions.change({ map: { axes: 'w,b', ...zoom } })
    return true
  }

  show(settings: Settings, results: Results, pointer: Place | null): void {
    const { runners, loss, samples, rates } = settings
    this.once.runners([runners, loss, samples.length], () =>
      this.runners.show({ runners, loss, sampleCount: samples.length, marks }),
    )
    this.showScores(settings, results)
    const { axes, columns, rows } = settings.map
    const isWhole = axes !== 'w,b' || (columns === null && rows === null)
    this.whole.hidden = rates.part !== 'crowd' || isWhole
    if (rates.part === 'sweep') this.showSweep(settings, results.of(sweepResult))
    if (rates.part === 'crowd') this.showCrowds(settings, results.of(crowdsResult), pointer)
  }

  private showScores({ runners, stop }: Settings, results: Results): void {
    const { runs } = results
    const scores = results.of(scoresResult)
    const stale = runs.isStale || scores.isStale
    this.once.scores([runs.value, scores.value, stale], () => {
      const rows = (runs.value ?? []).flatMap((run, i): ScoreRow[] => {
        const { runner, path, losses } = run
        if (runner.hidden || !runners[i]) return []
        const score = scores.value?.[i]
        return [
          {
            key: i,
            name: `${rules[runner.rule.name].label} ${formatNumber(runner.learningRate)}`,
            ...marks[i],
            ...(score ? endingOf(run, score, stop) : { ending: '', arrivalStep: null }),
            ...scoreOf(path, losses),
          },
        ]
      })
      this.scores.show({ rows, stale })
    })
  }

  private showSweep(settings: Settings, { value, isStale }: Latest<Sweep>): void {
    if (!value) return
    const { runner } = leadingRunner(settings)
    const { colours } = settings
    this.once.sweep([value, isStale, runner.learningRate, colours], () => {
      const { rates, outcomes, heat, job } = value
      this.sweep.show({
        rates,
        ...outcomes,
        heat,
        steps: job.steps,
        colours,
        rate: runner.learningRate,
        best: bestRate(value),
        limits: limitsOf(value),
        stale: isStale,
      })
    })
  }

  private showCrowds(
    settings: Settings,
    { value, isStale }: Latest<readonly RunnerMap[]>,
    pointer: Place | null,
  ): void {
    const { rates, samples, start } = settings
    const visible = settings.runners.flatMap((runner, index) =>
      runner.hidden ? [] : [{ runner, index }],
    )
    const maps = value ?? []
    const { w, b } = shownView(settings)
    const pair = pairOf(rates.pair, visible)
    this.once.maps([value, isStale, pair.join(), settings.runners, start, pointer, w, b], () => {
      const [one, other] = pair.map((index) => maps.find((map) => map.index === index))
      const side = (map: RunnerMap) => map.job.axes[0].range[2]
      this.maps.show({
        axes: [w, b],
        maps: visible.map(({ runner, index }) => {
          const map = maps.find((each) => each.index === index)
          return {
            key: index,
            label: runnerName(runner),
            colour: marks[index].colour,
            cells: map?.cells ?? null,
            columns: map ? side(map) : 0,
            rows: map ? side(map) : 0,
            steps: map?.job.steps ?? settings.steps,
            stale: isStale,
          }
        }),
        difference:
          one && other && one !== other && one.cells.length === other.cells.length
            ? { pair, cells: [one.cells, other.cells], columns: side(one), rows: side(one) }
            : null,
        pointer: pointer && [pointer[0], pointer[1]],
        start,
      })
    })
    this.once.profile([value, isStale, rates.unit], () =>
      this.profile.show({
        series: maps.map((map) => seriesOf(map, rates.unit, samples.length)),
        unit: rates.unit,
        stale: isStale,
      }),
    )
  }
}

const marks = runnerColours.map((colour, i) => ({ colour, shape: shapes[i % shapes.length] }))

/** The rate with the lowest final loss; among equally good ones, the first to arrive. */
function bestRate({ rates, outcomes: { finalLoss, arrivalStep } }: Sweep): number | null {
  let lowest = Number.POSITIVE_INFINITY
  for (const loss of finalLoss) if (loss < lowest) lowest = loss
  let best: number | null = null
  finalLoss.forEach((loss, i) => {
    if (!(loss <= lowest + asGood * Math.abs(lowest))) return
    if (best === null || arrivalStep[i] < arrivalStep[best]) best = i
  })
  return best === null ? null : rates[best]
}

/** The largest rates of the minima that the sweep reaches. */
function limitsOf({ job, points, outcomes }: Sweep): { rate: number; label: string }[] {
  return points.minima.flatMap(({ eigenvalues }, i) => {
    const rate = largestRate(job, eigenvalues[1])
    if (rate === null || !outcomes.minimum.includes(i)) return []
    return [{ rate, label: endingName('minimum', i) }]
  })
}

function endingOf(run: Run, score: RunnerEnding, stop: Settings['stop']) {
  const stopped = stopOf(run, score, stop)
  if (stopped !== null) return { ending: 'stopped', arrivalStep: stopped }
  const { outcome, minimum, arrivalStep } = score
  return {
    ending: endingName(outcome, minimum === noMinimum ? null : minimum),
    arrivalStep: arrivalStep === noArrival ? null : arrivalStep,
  }
}

/** Two different visible runners, if possible the requested ones. */
function pairOf(
  wanted: readonly [number, number],
  visible: readonly { index: number }[],
): readonly [number, number] {
  const indices = visible.map(({ index }) => index)
  const first = indices.includes(wanted[0]) ? wanted[0] : indices[0]
  const others = indices.filter((index) => index !== first)
  const second = others.includes(wanted[1]) ? wanted[1] : (others[0] ?? first)
  return [first, second]
}

/** Cached by path, because rows are also shown again when results become stale. */
const scores = new WeakMap<Float32Array, RunScore>()

function scoreOf(path: Float32Array, losses: Float32Array): RunScore {
  const known = scores.get(path)
  if (known) return known
  const score = scoreRun(path, losses)
  scores.set(path, score)
  return score
}

/**
 * The share of starts that have arrived, cached by map: each further map and each change of the
 * unit needs all of them again.
 */
const profiles = new WeakMap<Float32Array, DataProfile>()

function profileOf(cells: Float32Array): DataProfile {
  const known = profiles.get(cells)
  if (known) return known
  const arrivals = Float32Array.from({ length: cells.length / 4 }, (_, i) => cells[i * 4 + 2])
  const profile = dataProfile(arrivals)
  profiles.set(cells, profile)
  return profile
}

/** One curve, with the runner and colour of the map. */
export function seriesOf(
  { index, runner, cells, job }: RunnerMap,
  unit: Settings['rates']['unit'],
  sampleCount: number,
) {
  const { steps, shares } = profileOf(cells)
  const cost = (step: number) =>
    unit === 'steps' ? step : gradientsOf(runner.rule, sampleCount, step)
  // Extends the curve to the end of the descents, even if no more starts arrive.
  const last = steps.at(-1) === job.steps ? [] : [job.steps]
  return {
    label: runnerName(runner),
    colour: runnerColours[index],
    x: Float64Array.from([...steps, ...last], cost),
    share: Float32Array.from([...shares, ...last.map(() => shares.at(-1) ?? 0)]),
  }
}
