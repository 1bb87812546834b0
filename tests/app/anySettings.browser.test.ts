/**
 * Two thousand settings, thrown at everything but the stage: results and parts of every lens, and
 * the page API, on the processor's engine. Nothing may fail, and no number may be missing.
 */
import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import {
  classify,
  descend,
  evaluateGrid,
  explainStep,
  stationaryPoints,
  sweep,
} from '../../src/app/pageAnswers'
import { PageParts } from '../../src/app/pageParts'
import { stagePicture } from '../../src/app/stagePicture'
import { CpuEngine } from '../../src/engine/cpuEngine'
import type { Sample } from '../../src/model/objective'
import { sentenceOf } from '../../src/page/notices'
import type { Page } from '../../src/page/page'
import { Results } from '../../src/results/results'
import { changeSettings, withFittingBatches } from '../../src/settings/change'
import { fitView, standardiseX } from '../../src/settings/fitting'
import { createHistory } from '../../src/settings/history'
import { computed, defaults, lenses, type Settings } from '../../src/settings/settings'
import { anySettings } from '../settings/settingsValues'
import { mount } from '../setup/mount'

const engine = new CpuEngine(2)
afterAll(() => engine.dispose())

const dataSets = 50
/** Settings in each lens for each set of points, whose stationary points are found once. */
const settingsOfData = 10

/** x in any unit, some of them equal; labels from -2 to 3, some of them 0 or 1. */
const dataOf = fc
  .record({
    scale: fc.constantFrom(1, 1, 1, 1e-4, 300, 1e4),
    shift: fc.constantFrom(0, 0, 0, 5, 1000),
    // Few points have what is special; a thousand take long.
    count: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 6 }) },
      { weight: 1, arbitrary: fc.constantFrom(64, 300, 1024) },
    ),
    isRepeated: fc.boolean(),
    isLabel: fc.boolean(),
    seeds: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ scale, shift, count, isRepeated, isLabel, seeds }) => {
    const next = () => seeds.next().value as number
    return Array.from({ length: count }, (): Sample => {
      const x = 6 * next() - 3
      const y = 5 * next() - 2
      return [
        scale * (isRepeated ? Math.round(x) : x) + shift,
        isLabel ? Math.min(1, Math.max(0, Math.round(y))) : y,
      ]
    })
  })

/** Sizes that are computed in some milliseconds; all other settings as they come. */
function small(settings: Settings, samples: readonly Sample[]): Settings {
  const most = samples.length > 6 ? 2 : 9
  const isWild = samples.length % 2 === 0
  const view = isWild ? settings.view : defaults.view
  return withFittingBatches({
    ...settings,
    samples,
    steps: 1 + (settings.steps % most),
    step: settings.step % (most + 1),
    start: isWild ? settings.start : defaults.start,
    starts: { ...settings.starts, perSide: 1 + (settings.starts.perSide % 5) },
    // Fewer than a map has on the page: its size changes nothing but the time.
    map: { ...settings.map, perSide: 12, columns: null, rows: null },
    view: { ...view, resolution: 2 + (settings.view.resolution % 15) },
    runners: settings.runners.filter(({ hidden }) => !hidden).slice(0, 2),
  })
}

/** Numbers that a chart has tried to draw although they are none. */
const undrawable: string[] = []

/** Takes what is drawn and draws nothing, which would take longer than all the rest. */
function blindContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const drawn: Record<string | symbol, unknown> = {
    canvas,
    measureText: (text: string) => ({ width: 7 * text.length }),
  }
  return new Proxy(drawn, {
    get: (target, name) => target[name] ?? noted(`canvas.${String(name)}`),
    // It has whatever it is asked for, which no type can tell.
  }) as never
}

const noted =
  (name: string) =>
  (...given: unknown[]) => {
    if (given.some((value) => typeof value === 'number' && !Number.isFinite(value))) {
      undrawable.push(`${name}(${given.join(', ')})`)
    }
  }

class BlindPath {
  readonly moveTo = noted('moveTo')
  readonly lineTo = noted('lineTo')
  readonly rect = noted('rect')
  readonly arc = noted('arc')
  readonly closePath = noted('closePath')
  readonly addPath = noted('addPath')
}

vi.stubGlobal('Path2D', BlindPath)
vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (
  this: HTMLCanvasElement,
) {
  return blindContext(this)
  // The type wants each kind of context; the charts ask for one.
} as never)

/** A page without stage, address and playback. */
function createPage() {
  const said: string[] = []
  let settings = defaults
  const nothing = () => {}
  const results = new Results({
    onChange: nothing,
    onProgress: nothing,
    onRetired: (result) => result.dispose(),
    onError: (reason) => said.push(`${sentenceOf(reason)} (${reason})`),
  })
  const known: Partial<Page> = {
    results,
    current: () => settings,
    // The part of a session that the page API reads.
    opened: () => Promise.resolve({ engine }) as never,
    notice: (text) => said.push(text),
    moduleFailed: (reason) => said.push(String(reason)),
  }
  // Whatever else a part may ask of the page is done by nobody.
  const page = new Proxy(known, {
    get: (target, name) => target[name as keyof Page] ?? nothing,
  }) as Page
  const root = mount(1280, 800)
  const parts = new PageParts(root, page)
  const history = createHistory()
  const show = async (next: Settings) => {
    settings = next
    const state = {
      settings,
      results,
      engine,
      check: null,
      pointer: null,
      isReduced: false,
      playing: false,
      history,
    }
    parts.show(state)
    await parts.lenses.loaded(settings)
    results.request(engine, settings, new Set(computed))
    await results.settled()
    parts.show(state)
    parts.lenses.overlay(settings, results)
    stagePicture(settings, results, null)
  }
  return { page, root, said, show, results }
}

/** Whatever a formatter makes of a number that is none. */
const wrong = /\b(NaN|undefined|null|Infinity|not a number)\b|\[object/

function wrongTexts(root: HTMLElement): string[] {
  const found: string[] = []
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node instanceof Text && wrong.test(node.data)) found.push(node.data)
    if (!(node instanceof Element)) continue
    for (const { name, value } of node.attributes)
      if (wrong.test(value)) found.push(`${name}=${value}`)
  }
  return found
}

function expectNumbers(answer: object, what: string): void {
  for (const [name, value] of Object.entries(answer)) {
    if (ArrayBuffer.isView(value)) {
      expect((value as Float32Array).every(Number.isFinite), `${what}: ${name}`).toBe(true)
    } else if (typeof value === 'number') expect(value, `${what}: ${name}`).not.toBeNaN()
    else if (typeof value === 'object' && value !== null) expectNumbers(value, `${what}.${name}`)
  }
}

/** Each function of the page API, with the settings' own numbers. */
async function askAll(page: Page): Promise<void> {
  const { start, runners, steps } = page.current()
  const [{ rule, learningRate }] = runners
  const box = { w: [-6, 10, 4], b: [-8, 8, 4] }
  const run = { rule, learningRate, steps }
  const [w, b] = start
  expectNumbers(await stationaryPoints({}, page), 'stationaryPoints')
  expectNumbers(await evaluateGrid({ ...box, learningRate }, page), 'evaluateGrid')
  expectNumbers(await descend({ ...run, starts: [start, [0, 0]] }, page), 'descend')
  expectNumbers(await classify({ ...box, ...run }, page), 'classify')
  expectNumbers(await sweep({ start, rates: [0.01, 1, 100], steps, rule }, page), 'sweep')
  expectNumbers(await explainStep({ w, b, learningRate }, page), 'explainStep')
}

/** There is a minimum, or a sentence about what there is instead; and a view of it. */
function expectAnswer({ page, root, results }: ReturnType<typeof createPage>): void {
  const points = results.stationary.value
  if (!points) throw new Error('There are no stationary points; there must be.')
  const sentence = root.querySelector('.stationary-section p')?.textContent
  if (points.minima.length === 0) expect(sentence).toMatch(/^[A-Z].*\.$/)
  const settings = page.current()
  const changes = [fitView(settings, points)]
  if (points.scale.spread > 0) changes.push(standardiseX(settings, points))
  for (const change of changes) expect(changeSettings(settings, change).complaints).toEqual([])
}

test.for(lenses)(
  'lens %s: no failure, no number missing, no picture without a word',
  async (lens) => {
    const made = createPage()
    const data = fc.sample(dataOf, { numRuns: dataSets, seed: 16 })
    const settings = fc.sample(anySettings, { numRuns: dataSets * settingsOfData, seed: 17 })
    for (const [i, some] of settings.entries()) {
      const samples = data[Math.floor(i / settingsOfData)]
      const { loss } = settings[i - (i % settingsOfData)]
      const shown = { ...small(some, samples), lens, loss }
      const input = JSON.stringify(shown).slice(0, 2000)
      await made.show(shown)
      expect([...made.said.splice(0), ...undrawable.splice(0)], input).toEqual([])
      expect(wrongTexts(made.root), input).toEqual([])
      expectAnswer(made)
      if (i % settingsOfData < 3) await askAll(made.page)
    }
  },
)
