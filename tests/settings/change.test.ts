import { expect, test } from 'vitest'
import { changeSettings, staleResults, valueAt } from '../../src/settings/change'
import { fields } from '../../src/settings/fields'
import { defaults, type Settings } from '../../src/settings/settings'
import { shownDescents, shownMap, shownResults, shownView } from '../../src/settings/shown'

function changed(partial: unknown): Settings {
  const { settings, complaints } = changeSettings(defaults, partial)
  expect(complaints).toEqual([])
  return settings
}

test('every field of the table is in the defaults, and its default is acceptable', () => {
  for (const { path } of fields) {
    const value = valueAt(defaults, path)
    const [head, tail] = path.split('.')
    const partial = tail === undefined ? { [head]: value } : { [head]: { [tail]: value } }
    expect(changeSettings(defaults, partial), path).toEqual({ settings: defaults, complaints: [] })
  }
})

test('every leaf of the defaults is in the table, under a key of its own', () => {
  const leaves = Object.entries(defaults).flatMap(([key, value]) =>
    typeof value === 'object' && !Array.isArray(value)
      ? Object.keys(value).map((inner) => `${key}.${inner}`)
      : [key],
  )
  expect(fields.map(({ path }) => path).sort()).toEqual(leaves.sort())
  expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length)
})

test('groups are merged, lists and pairs are taken whole', () => {
  const settings = changed({ starts: { seed: 7 }, view: { w: [0, 1] }, start: [1, 2] })
  expect(settings.starts).toEqual({ ...defaults.starts, seed: 7 })
  expect(settings.view).toEqual({ ...defaults.view, w: [0, 1] })
  expect(settings.start).toEqual([1, 2])
})

test.for<[name: string, partial: object, sentence: string]>([
  [
    'NaN',
    { steps: Number.NaN },
    'The setting steps is NaN; it must be a whole number from 1 to 100000.',
  ],
  [
    'infinity',
    { start: [Infinity, 0] },
    'The setting start is [Infinity, 0]; it must be two numbers from -1000000 to 1000000.',
  ],
  [
    'zero steps',
    { steps: 0 },
    'The setting steps is 0; it must be a whole number from 1 to 100000.',
  ],
  [
    'half a step',
    { steps: 1.5 },
    'The setting steps is 1.5; it must be a whole number from 1 to 100000.',
  ],
  [
    'a text',
    { steps: '7' },
    'The setting steps is "7"; it must be a whole number from 1 to 100000.',
  ],
  [
    'a reversed range',
    { view: { w: [3, -3] } },
    'The setting view.w is [3, -3]; it must be [min, max] with -1000000 <= min < max <= 1000000, at least 1e-5 apart.',
  ],
  [
    'no data',
    { samples: [] },
    'The setting samples is []; it must be 1 to 1024 points [x, y] of numbers from -1000000 to 1000000.',
  ],
  [
    'a huge rate',
    { runners: [{ rule: { name: 'gradientDescent' }, learningRate: 1e30 }] },
    'The setting runners has the learning rate 1e+30; it must be a number from 0.0001 to 1000.',
  ],
  [
    'half a runner',
    { rates: { pair: [0, 0.5] } },
    'The setting rates.pair is [0, 0.5]; it must be two whole numbers from 0 to 7.',
  ],
  [
    'a ninth runner',
    { rates: { pair: [0, 8] } },
    'The setting rates.pair is [0, 8]; it must be two numbers from 0 to 7.',
  ],
  [
    'a sweep beyond the rates',
    { rates: { sweep: [-5, 3] } },
    'The setting rates.sweep is [-5, 3]; it must be [min, max] with -4 <= min < max <= 3, at least 1e-5 apart.',
  ],
  ['an unknown setting', { stepz: 3 }, 'There is no setting "stepz".'],
  ['an unknown setting in a group', { view: { q: 3 } }, 'There is no setting "view.q".'],
  ['a prototype key', JSON.parse('{"__proto__":{"steps":5}}'), 'There is no setting "__proto__".'],
  [
    'more starts than fit',
    { starts: { perSide: 2000 } },
    'The setting starts.perSide is 2000; it must be a whole number from 1 to 1024.',
  ],
])('%s is refused with a sentence, and nothing else is lost', ([, partial, sentence]) => {
  const { settings, complaints } = changeSettings(defaults, { ...partial, loop: false })
  expect(complaints).toEqual([sentence])
  expect(settings).toEqual({ ...defaults, loop: false })
})

test.for([null, 5, 'x', [1]])('a change that is %j, no object, is refused', (partial) => {
  const { settings, complaints } = changeSettings(defaults, partial)
  expect(settings).toBe(defaults)
  expect(complaints).toHaveLength(1)
  expect(complaints[0]).toMatch(/must be an object/)
})

test('the caller can change what it passed without changing the settings', () => {
  const samples = [[1, 0.5]]
  const settings = changed({ samples })
  samples[0][0] = 99
  expect(settings.samples).toEqual([[1, 0.5]])
})

const maps = ['outcomes', 'otherLoss']
const comparisons = ['scores', 'sweep', 'crowds']
const descents = ['crowd', 'runs', 'magnified', ...maps, ...comparisons]
const everything = ['surface', 'trust', 'stationary', ...descents]

test.for<[partial: object, stale: string[]]>([
  [{ colours: 'cividis' }, []],
  [{ lossAxis: 'linear' }, []],
  [{ step: 5 }, ['magnified']],
  [{ steps: 300 }, []],
  [{ lens: 'rates' }, []],
  [{ rates: { part: 'crowd', unit: 'gradients', pair: [1, 2] } }, []],
  [{ rates: { sweep: [-1, 2] } }, ['sweep']],
  [{ samples: [[0, 0.5]] }, everything],
  [{ loss: 'half' }, everything],
  [{ view: { resolution: 64 } }, ['surface', 'trust']],
  [{ view: { w: [0, 1] } }, ['surface', 'trust', 'crowd', 'crowds', ...maps]],
  [{ start: [1, 1] }, ['runs', 'magnified', 'scores', 'sweep']],
  [{ starts: { seed: 2 } }, ['crowd']],
  [{ steps: 10 }, descents],
  [{ stop: { kind: 'loss' } }, ['crowd', 'runs', 'magnified', 'scores']],
  [{ outcomes: { stay: 3 } }, [...maps, ...comparisons]],
  [{ why: { part: 'points', map: 'first', field: 'log', lesson: 3 } }, []],
  [{ why: { angle: 90 } }, ['magnified']],
  [{ why: { learningRate: 3 } }, ['magnified', 'trust']],
  [{ map: { perSide: 64 } }, ['crowds', ...maps]],
  [{ map: { columns: [0, 1] } }, ['surface', 'crowds', ...maps]],
  [{ engine: 'cpu' }, ['engine', ...everything]],
])('%j makes stale %j and nothing else', ([partial, stale]) => {
  expect([...staleResults(defaults, changed(partial))].sort()).toEqual([...stale].sort())
})

test('w^3 + b^2 on the stage, or off it again, makes surface and runs stale; its own settings its run', () => {
  const step = changed({ lens: 'why' })
  const warmUp = changeSettings(step, { why: { part: 'cubicAndSquare' } }).settings
  const [replaced, stale] = [new Set(['surface', 'runs', 'magnified']), new Set(['runs'])]
  expect(staleResults(step, warmUp)).toEqual(replaced)
  expect(staleResults(warmUp, step)).toEqual(replaced)
  expect(staleResults(warmUp, { ...warmUp, lens: 'descend' })).toEqual(replaced)
  for (const why of [{ place: [1, 0] }, { rate: 0.5 }]) {
    expect(staleResults(warmUp, changeSettings(warmUp, { why }).settings)).toEqual(stale)
    expect(staleResults(step, changeSettings(step, { why }).settings)).toEqual(new Set())
  }
  expect(shownResults(warmUp)).toEqual(['surface', 'runs', 'stationary'])
})

test('w^3 + b^2 is descended plainly from its own start, whatever is chosen for the neuron', () => {
  const stop = { kind: 'loss', below: 1 } as const
  const chosen = changed({ lens: 'why', stop, why: { map: 'first', place: [1, 0.5], rate: 0.5 } })
  const { samples, loss, start, runners } = chosen
  const neuron = { kind: 'neuron', samples, loss }
  expect(shownDescents(chosen)).toEqual({ objective: neuron, start, runners, stop })
  const warmUp = changeSettings(chosen, { why: { part: 'cubicAndSquare' } }).settings
  expect(shownDescents(warmUp)).toEqual({
    objective: { kind: 'cubicAndSquare' },
    start: [1, 0.5],
    runners: [{ rule: { name: 'gradientDescent' }, learningRate: 0.5 }],
    stop: { kind: 'none', below: 0 },
  })
  expect(shownView(warmUp)).toEqual({ w: [-2, 2], b: [-2, 2], resolution: 129 })
  expect([shownMap(chosen), shownMap(warmUp)]).toEqual(['first', 'loss'])
  // In another lens the neuron is on the stage again.
  expect(shownDescents({ ...warmUp, lens: 'descend' }).objective).toEqual(neuron)
})

test('with one start alone, the start moves the crowd and the view does not', () => {
  const one = changed({ starts: { arrangement: 'one' } })
  const moved = changeSettings(one, { start: [1, 1] }).settings
  expect(staleResults(one, moved)).toEqual(
    new Set(['crowd', 'runs', 'magnified', 'scores', 'sweep']),
  )
  const zoomed = changeSettings(one, { view: { w: [0, 1] } }).settings
  expect(staleResults(one, zoomed)).toEqual(new Set(['surface', 'trust', 'crowds', ...maps]))
})

const first = { rule: { name: 'gradientDescent' }, learningRate: 10 }
const second = { rule: { name: 'momentum' }, learningRate: 2 }
const hidden = (runner: object) => ({ ...runner, hidden: true })

test.for<[name: string, axes: string, runners: object[], stale: string[]]>([
  ['the leading rate', 'w,b', [{ ...first, learningRate: 3 }, second], ['crowd', 'trust', ...maps]],
  [
    'the leading rate under an axis of rates',
    'w,log10Rate',
    [{ ...first, learningRate: 3 }, second],
    ['crowd', 'trust'],
  ],
  [
    'the leading rule',
    'w,log10Rate',
    [{ ...second, learningRate: 10 }, second],
    ['crowd', 'trust', 'sweep', ...maps],
  ],
  ['the other runner', 'w,b', [first, { ...second, learningRate: 3 }], []],
  ['the other one, hidden', 'w,b', [first, hidden(second)], []],
  ['the leading one, hidden', 'w,b', [hidden(first), second], ['crowd', 'trust', 'sweep', ...maps]],
  ['a runner more', 'w,b', [first, second, second], []],
])(
  '%s changes what follows the leading runner, and always runs, scores and crowds',
  ([, axes, runners, stale]) => {
    const before = changed({ runners: [first, second], map: { axes } })
    const { settings: after, complaints } = changeSettings(before, { runners })
    expect(complaints).toEqual([])
    const wanted = ['runs', 'magnified', 'scores', 'crowds', ...stale]
    expect([...staleResults(before, after)].sort()).toEqual(wanted.sort())
  },
)
