import { expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { formatNumber } from '../../../src/display/numbers'
import { createLessonCard } from '../../../src/lenses/why/lessons/lessonCard'
import { type LessonFacts, lessons } from '../../../src/lenses/why/lessons/lessons'
import { magnify } from '../../../src/model/step/magnifier'
import { changeSettings } from '../../../src/settings/change'
import { presets } from '../../../src/settings/presets'
import { defaults, type Settings } from '../../../src/settings/settings'
import { mount } from '../../setup/mount'

function changed(settings: Settings, ...changes: object[]): Settings {
  return changes.reduce((before: Settings, change) => {
    const { settings: after, complaints } = changeSettings(before, change)
    expect(complaints).toEqual([])
    return after
  }, settings)
}

/** All that the page knows when it has computed the step at the start, wherever the descent has come to. */
function factsOf(settings: Settings, point: number | null = null): LessonFacts {
  const { samples, loss, start, why, runners } = settings
  return {
    settings,
    point,
    magnified: magnify({
      objective: { kind: 'neuron', samples, loss },
      place: { w: start[0], b: start[1] },
      learningRate: why.learningRate ?? runners[0].learningRate,
      angle: why.angle,
    }),
  }
}

const opened = (lesson: number, from = defaults) =>
  changed(from, lessons[lesson - 1].settings, { why: { lesson } })

/** Everything as no lesson wants it. */
const elsewhere = changed(
  defaults,
  presets.find(({ name }) => name === 'plateaus')!.settings,
  { loss: 'half', step: 7, steps: 7, runners: [{ rule: { name: 'adam' }, learningRate: 0.1 }] },
  {
    why: { learningRate: 1000, angle: 90, surface: 'bowl', cubic: [2, 0.01], allDirections: false },
  },
)

/** Index of the point with the longest share of the gradient. */
function longestShare(terms: readonly { dw: number; db: number }[]): number {
  const longest = [...terms].sort((a, b) => b.dw ** 2 + b.db ** 2 - a.dw ** 2 - a.db ** 2)[0]
  return terms.indexOf(longest)
}

/** The task of each lesson. */
const acts: ((facts: LessonFacts) => { change?: object; point?: number })[] = [
  () => ({ change: { why: { angle: 40 } } }),
  () => ({ change: { why: { cubic: [1, 0.09] } } }),
  () => ({ change: { why: { surface: 'bowl' } } }),
  () => ({ change: { why: { learningRate: 0.01 } } }),
  () => ({ change: { why: { angle: 270.5 } } }),
  () => ({ change: { why: { learningRate: 2 } } }),
  () => ({ change: { step: 3 } }),
  () => ({ change: { loss: 'half' } }),
  ({ magnified }) => ({ point: longestShare(magnified!.step.terms) }),
  () => ({ change: { why: { learningRate: 100 } } }),
]

const numbersFrom1 = lessons.map((_, i) => i + 1)

test('there are ten lessons, in the order of the derivation', () => {
  expect(lessons.map(({ title }) => title)).toEqual([
    'What we want',
    'Taylor in one variable',
    'Taylor in many variables',
    'Drop the higher terms',
    'The sign decides',
    'The steepest way down',
    'The update rule',
    'The data and the neuron',
    'The chain rule, point by point',
    'The recipe, and a claim to test',
  ])
})

test.each(numbersFrom1)('lesson %i opens with something to do, and notices it', (number) => {
  const lesson = lessons[number - 1]
  for (const from of [defaults, elsewhere]) {
    const before = opened(number, from)
    expect(lesson.isDone(factsOf(before))).toBe(false)
    const { change = {}, point = null } = acts[number - 1](factsOf(before))
    const after = factsOf(changed(before, change), point)
    expect(lesson.isDone(after)).toBe(true)
    expect(lesson.done(after)).toMatch(/^[A-Z].*\.$/)
    expect(lesson.done(after)).not.toMatch(/…|null|undefined|NaN/)
  }
})

test('another place will do as a counterexample, and across is across on either side', () => {
  const [sign, recipe] = [lessons[4], lessons[9]]
  const steep = changed(opened(10), { start: [0.6, -0.2], why: { learningRate: 32 } })
  expect(recipe.isDone(factsOf(steep))).toBe(true)
  for (const [angle, isDone] of [
    [88.9, false],
    [89, true],
    [91, true],
    [268, false],
    [270, true],
  ] as const) {
    expect(sign.isDone(factsOf(changed(opened(5), { why: { angle } })))).toBe(isDone)
  }
})

test('the thresholds are those that the texts name', () => {
  const thresholdOf = (number: number) => {
    const text = lessons[number - 1].tryIt(factsOf(opened(number)))
    return Number(/([\d.]+) %/.exec(text)![1]) / 100
  }
  let seen = new Set<boolean>()
  for (let x = -3.5; x <= 3.5; x += 1) {
    for (let dx = -0.995; dx < 1; dx += 0.03) {
      const first = 3 * x * x * dx
      const share = Math.abs(((x + dx) ** 3 - x ** 3 - first) / first)
      const isDone = lessons[1].isDone(factsOf(changed(opened(2), { why: { cubic: [x, dx] } })))
      expect(isDone).toBe(share < thresholdOf(2))
      seen.add(isDone)
    }
  }
  expect(seen.size).toBe(2)
  seen = new Set()
  for (let exponent = -4; exponent < 2; exponent += 0.11) {
    const facts = factsOf(changed(opened(4), { why: { learningRate: 10 ** exponent } }))
    const { firstOrder, actual } = facts.magnified!.step
    const isDone = lessons[3].isDone(facts)
    expect(isDone).toBe(Math.abs(firstOrder / actual - 1) < thresholdOf(4))
    seen.add(isDone)
  }
  expect(seen.size).toBe(2)
  expect(lessons[1].isDone(factsOf(changed(opened(2), { why: { cubic: [1, 0] } })))).toBe(false)
})

test('a step that was computed for other settings proves nothing', () => {
  const before = opened(1)
  const raising = { why: { angle: 40 } }
  expect(lessons[0].isDone(factsOf(changed(before, raising)))).toBe(true)
  const stale = (change: object) => ({
    ...factsOf(changed(before, raising, change)),
    settings: changed(before, raising),
  })
  expect(lessons[0].isDone(stale({}))).toBe(true)
  for (const change of [
    { why: { angle: 41 } },
    { why: { learningRate: 11 } },
    { loss: 'half' },
    { start: [-2, 4.1] },
    { samples: defaults.samples.slice(1) },
  ]) {
    expect(factsOf(changed(before, raising, change)).magnified!.step.actual).toBeGreaterThan(0)
    expect(lessons[0].isDone(stale(change))).toBe(false)
  }
  expect(
    lessons.some(({ isDone }, i) => isDone({ ...factsOf(opened(i + 1)), magnified: null })),
  ).toBe(false)
})

const oneState = factsOf(
  changed(defaults, {
    step: 1,
    why: { learningRate: 10, angle: 160, cubic: [1, 0.5] },
  }),
  1,
)
const otherState = factsOf(
  changed(defaults, {
    samples: [
      [-1.7, 0.13],
      [0.6, 0.42],
      [1.9, 0.87],
    ],
    loss: 'crossEntropy',
    start: [1.3, -0.7],
    step: 12,
    steps: 4700,
    stop: { kind: 'gradient', below: 0.0023 },
    why: { learningRate: 4.4, angle: 130, cubic: [2.3, -0.4] },
  }),
  2,
)

const numbersIn = (text: string) => text.match(/−?\d[\d.,]*(e[−+]?\d+)?/g) ?? []
const withoutStop = (number: string) => number.replace(/[.,]$/, '')

function render(number: number, facts: LessonFacts) {
  const lesson = lessons[number - 1]
  const box = document.createElement('div')
  box.innerHTML = lesson.formula(facts)
  const text = lesson.text(facts).join(' ')
  return {
    written: numbersIn(text).map(withoutStop),
    inFormula: [...box.querySelectorAll('mn.value')].map((each) => each.textContent),
    structure: [...box.querySelectorAll('mn:not(.value)')].map((each) => each.textContent),
    all: [text, box.textContent].join(' '),
  }
}

/** Numbers that are the same in every state: descent is at 180 of 360 degrees, a half is 1/2. */
const constants: Record<number, string[]> = { 6: ['180', '360'], 8: ['1', '2'] }

test.each(numbersFrom1)('every number of lesson %i comes from the state', (number) => {
  const [one, other] = [oneState, otherState].map((facts) => render(number, facts))
  for (const state of [one, other]) {
    // Factors, powers and bounds of comparisons that belong to the formula.
    for (const each of state.structure) expect(['0', '1', '2', '3']).toContain(each)
    expect(state.all).not.toMatch(/…|NaN|null|undefined/)
  }
  expect(one.written.length + one.inFormula.length).toBeGreaterThan(0)
  const typed = one.written.filter((each) => other.written.includes(each))
  expect([...new Set(typed)]).toEqual(constants[number] ?? [])
  expect(one.inFormula.filter((each) => other.inFormula.includes(each))).toEqual([])
})

test.each([
  ['one', oneState],
  ['another', otherState],
])('the numbers are those of the state: %s', (_, facts) => {
  const { settings, magnified } = facts
  const { step, place, learningRate, angle, byAngle } = magnified!
  const term = step.terms[facts.point!]
  const [x, dx] = settings.why.cubic
  const count = settings.samples.length
  const [dw, db] = step.gradient
  const wanted: number[][] = [
    [step.loss, angle, learningRate, step.actual],
    [x, dx, 3 * x * x * dx, 3 * x * dx * dx, dx ** 3, (x + dx) ** 3],
    [dw, db, step.actual, step.firstOrder, step.secondOrder, step.remainder],
    [learningRate, step.actual, step.firstOrder, 100 * Math.abs(step.firstOrder / step.actual - 1)],
    [step.firstOrder / learningRate, dw, place.w - learningRate * dw],
    [learningRate, byAngle.best!, angle, Math.hypot(dw, db), Math.cos((angle * Math.PI) / 180)],
    [place.w, place.b, dw, db, place.w - learningRate * dw, place.b - learningRate * db],
    [count, count / 2, step.loss],
    [term.x, term.prediction, term.y, term.error, term.dw, dw],
    [byAngle.change[180]],
  ]
  wanted.forEach((numbers, i) => {
    const { all } = render(i + 1, facts)
    for (const number of numbers) expect(all).toContain(formatNumber(number))
  })
  expect(render(7, facts).all).toContain(`step ${settings.step}`)
  const satisfied = settings.stop.kind === 'none' ? '300 steps' : '0.0023'
  expect(render(10, facts).all).toContain(satisfied)
})

test('formulas are well-formed MathML with a height of their own', () => {
  const box = mount(358, 400)
  for (const facts of [oneState, otherState, { ...oneState, magnified: null }]) {
    for (const { formula } of lessons) {
      const markup = formula(facts)
      const parsed = new DOMParser().parseFromString(markup, 'application/xml')
      expect(parsed.querySelector('parsererror')).toBeNull()
      box.innerHTML = markup
      const math = box.firstElementChild!
      expect(math.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML')
      for (const part of math.querySelectorAll('*'))
        expect(part.namespaceURI).toBe(math.namespaceURI)
      expect(math.getBoundingClientRect().height).toBeGreaterThan(10)
    }
  }
})

/** A card in a page that computes what was asked for a frame later. */
function createPage(width = 272) {
  const container = mount(width, 700)
  let settings = defaults
  const asked: number[] = []
  const card = createLessonCard(container, (lesson) => {
    asked.push(lesson)
    requestAnimationFrame(() => {
      change(lesson > 0 ? lessons[lesson - 1].settings : {}, { why: { lesson } })
    })
  })
  function change(...changes: object[]) {
    settings = changed(settings, ...changes)
    card.show(factsOf(settings))
  }
  const find = (selector: string) => container.querySelector<HTMLElement>(selector)!
  change({})
  return { container, card, find, asked, change, facts: () => factsOf(settings) }
}

const isFocused = (element: Element) => document.activeElement === element

test('outside the lessons there is one button, which says what they are', () => {
  const { find, container } = createPage()
  expect(find('.lesson-begin').textContent).toBe('Lessons: why it works, in ten steps')
  expect(find('.lesson').checkVisibility()).toBe(false)
  expect(container.querySelector('.button.lesson-begin')!.checkVisibility()).toBe(true)
})

test('the keyboard alone leads through all lessons, back, and out at the end', async () => {
  const { find, asked } = createPage()
  const press = async (name: string) => {
    for (let tabs = 0; tabs < 5 && !isFocused(find(name)); tabs++) await userEvent.tab()
    expect(isFocused(find(name))).toBe(true)
    await userEvent.keyboard('{Enter}')
  }
  const at = async (number: number) => {
    await expect.poll(() => find('.lesson-count').textContent).toBe(`Lesson ${number} of 10`)
    expect(find('.lesson-title').textContent).toBe(lessons[number - 1].title)
    expect(isFocused(find('.lesson-title'))).toBe(true)
    expect(find('.lesson-back').matches(':disabled')).toBe(number === 1)
    expect(find('.lesson-next').textContent).toBe(number === 10 ? 'Finish' : 'Next')
  }
  await press('.lesson-begin')
  await at(1)
  await press('.lesson-next')
  await at(2)
  await press('.lesson-back')
  await at(1)
  for (const number of numbersFrom1.slice(1)) {
    await press('.lesson-next')
    await at(number)
  }
  await press('.lesson-next')
  await expect.poll(() => find('.lesson').checkVisibility()).toBe(false)
  expect(isFocused(find('.lesson-begin'))).toBe(true)
  expect(asked).toEqual([1, 2, 1, ...numbersFrom1.slice(1), 0])
  await press('.lesson-begin')
  await at(1)
  await press('.lesson-leave')
  await expect.poll(() => isFocused(find('.lesson-begin'))).toBe(true)
})

test('a finished task is announced once, stays, and is marked by more than colour', () => {
  const { find, change, container } = createPage()
  change(lessons[0].settings, { why: { lesson: 1 } })
  const status = find('.lesson-status')
  expect(status.getAttribute('role')).toBe('status')
  expect(status.textContent).toBe('')
  expect(find('.lesson-dots').ariaLabel).toBe('No task done yet.')
  change({ why: { angle: 40 } })
  const sentence = status.textContent
  expect(sentence).toMatch(/^Done\. At 40° the loss rises by 0\.0161: .*\.$/)
  change({ why: { angle: 180 } })
  change({ why: { angle: 60 } })
  expect(status.textContent).toBe(sentence)
  change(lessons[1].settings, { why: { lesson: 2 } })
  expect(status.textContent).toBe('')
  expect(find('.lesson-dots').ariaLabel).toBe('Tasks done: 1.')
  const [first, second] = container.querySelectorAll('.lesson-dot')
  expect(getComputedStyle(first, '::after').content).toBe('""')
  expect(getComputedStyle(second, '::after').content).toBe('none')
  // Come back to, it can be done again.
  change(lessons[0].settings, { why: { lesson: 1 } })
  expect(status.textContent).toBe('')
})

test('unchanged parts are not touched, and no update takes the focus', async () => {
  const { find, card, facts, change, container } = createPage()
  change(lessons[3].settings, { why: { lesson: 4 } })
  const records = new MutationObserver(() => {})
  records.observe(container, {
    attributes: true,
    characterData: true,
    childList: true,
    subtree: true,
  })
  card.show(facts())
  expect(records.takeRecords()).toEqual([])
  const [next, paragraph] = ['.lesson-next', '.lesson-text p:last-child'].map(find)
  expect(isFocused(document.body)).toBe(true)
  next.focus()
  change({ why: { learningRate: 3 } })
  expect(records.takeRecords().length).toBeGreaterThan(0)
  expect(paragraph.textContent).toContain('η\u00a0=\u00a03')
  // Another lesson from outside, as by the address.
  change(lessons[6].settings, { why: { lesson: 7 } })
  expect(isFocused(next)).toBe(true)
  expect(find('.lesson-next')).toBe(next)
})

test.each([272, 358])('at %i pixels nothing of any lesson is cut off', (width) => {
  for (const state of [oneState, otherState]) {
    const { card, find, container } = createPage(width)
    for (const lesson of numbersFrom1) {
      card.show({ ...state, settings: changed(state.settings, { why: { lesson } }) })
      const formula = find('.lesson-formula')
      expect(formula.scrollWidth).toBe(formula.clientWidth)
      const { right } = container.getBoundingClientRect()
      for (const part of container.querySelectorAll('.lesson *')) {
        expect(part.getBoundingClientRect().right).toBeLessThanOrEqual(right)
      }
    }
  }
})
