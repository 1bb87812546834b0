/** Maps of one row and of one node: rates side by side, and one descent alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { classify } from '../../src/engine/derivedResults'
import type { Engine } from '../../src/engine/engine'
import { classifyRows } from '../../src/model/outcomes/classify'
import { axesOfOne, axesOfRates, type OutcomeJob } from '../../src/model/outcomes/outcome'
import { defaultRule } from '../../src/settings/rules'
import { outcomeJob } from '../gpu/outcomeCases'
import { engines } from './engines'

const start = [-2, 4] as const
const rates = Float32Array.from({ length: 97 }, (_, i) => 10 ** (-1 + (2.2 * i) / 96))

describe.for(engines)('$kind engine', ({ create }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await create()
  })
  afterAll(() => engine.dispose())

  test.for(['gradientDescent', 'momentum', 'adam'] as const)(
    'each of a row of rates ends where the single descent at it ends, %s',
    async (name) => {
      const rule = defaultRule(name)
      const job: OutcomeJob = {
        ...outcomeJob({ axes: axesOfRates(rates, start), start }),
        runner: { rule, learningRate: 1 },
      }
      const row = await classify(engine, job)
      expect(row.outcome).toHaveLength(rates.length)
      for (const i of [0, 13, 50, 96]) {
        const runner = { rule, learningRate: rates[i] }
        const one = await classify(engine, { ...job, axes: axesOfOne(start), runner })
        expect([...one.outcome, ...one.minimum, ...one.arrivalStep, ...one.finalLoss]).toEqual([
          row.outcome[i],
          row.minimum[i],
          row.arrivalStep[i],
          row.finalLoss[i],
        ])
      }
    },
  )

  test('a long row comes in parts: it tells its progress and ends when asked to', async () => {
    const job = { ...outcomeJob({ axes: axesOfRates(rates, start), start }), steps: 40_000 }
    const controller = new AbortController()
    const shares: number[] = []
    const onProgress = (share: number) => {
      shares.push(share)
      controller.abort(new Error('no longer wanted'))
    }
    const { signal } = controller
    await expect(classify(engine, job, { signal, onProgress })).rejects.toThrow('no longer wanted')
    expect(shares[0]).toBeGreaterThan(0)
    expect(shares[0]).toBeLessThan(1)
  })
})

test('the oracle takes a row of rates as it is given', () => {
  const job = outcomeJob({ axes: axesOfRates(Float32Array.of(0.5, 10, 60), start), start })
  const cells = classifyRows(job, 0, 1)
  expect(cells).toHaveLength(3 * 4)
  const single = (learningRate: number) =>
    classifyRows({ ...outcomeJob({ learningRate, axes: axesOfOne(start), start }) }, 0, 1)
  expect([...cells]).toEqual([...single(0.5), ...single(10), ...single(60)])
})
