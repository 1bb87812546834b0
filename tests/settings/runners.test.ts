import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { changeSettings } from '../../src/settings/change'
import { defaultRule, rules } from '../../src/settings/rules'
import { fitBatches, leadingRunner, type RunnerSettings, runners } from '../../src/settings/runners'
import { defaults } from '../../src/settings/settings'
import { ruleNames, runnerLists } from './runnerValues'

const at = (rule: unknown, learningRate: unknown = 2) => ({ rule, learningRate })

function change(list: unknown) {
  return changeSettings(defaults, { runners: list })
}

test.for(ruleNames)('%s alone gets its published parameters, in the order of the table', (name) => {
  const { settings, complaints } = change([at({ name })])
  expect(complaints).toEqual([])
  const [{ rule }] = settings.runners
  expect(rule).toEqual(defaultRule(name))
  const names = rules[name].parameters.map((parameter) => parameter.name)
  expect(Object.keys(rule)).toEqual(['name', ...names])
})

test('parameters that are given stay, wherever they stand', () => {
  const { settings } = change([at({ epsilon: 1e-6, beta2: 0.99, name: 'adam' })])
  expect(JSON.stringify(settings.runners)).toBe(
    '[{"rule":{"name":"adam","beta1":0.9,"beta2":0.99,"epsilon":0.000001},"learningRate":2}]',
  )
})

test.for<[schedule: unknown, held: unknown]>([
  [{ kind: 'constant' }, undefined],
  [undefined, undefined],
  [{ kind: 'exponential' }, { kind: 'exponential', decay: 0.99 }],
  [
    { kind: 'inverse', decay: 0.5 },
    { kind: 'inverse', decay: 0.5 },
  ],
  [
    { kind: 'step', every: 7 },
    { kind: 'step', decay: 0.5, every: 7 },
  ],
  [{ kind: 'cosine' }, { kind: 'cosine' }],
])('the schedule %j is held as %j', ([schedule, held]) => {
  const { settings, complaints } = change([at({ name: 'momentum', schedule })])
  expect(complaints).toEqual([])
  const rule = { name: 'momentum', gamma: 0.9, ...(held !== undefined && { schedule: held }) }
  expect(settings.runners).toStrictEqual([{ rule, learningRate: 2 }])
})

test('visible runners are not marked as such', () => {
  const gradientDescent = at({ name: 'gradientDescent' })
  const list = [
    { ...gradientDescent, hidden: false },
    { ...gradientDescent, hidden: true },
  ]
  expect(change(list).settings.runners).toStrictEqual([gradientDescent, list[1]])
})

const range = 'it must be a number from 0 to below 1.'
const wanted = 'it must be an object { rule, learningRate, hidden? }.'
const ruleList = ruleNames.join(', ')

test.for<[list: unknown, sentence: string]>([
  [5, 'is 5; it must be a list of 1 to 8 runners { rule, learningRate }.'],
  [{}, 'is an object; it must be a list of 1 to 8 runners { rule, learningRate }.'],
  [[], 'has 0 runners; it must have 1 to 8.'],
  [new Array(9).fill(at({ name: 'newton' })), 'has 9 runners; it must have 1 to 8.'],
  [
    [{ ...at({ name: 'newton' }), hidden: true }],
    'has only hidden runners; at least one must be visible.',
  ],
  [['adam'], `has "adam" as a runner; ${wanted}`],
  [[{ ...at({ name: 'adam' }), rate: 3 }], `has a runner with "rate"; ${wanted}`],
  [[{ rule: { name: 'adam' } }], `has a runner without learningRate; ${wanted}`],
  [[{ learningRate: 1 }], `has a runner without rule; ${wanted}`],
  [
    [{ ...at({ name: 'adam' }), hidden: 1 }],
    'has a runner with hidden 1; it must be true or false.',
  ],
  [
    [at({ name: 'adam' }, 'fast')],
    'has the learning rate "fast"; it must be a number from 0.0001 to 1000.',
  ],
  [
    [at({ name: 'adam' }, Number.NaN)],
    'has the learning rate NaN; it must be a number from 0.0001 to 1000.',
  ],
  [[at('adam')], 'has "adam" as a rule; it must be an object { name, ...parameters }.'],
  [[at({ name: 'sgd' })], `has "sgd" as a rule; it must be one of ${ruleList}.`],
  [[at({ name: 'toString' })], `has "toString" as a rule; it must be one of ${ruleList}.`],
  [[at({})], `has undefined as a rule; it must be one of ${ruleList}.`],
  [[at({ name: 'momentum', gamma: 1 })], `has momentum with gamma 1; ${range}`],
  [[at({ name: 'momentum', gamma: -0.1 })], `has momentum with gamma -0.1; ${range}`],
  [[at({ name: 'nesterov', gamma: '0.9' })], `has nesterov with gamma "0.9"; ${range}`],
  [[at({ name: 'adam', beta1: null })], `has adam with beta1 null; ${range}`],
  [
    [at({ name: 'adagrad', epsilon: 0 })],
    'has adagrad with epsilon 0; it must be a number above 0, from 1e-12 to 1.',
  ],
  [
    [at({ name: 'newton', damping: 11 })],
    'has newton with damping 11; it must be a number from 0 to 10.',
  ],
  [
    [at({ name: 'stochastic', order: 'sorted' })],
    'has stochastic with order "sorted"; it must be one of given, shuffled.',
  ],
  [
    [at({ name: 'stochastic', seed: 1.5 })],
    'has stochastic with seed 1.5; it must be a whole number from 0 to 4294967295.',
  ],
  [[at({ name: 'momentum', beta: 0.9 })], 'has momentum with "beta"; it takes gamma, schedule.'],
  [
    [at(JSON.parse('{"name":"momentum","__proto__":{"gamma":0.5}}'))],
    'has momentum with "__proto__"; it takes gamma, schedule.',
  ],
  [
    [at({ name: 'adam', schedule: 'cosine' })],
    'has "cosine" as a schedule; it must be an object { kind, ...parameters }.',
  ],
  [
    [at({ name: 'adam', schedule: { kind: 'linear' } })],
    'has "linear" as a schedule; it must be one of constant, exponential, inverse, step, cosine.',
  ],
  [
    [at({ name: 'adam', schedule: { kind: 'inverse', decay: 2 } })],
    'has the schedule inverse with decay 2; it must be a number from 0 to 1.',
  ],
  [
    [at({ name: 'adam', schedule: { kind: 'step', every: 0 } })],
    'has the schedule step with every 0; it must be a whole number from 1 to 100000.',
  ],
  [
    [at({ name: 'adam', schedule: { kind: 'cosine', decay: 0.5 } })],
    'has the schedule cosine with "decay"; it takes nothing.',
  ],
  [
    [at({ name: 'miniBatch', batchSize: 6 })],
    'has miniBatch with batchSize 6; it must be a whole number from 1 to 5, the number of points.',
  ],
])('runners %j are refused with a sentence', ([list, sentence]) => {
  const { settings, complaints } = change(list)
  expect(complaints).toEqual([`The setting runners ${sentence}`])
  expect(settings).toEqual(defaults)
})

test('any runners that settings hold are taken as they are', () => {
  fc.assert(
    fc.property(runnerLists(5), (list) => {
      expect(change(list)).toStrictEqual({
        settings: { ...defaults, runners: list },
        complaints: [],
      })
    }),
    { seed: 5, numRuns: 300 },
  )
})

const points = (count: number) =>
  Array.from({ length: count }, (_, i): [number, number] => [i, 0.5])
const batches = [at({ name: 'miniBatch', batchSize: 4 }), at({ name: 'adam' })]

test('a batch is checked against the points of the same change', () => {
  const large = [at({ name: 'miniBatch', batchSize: 9 })]
  expect(changeSettings(defaults, { runners: large, samples: points(9) }).complaints).toEqual([])
  const few = changeSettings(defaults, { runners: batches, samples: points(3) })
  expect(few.complaints).toEqual([
    'The setting runners has miniBatch with batchSize 4; it must be a whole number from 1 to 3, the number of points.',
  ])
  expect(few.settings).toEqual({ ...defaults, samples: points(3) })
})

test('a batch shrinks to all points without a complaint', () => {
  const before = change(batches).settings
  const { settings, complaints } = changeSettings(before, { samples: points(3) })
  expect(complaints).toEqual([])
  expect(settings.runners[0].rule).toMatchObject({ name: 'miniBatch', batchSize: 3 })
  expect(settings.runners[1]).toEqual(before.runners[1])
  expect(fitBatches(before.runners, 4)).toBe(before.runners)
})

test('the first visible runner leads', () => {
  const [first, second]: RunnerSettings[] = [
    { rule: { name: 'gradientDescent' }, learningRate: 1, hidden: true },
    { rule: { name: 'gradientDescent' }, learningRate: 2 },
  ]
  expect(leadingRunner({ runners: [first, second] })).toEqual({ runner: second, index: 1 })
  expect(leadingRunner({ runners: [second, first] })).toEqual({ runner: second, index: 0 })
})

test.for<[text: string, list: unknown]>([
  ['gradientDescent:10', [at({ name: 'gradientDescent' }, 10)]],
  [
    'gradientDescent:10;adam:0.1:beta1=0.8:schedule=cosine;momentum:2:hidden',
    [
      at({ name: 'gradientDescent' }, 10),
      at(
        { name: 'adam', beta1: 0.8, beta2: 0.999, epsilon: 1e-8, schedule: { kind: 'cosine' } },
        0.1,
      ),
      { ...at({ name: 'momentum', gamma: 0.9 }), hidden: true },
    ],
  ],
  [
    'miniBatch:2:batchSize=3:order=shuffled:seed=7:schedule=step:decay=0.1:every=20',
    [
      at({
        name: 'miniBatch',
        batchSize: 3,
        order: 'shuffled',
        seed: 7,
        schedule: { kind: 'step', decay: 0.1, every: 20 },
      }),
    ],
  ],
  [
    'rmsprop:2:schedule=exponential',
    [at({ ...defaultRule('rmsprop'), schedule: { kind: 'exponential', decay: 0.99 } })],
  ],
])('%s is how runners are written', ([text, list]) => {
  const { settings, complaints } = change(list)
  expect(complaints).toEqual([])
  expect(runners.format(settings.runners)).toBe(text)
  expect(v.parse(runners.schema, runners.parse(text))).toStrictEqual(settings.runners)
})

test.for<[text: string, sentence: RegExp]>([
  ['', /^has "" as a rule; it must be one of/],
  ['adam', /^has the learning rate ""; it must be a number/],
  ['adam:1e999', /^has the learning rate Infinity; it must be/],
  ['adam:1;', /^has "" as a rule/],
  ['adam:1:', /^has adam with ""; it takes beta1, beta2, epsilon, schedule\.$/],
  ['adam:1:hidden:beta1=0.5', /^has adam with "hidden"; it takes/],
  ['adam:1:name=newton', /^has adam with "name=newton"; it takes/],
  ['adam:1:__proto__=1', /^has adam with "__proto__=1"; it takes/],
  ['adam:1:beta1=', /^has adam with beta1 ""; it must be/],
  ['adam:1:beta1=0x1', /^has adam with beta1 "0x1"; it must be/],
  ['adam:1:schedule=', /^has "" as a schedule; it must be one of/],
  ['adam:1:schedule=constructor', /^has "constructor" as a schedule; it must be one of/],
  [
    'adam:1:schedule=cosine:schedule=step',
    /^has the schedule cosine with "schedule=step"; it takes nothing/,
  ],
  [
    'adam:1:schedule=step:beta1=0.5',
    /^has the schedule step with "beta1=0\.5"; it takes decay, every\.$/,
  ],
  ['constructor:1:beta1=0.5', /^has "constructor" as a rule/],
  [';'.repeat(50), /^has 51 runners; it must have 1 to 8\.$/],
])('the text "%s" is refused', ([text, sentence]) => {
  const { success, issues } = v.safeParse(runners.schema, runners.parse(text))
  expect(success).toBe(false)
  expect(issues?.[0].message).toMatch(sentence)
})
