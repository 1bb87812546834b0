/** The parts of the page around the stage: made once, then updated with the present state. */
import { remember } from '../display/remember'
import { Lenses } from '../lenses/lenses'
import { followContrast } from '../page/contrast'
import { createDataCard } from '../page/data/dataCard'
import { dataPicture } from '../page/data/dataPicture'
import { placeOfStart } from '../page/gestures'
import { createLayout } from '../page/layout'
import { createLegend, legendPicture } from '../page/legend'
import { createNotices, moduleMissing, type NoticeKind, takeDrops } from '../page/notices'
import type { Page, PageState } from '../page/page'
import { createPanel } from '../page/panel'
import { createReadout, pointed } from '../page/readout'
import { createScaleHint, scaleHint } from '../page/scaleHint'
import { createStationaryTable, stationaryTable } from '../page/stationaryTable'
import { createStatus } from '../page/status'
import { createTimeline, timelineRuns } from '../page/timeline/timeline'
import type { TimelinePicture } from '../page/timeline/timelinePicture'
import { createViewButtons } from '../page/viewButtons'
import { objectiveOf } from '../results/jobsOf'
import { fitView, standardiseX } from '../settings/fitting'
import { presetOf, presets } from '../settings/presets'
import { rules } from '../settings/rules'
import { leadingRunner } from '../settings/runners'
import type { Settings } from '../settings/settings'
import { lossView, shownHeight, shownLossAxis, shows, valueName } from '../settings/shown'
import type { Place } from '../stage/picture'
import { Dialogs } from './dialogs'
import { addPageKeys } from './keys'

/** Milliseconds that a job runs before its progress is shown. */
const progressDelay = 400

export class PageParts {
  readonly layout
  private readonly notices
  private readonly panel
  private readonly status
  private readonly legend
  private readonly readout
  private readonly timeline
  private readonly data
  private readonly views
  private readonly stationary
  private readonly scaleHint
  private busySince = 0
  private readonly kept = {
    runs: remember<TimelinePicture['runs']>(),
    band: remember<TimelinePicture['band']>(),
    legend: remember<void>(),
    stationary: remember<void>(),
    panel: remember<void>(),
  }

  readonly lenses: Lenses
  readonly dialogs: Dialogs

  constructor(root: HTMLElement, actions: Page) {
    const layout = createLayout(root, actions)
    this.layout = layout
    // Fits view and data to each other, by the points that are known.
    const suit = (suited: typeof fitView) => () => {
      const { value, isStale } = actions.results.stationary
      if (value && !isStale) actions.change(suited(actions.current(), value))
    }
    this.notices = createNotices(layout.notices)
    this.lenses = new Lenses(layout, actions, actions.results)
    this.dialogs = new Dialogs(actions)
    this.panel = createPanel(layout.panel, actions)
    this.stationary = createStationaryTable(layout.stationary, suit(fitView))
    this.scaleHint = createScaleHint(layout.scaleHint, {
      fitView: suit(fitView),
      standardiseX: suit(standardiseX),
    })
    this.status = createStatus(layout.status, actions)
    this.legend = createLegend(layout.legend)
    this.readout = createReadout(layout.readout)
    this.timeline = createTimeline(layout.timeline, actions)
    this.data = createDataCard(layout.data, actions)
    addPageKeys(actions, (...gesture) => this.lenses.zoom(...gesture))
    this.views = createViewButtons(layout.views, actions)
    followContrast()
    this.openLicences(root.querySelector<HTMLAnchorElement>('.about a')!)
    takeDrops(document.body, (file) => actions.files(file))
  }

  /** A frame may forbid windows: a link would do nothing, silently. */
  private openLicences(link: HTMLAnchorElement): void {
    link.addEventListener('click', (event) => {
      if (window.top === window) return
      event.preventDefault()
      if (window.open(link.href)) return
      this.notice(`The frame around this page opens no windows. The licences are at ${link.href}`)
    })
  }

  notice(text: string, kind: NoticeKind = 'info'): void {
    this.notices.notice(text, kind)
  }

  show(state: PageState): void {
    const { settings, results, pointer } = state
    this.layout.show(settings)
    this.lenses.show(settings, results, pointer)
    const leading = leadingRunner(settings)
    const run = results.runs.value?.[leading.index] ?? null
    const crowd = shows(settings, 'crowd') ? results.crowd.value : null
    this.showTimeline(state)
    this.views.show(state.history)
    const lit = this.lenses.litPoint(settings)
    const data = dataPicture(settings, run, results.runs.isStale, lit)
    if (!this.dialogs.showData(data, state.history)) this.data.show(data)
    this.showReadout(settings, pointer)
    const { rule, learningRate } = leading.runner
    this.readout.showRunning(
      crowd && {
        descents: crowd.crowd.trajectories,
        rule: rules[rule.name].label,
        learningRate,
        step: settings.step,
      },
    )
    this.showStatus(state)
    this.showLegend(state)
    this.showStationary(state)
    this.showPanel(settings)
    this.dialogs.showScene(settings)
  }

  moduleFailed(reason: unknown): void {
    console.info(reason)
    this.notice(moduleMissing, 'error')
  }

  /** Shows the values at the pointer or, without one, at the chosen start. */
  private showReadout(settings: Settings, pointer: Place | null): void {
    const { lenses } = this
    const place = pointer ?? placeOfStart(settings)
    this.readout.show(pointed(settings, place), pointer ? 'pointer' : 'start', valueName(settings))
    this.readout.showEnding(lenses.sentenceAt(place, settings))
  }

  private showTimeline({ settings, results, playing }: PageState): void {
    const { steps, step, speed, loop } = settings
    const { runs, crowd } = results
    const band = (shows(settings, 'crowd') && crowd.value?.band) || null
    this.timeline.show({
      name: valueName(settings),
      steps,
      step,
      playing,
      speed,
      loop,
      runs: this.kept.runs([runs.value], () => timelineRuns(runs.value ?? [])),
      band: this.kept.band([band], () => band && { ...band, recordedSteps: band.steps }),
      stale: runs.isStale || crowd.isStale,
      logarithmic: shownLossAxis(settings) === 'log',
    })
  }

  private showStatus({ engine, isReduced, results, check }: PageState): void {
    const now = performance.now()
    const { progress } = results
    if (progress === null) this.busySince = now
    const crowd = results.crowd.value?.crowd
    this.status.show({
      engine,
      isReduced,
      stepsPerSecond: crowd?.stepsPerSecond || null,
      // Only the check of the results that are shown now, not of earlier ones.
      check: results.isComplete && check ? check.worst : null,
      checked: check?.sentence ?? '',
      progress: now - this.busySince > progressDelay ? progress : null,
    })
  }

  private showLegend({ settings, results }: PageState): void {
    const surface = results.surface.value
    if (!surface) return
    const { lowest, highest } = surface
    this.kept.legend(
      [valueName(settings), shownHeight(settings), settings.colours, lowest, highest],
      () => this.legend.show(legendPicture(settings, lowest, highest)),
    )
  }

  private showStationary({ settings, results: { stationary } }: PageState): void {
    const { value, isStale } = stationary
    if (!value) return
    const view = lossView(settings)
    const { runner } = leadingRunner(settings)
    const { steps, outcomes: thresholds } = settings
    const inputs = [value, isStale, runner.rule, steps, thresholds, ...view.w, ...view.b]
    this.kept.stationary(inputs, () => {
      const job = { runner, objective: objectiveOf(settings), steps, thresholds }
      this.stationary.show(stationaryTable(value, job, view, isStale))
      this.scaleHint.show(scaleHint(value, job))
    })
  }

  /** Leaves the panel alone if only the step has changed, as in playback. */
  private showPanel(settings: Settings): void {
    const { step: _, ...rest } = settings
    this.kept.panel(Object.values(rest), () =>
      this.panel.show(settings, { presets, preset: presetOf(settings) }),
    )
  }
}
