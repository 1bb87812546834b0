/** The lens of starts: its own parts of the page, the choices in them, and the zoom's history. */
import { endingName, hints, lossNames } from '../../display/endings'
import { formatCount } from '../../display/numbers'
import type { Lit } from '../../display/outcomePixels'
import { outcomeTiles, tileOf, tileSize } from '../../display/outcomeTiles'
import { remember } from '../../display/remember'
import { outcomeCodes } from '../../model/outcomes/outcome'
import type { Ending } from '../../model/outcomes/outcomeNumbers'
import type { PageActions } from '../../page/actions'
import { rectangleOf } from '../../page/gestures'
import type { Layout } from '../../page/layout'
import { stationarySentence } from '../../page/stationaryTable'
import type { Results } from '../../results/results'
import type { Settings } from '../../settings/settings'
import { type Zoom, zoomAround, zoomTo } from '../../settings/zoom'
import type { Picture, Place, ZoomGesture } from '../../stage/picture'
import type { Lens } from '../lens'
import { type OutcomeResult, otherLossResult, outcomesResult } from './computeOutcomes'
import { createHistogram } from './histogram'
import { createMapTools } from './mapTools'
import { createOutcomeTable, type OutcomeRow } from './outcomeTable'
import { endingOn, entropySentence, keyOf, sharesSentence } from './sentences'

type Chosen = { ending: string } | { chart: 'steps' | 'losses'; bin: number } | null

/** Turns of a wheel less than this many milliseconds apart are one gesture for the way back. */
const gestureGap = 600

export function createLens(layout: Layout, actions: PageActions): Lens {
  return new StartsLens(layout, actions)
}

class StartsLens implements Lens {
  readonly results = [outcomesResult, otherLossResult]
  private readonly tools
  private readonly table
  private readonly charts
  private readonly swatches = new Map<number, string>()
  /** Parts of the map shown before, each with the whole that it belonged to. */
  private readonly past: (Zoom & { whole: string })[] = []
  private lastZoomAt = 0
  private chosen: Chosen = null
  private shown: OutcomeResult | null = null
  /** The shown map and the one beside it, if they match the settings. */
  private readable: OutcomeResult[] = []
  private readonly tableShown = remember<void>()

  constructor(
    layout: Layout,
    private readonly actions: PageActions,
  ) {
    this.tools = createMapTools(layout.mapTools, {
      onZoom: (factor) => this.zoom({ at: [0.5, 0.5], factor }),
      onBack: () => this.back(),
      onHome: () => this.home(),
    })
    this.table = createOutcomeTable(layout.outcomes, (key) => {
      const again = this.chosen && 'ending' in this.chosen && this.chosen.ending === key
      this.choose(again ? null : { ending: key })
    })
    const chart = (name: 'steps' | 'losses', title: string) => {
      const box = document.createElement('div')
      box.className = 'histogram'
      layout.histograms.append(box)
      const histogram = createHistogram(box, title, (bin) =>
        this.choose(bin === null ? null : { chart: name, bin }),
      )
      new ResizeObserver(() => histogram.resize()).observe(box)
      return histogram
    }
    this.charts = {
      steps: chart('steps', 'steps to arrive'),
      losses: chart('losses', 'final loss'),
    }
  }

  // Zoom

  zoom(gesture: ZoomGesture): true {
    const settings = this.actions.current()
    const found =
      'factor' in gesture
        ? zoomAround(settings, gesture.at, gesture.factor)
        : zoomTo(settings, rectangleOf(settings, gesture))
    const now = performance.now()
    if (now - this.lastZoomAt > gestureGap) this.remember(settings)
    this.lastZoomAt = now
    if (found.limit) this.actions.notice(found.limit)
    this.actions.change({ map: found.zoom })
    return true
  }

  private remember(settings: Settings): void {
    const { columns, rows } = settings.map
    this.past.push({ columns, rows, whole: wholeOf(settings) })
  }

  /** The previous part; null after a change of the axes or the view. */
  private get before(): Zoom | null {
    const last = this.past.at(-1)
    return last?.whole === wholeOf(this.actions.current()) ? last : null
  }

  back(): void {
    const { before } = this
    this.past.pop()
    this.lastZoomAt = 0
    if (before) this.actions.change({ map: { columns: before.columns, rows: before.rows } })
  }

  home(): void {
    this.remember(this.actions.current())
    this.lastZoomAt = 0
    this.actions.change({ map: { columns: null, rows: null } })
  }

  // Showing

  /** Drops the choice, which belongs to another map. */
  forget(): void {
    this.chosen = null
  }

  private choose(chosen: Chosen): void {
    this.chosen = chosen
    this.actions.redraw()
  }

  overlay({ map }: Settings, results: Results): Partial<Picture> {
    const maps = mapsOf(map, results)
    return {
      outcomes: {
        maps: maps.map(({ value, isStale }) => value && { ...value, stale: isStale }),
        lit: this.lit,
      },
    }
  }

  words({ map }: Settings, results: Results): string[] {
    return mapsOf(map, results).flatMap(({ value }) => (value?.read ? sharesSentence(value) : []))
  }

  /** The pixels to light up. */
  private get lit(): Lit | null {
    const { chosen, shown } = this
    if (!chosen || !shown?.read) return null
    if ('ending' in chosen) {
      const ending = shown.read.numbers.endings.find((each) => keyOf(each) === chosen.ending)
      if (!ending) return null
      const { minimum, outcome } = ending
      return minimum === null
        ? { channel: 'class', from: outcomeCodes[outcome], below: outcomeCodes[outcome] + 0.5 }
        : { channel: 'minimum', from: minimum, below: minimum + 0.5 }
    }
    const { edges, counts } = shown.read.numbers[chosen.chart]
    const { bin } = chosen
    const isLast = bin === counts.length - 1
    const below = isLast ? Number.MAX_VALUE : edges[bin + 1]
    return { channel: chosen.chart === 'steps' ? 'arrival' : 'loss', from: edges[bin], below }
  }

  show(settings: Settings, results: Results): void {
    this.showTools(settings)
    const maps = mapsOf(settings.map, results)
    this.readable = maps.flatMap(({ value, isStale }) => (value?.read && !isStale ? value : []))
    const [{ value: outcomes, isStale }] = maps
    const numbers = outcomes?.read?.numbers
    // Coarse passes have no numbers; the previous ones stay, greyed out.
    if (!outcomes || !numbers) {
      this.showTable(this.shown, true)
      return
    }
    const isNew = this.shown?.read?.numbers !== numbers
    // The same bar of other data means something else.
    if (isNew && this.chosen && 'chart' in this.chosen) this.chosen = null
    this.shown = outcomes
    this.showTable(outcomes, isStale)
  }

  private showTools(settings: Settings): void {
    const { perSide, columns, rows } = settings.map
    this.tools.show({
      text: `${perSide} × ${perSide} starts · ${formatCount(settings.steps)} steps`,
      canGoBack: this.before !== null,
      isHome: columns === null && rows === null,
    })
  }

  private showTable(outcomes: OutcomeResult | null, stale: boolean): void {
    const numbers = outcomes?.read?.numbers
    if (!numbers) return
    const { chosen } = this
    const bin = (chart: 'steps' | 'losses') =>
      chosen && 'chart' in chosen && chosen.chart === chart ? chosen.bin : null
    this.charts.steps.show({ histogram: numbers.steps, chosen: bin('steps'), stale })
    this.charts.losses.show({ histogram: numbers.losses, chosen: bin('losses'), stale })
    const ending = chosen && 'ending' in chosen ? chosen.ending : null
    const limit = outcomes && stationarySentence(outcomes.points)
    const sentence = [
      ...(limit ? [limit] : []),
      entropySentence(numbers),
      ...this.readable.slice(1).map(sharesSentence),
    ]
    this.tableShown([JSON.stringify(numbers.endings), ending, stale, ...sentence], () =>
      this.table.show({
        rows: numbers.endings.map((each) => this.row(each)),
        chosen: ending,
        sentence: sentence.join(' '),
        stale,
      }),
    )
  }

  private row(ending: Ending): OutcomeRow {
    const { outcome, minimum, ...numbers } = ending
    const name = endingName(outcome, minimum)
    const swatch = this.swatch(tileOf(outcome, minimum))
    return { key: keyOf(ending), name, hint: hints[outcome], swatch, ...numbers }
  }

  private swatch(tile: number): string {
    const known = this.swatches.get(tile)
    if (known) return known
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 2 * tileSize
    const context = canvas.getContext('2d')
    const length = tileSize * tileSize * 4
    const pixels = new Uint8ClampedArray(
      outcomeTiles().subarray(tile * length, (tile + 1) * length),
    )
    for (const [x, y] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]) {
      context?.putImageData(new ImageData(pixels, tileSize), x * tileSize, y * tileSize)
    }
    const url = canvas.toDataURL()
    this.swatches.set(tile, url)
    return url
  }

  /** The ending of the start (and rate) at a place, on each map; empty if not known. */
  sentenceAt(place: Place): string {
    const endings = this.readable.flatMap((shown) => {
      const ending = endingOn(shown, place)
      const loss = this.readable.length > 1 ? `${lossNames[shown.map.job.objective.loss]}: ` : ''
      return ending ? [loss + ending] : []
    })
    return endings.join('\n')
  }
}

/** The map and, if requested, the one beside it. */
function mapsOf({ bothLosses }: Settings['map'], results: Results) {
  const specs = bothLosses ? [outcomesResult, otherLossResult] : [outcomesResult]
  return specs.map((spec) => results.of(spec))
}

/** Identifies the whole that a zoom is a part of. */
function wholeOf({ map, view }: Settings): string {
  return JSON.stringify([map.axes, view.w, view.b])
}
