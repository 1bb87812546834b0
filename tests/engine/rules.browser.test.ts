/** Crowds of every rule by both engines: records, steps between them, and their whole states. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as derived from '../../src/engine/derivedResults'
import type { Crowd, Engine } from '../../src/engine/engine'
import { descend } from '../../src/model/descent'
import { recordStep } from '../../src/model/recording'
import { type RuleName, type RuleSpec, stateSizeOf } from '../../src/model/rule'
import { defaultLearningRate, defaultRule, rules } from '../../src/settings/rules'
import { defaultObjective, descentJob, seededPlaces } from '../gpu/cases'
import { engines, readHeads } from './engines'

const names = Object.keys(rules) as RuleName[]
const count = 33
const steps = 30
const stride = 7

function jobOf(rule: RuleSpec) {
  const learningRate = defaultLearningRate(rule.name, 'mean', 5)
  return descentJob(defaultObjective, {
    runner: { rule, learningRate },
    steps,
    starts: seededPlaces(count, 8, 9),
  })
}

/** (w, b) of each of some states. */
function placesOf(states: ArrayLike<number>, stateSize: number): number[] {
  return Array.from(
    { length: (states.length / stateSize) * 2 },
    (_, i) => states[(i >> 1) * stateSize + (i % 2)],
  )
}

describe.for(engines)('$kind engine', ({ kind, create }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await create()
  })
  afterAll(() => engine.dispose())

  const scheduled: RuleSpec[] = [
    { ...defaultRule('gradientDescent'), schedule: { kind: 'cosine' } },
    { ...defaultRule('adam'), schedule: { kind: 'step', decay: 0.5, every: 4 } },
    { ...defaultRule('miniBatch'), schedule: { kind: 'inverse', decay: 0.1 } },
  ]
  const specs = [...names.map(defaultRule), ...scheduled]

  test.for(specs.map((rule) => [JSON.stringify(rule), rule] as const))(
    'steps between two records are those of the records of every step: %s',
    async ([, rule]) => {
      const job = jobOf(rule)
      const every = await engine.crowd(job)
      const all = await every.read()
      every.dispose()
      const at = (step: number) => [...all.subarray(step * count * 2, (step + 1) * count * 2)]
      const sparse = await engine.crowd({ ...job, stride })
      await expectRecords(sparse, at)
      const stateSize = stateSizeOf(rule)
      // Forth, back and forth again: states go on from where they stand, or begin anew.
      for (const step of [3, 4, 7, 20, 5, 6, 29, 0, 28]) {
        await sparse.seek(step)
        expect([...(await readHeads(engine, sparse))], `heads at ${step}`).toEqual(at(step))
        if (step === steps) continue
        const { before, after } = await sparse.stepPair(step, count)
        expect(rounded(placesOf(before, stateSize)), `state at ${step}`).toEqual(at(step))
        expect(rounded(placesOf(after, stateSize)), `state after ${step}`).toEqual(at(step + 1))
        expect([...(await readHeads(engine, sparse))], `heads stay at ${step}`).toEqual(at(step))
      }
      sparse.dispose()
      if (kind === 'cpu') expect([...all]).toEqual(rounded([...descend(job)]))
    },
  )

  test('each trajectory may have a learning rate of its own', async () => {
    const starts = Float32Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? -2 : 4))
    const learningRates = Float32Array.of(0.5, 2, 10, 60)
    const job = { ...jobOf(defaultRule('momentum')), starts, learningRates }
    const together = await derived.descend(engine, job)
    for (const [i, learningRate] of learningRates.entries()) {
      const { learningRates: _, ...rest } = job
      const runner = { rule: defaultRule('momentum'), learningRate }
      const alone = await derived.descend(engine, { ...rest, runner, starts: starts.slice(0, 2) })
      const length = (steps + 1) * 2
      const found = together.positions.slice(i * length, (i + 1) * length)
      expect([...found], `rate ${learningRate}`).toEqual([...alone.positions])
    }
  })
})

async function expectRecords(crowd: Crowd, at: (step: number) => number[]): Promise<void> {
  const records = await crowd.read()
  for (let record = 0; record * count * 2 < records.length; record++) {
    const found = records.subarray(record * count * 2, (record + 1) * count * 2)
    const step = recordStep(crowd.recording, record)
    expect([...found], `the record of step ${step}`).toEqual(at(step))
  }
}

const rounded = (values: number[]) => values.map(Math.fround)
