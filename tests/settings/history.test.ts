import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeSettings } from '../../src/settings/change'
import { createHistory, type Phase } from '../../src/settings/history'
import { defaults, type Settings } from '../../src/settings/settings'

function changed(settings: Settings, partial: unknown): Settings {
  const { settings: after, complaints } = changeSettings(settings, partial)
  expect(complaints).toEqual([])
  return after
}

/** A history with the settings it is about and a clock. */
function createEdited() {
  const history = createHistory()
  let settings = defaults
  let now = 0
  return {
    history,
    settings: () => settings,
    change(partial: unknown, phase: Phase = 'end', later = 1000) {
      now += later
      const before = settings
      settings = changed(settings, partial)
      history.record(before, settings, phase, now)
    },
    undo() {
      settings = history.undo(settings)
    },
    redo() {
      settings = history.redo(settings)
    },
  }
}

test('a change is undone and done again; a new one ends what could be done again', () => {
  const { history, settings, change, undo, redo } = createEdited()
  expect([history.canUndo(), history.canRedo()]).toEqual([false, false])
  change({ steps: 500 })
  change({ loss: 'half' })
  undo()
  expect(settings()).toEqual({ ...defaults, steps: 500 })
  expect([history.canUndo(), history.canRedo()]).toEqual([true, true])
  redo()
  expect(settings()).toEqual({ ...defaults, steps: 500, loss: 'half' })
  undo()
  change({ contours: false })
  redo()
  expect(settings()).toEqual({ ...defaults, steps: 500, contours: false })
  undo()
  undo()
  undo()
  expect(settings()).toEqual(defaults)
})

test('a gesture is one change, however long it takes', () => {
  const { history, settings, change, undo } = createEdited()
  for (let w = 0; w < 20; w++) change({ start: [w, 0] }, 'move', 5000)
  change({ start: [19, 0] }, 'end')
  change({ start: [-1, 0] }, 'move')
  change({ start: [-2, 0] }, 'end')
  undo()
  expect(settings().start).toEqual([19, 0])
  undo()
  expect(settings()).toEqual(defaults)
  expect(history.canUndo()).toBe(false)
})

test('a change that is reversed at once, or dragged back, is no change', () => {
  const { history, settings, change, undo } = createEdited()
  change({ loss: 'half' })
  change({ lens: 'starts' }, 'end', 1000)
  change({ lens: 'descend' }, 'end', 300)
  change({ start: [1, 1] }, 'move')
  change({ start: defaults.start }, 'move')
  change({ start: defaults.start }, 'end')
  undo()
  expect(settings()).toEqual(defaults)
  expect(history.canUndo()).toBe(false)
})

test('quick changes of the same setting are one change, of two settings two', () => {
  const { settings, change, undo } = createEdited()
  change({ steps: 301 })
  for (let steps = 302; steps < 310; steps++) change({ steps }, 'end', 400)
  change({ loss: 'half' }, 'end', 10)
  undo()
  expect(settings()).toEqual({ ...defaults, steps: 309 })
  change({ steps: 400 }, 'end', 10)
  undo()
  expect(settings().steps).toBe(309)
  undo()
  expect(settings()).toEqual(defaults)
})

test('step and camera are left where they are, and are no changes', () => {
  const { history, settings, change, undo, redo } = createEdited()
  change({ step: 7, camera: { azimuth: 1 } })
  expect(history.canUndo()).toBe(false)
  change({ engine: 'cpu', step: 8 })
  change({ step: 9, camera: { azimuth: 2 } })
  undo()
  expect(settings()).toEqual({
    ...defaults,
    step: 9,
    camera: { ...defaults.camera, azimuth: 2 },
  })
  change({ step: 10 })
  redo()
  expect(settings().engine).toBe('cpu')
  expect(settings().step).toBe(10)
})

test('step and camera are restored with all settings', () => {
  const { history, settings, change, undo, redo } = createEdited()
  change({ steps: 500, step: 7, camera: { azimuth: 1 } })
  const before = settings()
  change({ steps: 100, step: 0, camera: { azimuth: 2 }, lens: 'why' }, 'whole', 10)
  const whole = settings()
  // The history does not remember where one looks from meanwhile.
  change({ step: 50, camera: { azimuth: 3 } }, 'end', 10)
  // No part of it, however quickly it comes.
  change({ steps: 101 }, 'end', 10)
  undo()
  expect(settings()).toEqual({ ...whole, step: 50, camera: { ...whole.camera, azimuth: 3 } })
  undo()
  expect(settings()).toEqual(before)
  redo()
  expect(settings()).toEqual(whole)
  // Nor is it part of a gesture that never ended.
  change({ start: [1, 1] }, 'move')
  change({ start: [2, 2], step: 3 }, 'whole', 10)
  undo()
  expect(settings()).toEqual({ ...whole, start: [1, 1] })
  undo()
  expect(settings()).toEqual(whole)
  // Reset may change only where one looks from: that is a change, and can be undone.
  change({ camera: defaults.camera }, 'whole')
  undo()
  expect(settings()).toEqual(whole)
  expect(history.canRedo()).toBe(true)
})

test('unrecorded changes in between stay', () => {
  const { history, settings, change } = createEdited()
  change({ steps: 500 })
  // This happens when the graphics device is lost too often.
  const given = { ...settings(), engine: 'cpu' as const }
  expect(history.undo(given)).toEqual({ ...defaults, engine: 'cpu' })
})

test('the last hundred changes are remembered', () => {
  const { history, settings, change, undo, redo } = createEdited()
  for (let steps = 1; steps <= 250; steps++) change({ steps })
  for (let i = 0; i < 200; i++) undo()
  expect(settings().steps).toBe(150)
  expect(history.canUndo()).toBe(false)
  for (let i = 0; i < 200; i++) redo()
  expect(settings().steps).toBe(250)
})

/** Gives what step and camera become on the way between two states. */
interface Way {
  back: Pick<Settings, 'step' | 'camera'>
  on: Pick<Settings, 'step' | 'camera'>
}

/** A model of the history: the list of all states, and at which of them one is. */
class Model {
  states: string[] = [stateOf(defaults)]
  /** The ways of whole changes that lead to the state with the same index. */
  ways: (Way | undefined)[] = [undefined]
  at = 0
  private key = ''
  private moving = false
  private since = 1000

  change(settings: Settings, key: string, phase: Phase, later: number): void {
    this.since += later
    const state = stateOf(settings)
    if (state === this.states[this.at]) {
      if (phase === 'move' || !this.moving) return
      ;[this.moving, this.since] = [false, 0]
      this.dropIfNothing()
      return
    }
    const joins = this.key === key && (this.moving || this.since < 500)
    this.states.length = this.at + 1
    if (joins) this.states[this.at] = state
    else this.push(state)
    this.key = key
    this.moving = phase === 'move'
    this.since = 0
    if (joins && phase === 'end') this.dropIfNothing()
  }

  replace(before: Settings, settings: Settings): void {
    this.key = ''
    this.moving = false
    const [back, on] = [looksOf(before), looksOf(settings)]
    const state = stateOf(settings)
    if (state === this.states[this.at] && JSON.stringify(back) === JSON.stringify(on)) return
    this.states.length = this.at + 1
    this.push(state, { back, on })
  }

  private push(state: string, way?: Way): void {
    this.ways.length = this.states.length
    this.at = this.states.push(state) - 1
    this.ways.push(way)
    if (this.at <= 100) return
    this.states.shift()
    this.ways.shift()
    this.at--
  }

  /** A drag that ends where it began is no change. */
  private dropIfNothing(): void {
    if (this.states[this.at] !== this.states[this.at - 1]) return
    this.states.length = this.at
    this.at--
    this.key = ''
  }

  /** Step and camera after it. */
  go(by: 1 | -1, looks: Way['on']): Way['on'] {
    const to = this.at + by
    if (to < 0 || to >= this.states.length) return looks
    const way = by < 0 ? this.ways[this.at]?.back : this.ways[to]?.on
    this.at = to
    this.key = ''
    this.moving = false
    return way ?? looks
  }
}

const looksOf = ({ step, camera }: Settings) => ({ step, camera })
const stateOf = ({ step: _, camera: __, ...rest }: Settings) => JSON.stringify(rest)

const value = fc.integer({ min: 1, max: 4 })
const partial = fc.oneof(
  value.map((steps) => ({ steps })),
  value.map((x) => ({ samples: Array.from({ length: x }, () => [x, 0.5]) })),
  fc.tuple(value, value).map((start) => ({ start })),
  value.map((x) => ({ starts: { seed: x } })),
  fc.constantFrom('auto', 'gpu', 'cpu').map((engine) => ({ engine })),
  value.map((step) => ({ step })),
  value.map((azimuth) => ({ camera: { azimuth } })),
)
const operation = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      partial,
      phase: fc.constantFrom<Phase>('move', 'end'),
      later: fc.constantFrom(0, 100, 499, 501, 3000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('gesture' as const),
      starts: fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('whole' as const), partials: fc.array(partial) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }) },
)

test('500 random sequences do what a list of all states would do', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80, size: 'max' }), (operations) => {
      const { history, settings, change, undo, redo } = createEdited()
      const model = new Model()
      const both = (partial: object, phase: Phase, later: number) => {
        change(partial, phase, later)
        model.change(settings(), Object.keys(partial)[0], phase, later)
      }
      for (const next of operations) {
        const before = settings()
        if (next.kind === 'change') both(next.partial, next.phase, next.later)
        else if (next.kind === 'gesture') {
          for (const start of next.starts) both({ start }, 'move', 2000)
          both({ start: next.starts.at(-1) }, 'end', 2000)
        } else if (next.kind === 'whole') {
          change(Object.assign({}, ...next.partials), 'whole', 100)
          model.replace(before, settings())
        } else {
          if (next.kind === 'undo') undo()
          else redo()
          const looks = model.go(next.kind === 'undo' ? -1 : 1, looksOf(before))
          expect(looksOf(settings())).toEqual(looks)
        }
        expect(stateOf(settings())).toBe(model.states[model.at])
        expect(history.canUndo()).toBe(model.at > 0)
        expect(history.canRedo()).toBe(model.at < model.states.length - 1)
      }
    }),
    { numRuns: 500 },
  )
})
