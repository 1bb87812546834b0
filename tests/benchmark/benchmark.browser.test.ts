/** The benchmark on both engines, with small cases and a clock of its own. */
import { expect, test } from 'vitest'
import { type Measured, runBenchmark } from '../../src/benchmark/benchmark'
import { reportJson, reportText } from '../../src/benchmark/report'
import type { Crowd, Engine } from '../../src/engine/engine'
import { engines } from '../engine/engines'

const sizes = { descents: 64, map: 24, live: 4200 }

/** Each try seems to take 250 ms, so that the first is long enough. */
function clock() {
  let time = 0
  return () => {
    time += 250
    return time
  }
}

const { signal } = new AbortController()
const measure = (engine: Engine, options = {}) =>
  runBenchmark(engine, { signal, ...options }, sizes, clock())

test.for(engines)('$kind: five cases, each right', async ({ create }) => {
  const engine = await create()
  const told: string[] = []
  const all = await measure(engine, {
    onCase: (name: string, share: number) => told.push(`${share} ${name}`),
    onMeasured: ({ name }: Measured) => told.push(name),
  })
  engine.dispose()
  const names = [
    'Gradient descent, 5 points',
    'Adam, 5 points',
    'Gradient descent, 1,024 points',
    'Map of 24 × 24 starts',
    '4,200 descents, live',
  ]
  expect(told).toEqual(names.flatMap((name, i) => [`${i / 5} ${name}`, name]))
  // A step of all descents, the whole map, a frame: in 250 ms each.
  expect(all.map(({ work, rate, seconds }) => [work, rate, seconds])).toEqual(
    [64, 64, 64, 24 * 24 * 300, 1].map((work) => [work, work / 0.25, 0.25]),
  )
  const steps = (count: number) =>
    `${count} steps recomputed in 64 bits: within the permitted intervals`
  expect(all.map(({ check }) => check)).toEqual([
    { isOk: true, sentence: steps(512) },
    { isOk: true, sentence: steps(512) },
    { isOk: true, sentence: steps(8) },
    { isOk: true, sentence: '24 of 24 ends as in 64 bits' },
    { isOk: true, sentence: steps(512) },
  ])
})

/** The engine, but with crowds whose steps are a little wrong, and maps that are. */
function wrong(engine: Engine): Engine {
  const stepPair =
    (crowd: Crowd): Crowd['stepPair'] =>
    async (step, count) => {
      const { before, after } = await crowd.stepPair(step, count)
      return { before, after: after.map((value) => value * (1 + 1e-5)) as typeof after }
    }
  return {
    ...engine,
    kind: engine.kind,
    crowd: async (...job) => {
      const crowd = await engine.crowd(...job)
      const lies = stepPair(crowd)
      return new Proxy(crowd, {
        get(target, name) {
          if (name === 'stepPair') return lies
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    },
    outcomeMap: async (...job) => {
      const map = await engine.outcomeMap(...job)
      const read = async () => (await map.read()).map((value, i) => (i % 8 === 0 ? 4 : value))
      return { ...map, read, dispose: () => map.dispose() }
    },
    surface: (...job) => engine.surface(...job),
    dispose: () => engine.dispose(),
  }
}

test.for(engines)('$kind: numbers that are wrong are found', async ({ create }) => {
  const engine = await create()
  const all = await measure(wrong(engine))
  engine.dispose()
  expect(all.map(({ check }) => check.isOk)).toEqual([false, false, false, false, false])
  expect(all[0].check.sentence).toContain('not within the permitted intervals')
  expect(all[3].check.sentence).toBe('12 of 24 ends as in 64 bits')
})

test('cancelled, it gives back what it holds and says why', async () => {
  const engine = await engines[1].create()
  const controller = new AbortController()
  const reason = new Error('Cancelled.')
  const options = {
    signal: controller.signal,
    onCase: (name: string) => name.includes('live') && controller.abort(reason),
  }
  await expect(runBenchmark(engine, options, sizes, clock())).rejects.toBe(reason)
  engine.dispose()
})

const where = { version: '1.2.3', engine: 'GPU, Any', runtime: 'A browser' }
const check = { isOk: true, sentence: 'fine' }
const measured: Measured[] = [
  { name: 'One', unit: 'steps', work: 3e8, seconds: 0.3, rate: 1e9, check },
  { name: 'Another', unit: 'frames', work: 6, seconds: 0.25, rate: 24, check },
]

test('the report as text and as JSON', () => {
  expect(reportText(where, measured)).toBe(
    [
      ...['Steepest 1.2.3, benchmark', 'GPU, Any', 'A browser'],
      ...['One      1 G steps/s  fine', 'Another  24 frames/s  fine', ''],
    ].join('\n'),
  )
  expect(JSON.parse(reportJson(where, measured))).toEqual({
    steepest: { kind: 'benchmark', ...where },
    data: measured,
  })
})
