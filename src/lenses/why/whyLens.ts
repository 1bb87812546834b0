/** The lens of one step: its own parts of the page, what is chosen in them, and what they add to the stage. */
import { formatNumber } from '../../display/numbers'
import { trustStops } from '../../display/trustColours'
import { explainStep } from '../../model/step/explainStep'
import { trustRatio } from '../../model/step/trust'
import type { Layout } from '../../page/layout'
import { objectiveOf } from '../../results/jobsOf'
import type { Results } from '../../results/results'
import type { Phase } from '../../settings/history'
import type { Settings } from '../../settings/settings'
import { shownMap } from '../../settings/shown'
import type { Picture, Place } from '../../stage/picture'
import { magnifiedRate } from './computeWhy'
import { createLessonCard } from './lessons/lessonCard'
import { lessons } from './lessons/lessons'
import { whyPicture } from './stepPicture'
import { createTrustKey } from './trustKey'
import { createWhyCard } from './whyCard'

export interface WhyLensActions {
  change(partial: unknown, phase?: Phase): void
  redraw(): void
}

export class WhyLens {
  /** The data point that is pointed at in the table, if any. */
  private point: number | null = null
  private readonly card
  private readonly lessons
  private shownLesson = 0
  private shownInputs: readonly unknown[] = []
  private made: { inputs: readonly unknown[]; why: Picture['why'] } | null = null

  constructor(
    private readonly layout: Layout,
    private readonly actions: WhyLensActions,
  ) {
    this.card = createWhyCard(layout.why, {
      change: (why, phase) => actions.change({ why }, phase),
      onPoint: (point) => this.pointAt(point),
    })
    this.lessons = createLessonCard(layout.lessons, { onOpen: (lesson) => this.openLesson(lesson) })
    createTrustKey(layout.trustKey, trustStops)
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

  /** The data point to be lit, if any. */
  litPoint({ lens, why }: Settings): number | null {
    return lens === 'why' && why.part === 'points' ? this.point : null
  }

  /** The stage's picture with what this lens adds to it. */
  addTo(picture: Picture, results: Results): Picture {
    const { settings } = picture
    if (settings.lens !== 'why') return picture
    const { magnified, trust, runs } = results
    const { camera: _, ...looks } = settings
    const inputs = [
      magnified.value,
      runs.value,
      trust.value,
      trust.isStale,
      this.point,
      ...Object.values(looks),
    ]
    if (!this.made?.inputs.every((input, i) => input === inputs[i])) {
      this.made = { inputs, why: whyPicture(settings, results, this.point) }
    }
    return { ...picture, why: this.made.why }
  }

  /** What the map of trust says of a place; empty where it is not shown. */
  trustAt([w, b]: Place, settings: Settings): string {
    const map = shownMap(settings)
    if (map === 'loss') return ''
    const learningRate = magnifiedRate(settings)
    const { gradient, hessian, actual } = explainStep(objectiveOf(settings), { w, b, learningRate })
    const ratio = trustRatio(gradient, hessian, actual, learningRate, map)
    return `actual / predicted change at η = ${formatNumber(learningRate)}: ${formatNumber(ratio)}`
  }

  show(settings: Settings, { magnified: { value, isStale }, runs }: Results): void {
    const { lesson } = settings.why
    // On a small screen it would not be seen.
    if (lesson !== this.shownLesson && lesson > 0) this.layout.togglePanel(true)
    this.shownLesson = lesson
    this.lessons.show({ settings, magnified: value, point: this.point })
    this.layout.trustKey.hidden = shownMap(settings) === 'loss'
    const inputs = [value, isStale, runs.value, this.point, ...Object.values(settings)]
    if (inputs.every((input, i) => input === this.shownInputs[i])) return
    this.shownInputs = inputs
    this.card.show({
      settings,
      magnified: value,
      runs: runs.value,
      point: this.point,
      stale: isStale,
    })
  }
}
