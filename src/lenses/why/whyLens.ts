/** The lens of one step: its own parts of the page, the choices in them, and its overlays. */
import { formatNumber } from '../../display/numbers'
import { remember } from '../../display/remember'
import { trustStops } from '../../display/trustColours'
import { explainStep } from '../../model/step/explainStep'
import { trustRatio } from '../../model/step/trust'
import type { PageActions } from '../../page/actions'
import type { Layout } from '../../page/layout'
import { runSentences } from '../../page/stageText'
import { objectiveOf } from '../../results/jobsOf'
import type { Results } from '../../results/results'
import { magnifiedRate } from '../../settings/runners'
import type { Settings } from '../../settings/settings'
import { isWarmUp, shownMap } from '../../settings/shown'
import type { Picture, Place, WhyPicture } from '../../stage/picture'
import type { Lens } from '../lens'
import { magnifiedResult, trustResult } from './computeWhy'
import { createLessonCard } from './lessons/lessonCard'
import { lessons } from './lessons/lessons'
import { stepSentence, warmUpSentence } from './sentences'
import { whyPicture } from './stepPicture'
import { createTrustKey } from './trustKey'
import { createWhyCard } from './whyCard'

export function createLens(layout: Layout, actions: PageActions): Lens {
  return new WhyLens(layout, actions)
}

class WhyLens implements Lens {
  readonly results = [magnifiedResult, trustResult]
  /** The data point that is pointed at in the table, if any. */
  private point: number | null = null
  private readonly card
  private readonly lessons
  private shownLesson = 0
  private readonly cardShown = remember<void>()
  private readonly picture = remember<WhyPicture>()

  constructor(
    private readonly layout: Layout,
    private readonly actions: PageActions,
  ) {
    this.card = createWhyCard(layout.why, {
      change: (why, phase) => actions.change({ why }, phase),
      onPoint: (point) => this.pointAt(point),
    })
    this.lessons = createLessonCard(layout.lessons, (lesson) => this.openLesson(lesson))
    createTrustKey(layout.trustKey, trustStops)
  }

  /** Opens a lesson with its settings; 0 leaves the lessons and changes nothing else. */
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

  /** The highlighted data point, if any. */
  litPoint({ why }: Settings): number | null {
    return why.part === 'points' ? this.point : null
  }

  overlay(settings: Settings, results: Results): Partial<Picture> {
    const { runs } = results
    const magnified = results.of(magnifiedResult)
    const trust = results.of(trustResult)
    const { camera: _, ...looks } = settings
    const inputs = [
      magnified.value,
      runs.value,
      trust.value,
      trust.isStale,
      this.point,
      ...Object.values(looks),
    ]
    return {
      why: this.picture(inputs, () =>
        whyPicture(settings, magnified.value, trust, this.point, runs.value),
      ),
    }
  }

  words(settings: Settings, results: Results): string[] {
    const runs = results.runs.value ?? []
    if (isWarmUp(settings)) {
      return ['The surface of w³ + b².', ...runs.map((run) => warmUpSentence(settings, run))]
    }
    const { value } = results.of(magnifiedResult)
    return [...runSentences(settings, runs), ...(value ? [stepSentence(value)] : [])]
  }

  /** The ratio of the map of trust at a place; empty if the map is not shown. */
  sentenceAt([w, b]: Place, settings: Settings): string {
    const map = shownMap(settings)
    if (map === 'loss') return ''
    const learningRate = magnifiedRate(settings)
    const { gradient, hessian, actual } = explainStep(objectiveOf(settings), { w, b, learningRate })
    const ratio = trustRatio(gradient, hessian, actual, learningRate, map)
    const what = `actual / predicted change at η = ${formatNumber(learningRate)}`
    return Number.isFinite(ratio)
      ? `${what}: ${formatNumber(ratio)}`
      : 'no change is predicted here'
  }

  show(settings: Settings, results: Results): void {
    const { runs } = results
    const { value, isStale } = results.of(magnifiedResult)
    const { lesson } = settings.why
    // Otherwise the lesson would be hidden on a small screen.
    if (lesson !== this.shownLesson && lesson > 0) this.layout.togglePanel(true)
    this.shownLesson = lesson
    this.lessons.show({ settings, magnified: value, point: this.point })
    this.layout.trustKey.hidden = shownMap(settings) === 'loss'
    const inputs = [value, isStale, runs.value, this.point, ...Object.values(settings)]
    this.cardShown(inputs, () =>
      this.card.show({
        settings,
        magnified: value,
        runs: runs.value,
        point: this.point,
        stale: isStale,
      }),
    )
  }
}
