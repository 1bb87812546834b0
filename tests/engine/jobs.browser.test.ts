/** How both engines treat jobs: progress, abort, room, failure and end; one suite, run on each. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { descend, evaluateGrid } from '../../src/engine/derivedResults'
import type { Crowd, Engine, JobOptions } from '../../src/engine/engine'
import { defaultObjective, descentJob, gridJob, seededPlaces, seededSamples } from '../gpu/cases'
import { assertSameBits } from '../gpu/check'
import { checkSurface } from '../gpu/oracle'
import { engines, withCapacity } from './engines'

/**
 * Enough for several slices, of which a fresh engine's first two are of fixed size and each later
 * one at most 4 times as large: hence a fresh engine wherever slices are counted.
 */
const largeGrid = gridJob(defaultObjective, 900)
const largeCrowd = descentJob(defaultObjective, {
  starts: seededPlaces(8192, 8, 2),
  steps: 600,
  stride: 200,
})

/** Its coarse pass takes every 2nd node, a quarter of the work. */
const gridWithCoarse = gridJob({ ...defaultObjective, samples: seededSamples(40, 3) }, 250)

const smallGrid = gridJob(defaultObjective, 17)

type Options = Pick<JobOptions, 'signal' | 'onProgress'>

const jobs: readonly { name: string; run(engine: Engine, options: Options): Promise<unknown> }[] = [
  { name: 'surface', run: (engine, options) => engine.surface(largeGrid, options) },
  { name: 'crowd', run: (engine, options) => engine.crowd(largeCrowd, options) },
  { name: 'evaluateGrid', run: (engine, options) => evaluateGrid(engine, largeGrid, options) },
  { name: 'descend', run: (engine, options) => descend(engine, largeCrowd, options) },
]

describe.for(engines)('$kind engine', ({ kind, create }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await create()
  })
  afterAll(() => engine.dispose())

  const expectUsable = async (some = engine) => {
    const surface = await some.surface(smallGrid)
    expect((await checkSurface(surface)).count).toBe(17 * 17 * 4)
    surface.dispose()
  }

  const expectProgress = (fractions: readonly number[]) => {
    expect(fractions.length).toBeGreaterThan(1)
    expect(fractions[0]).toBeGreaterThan(0)
    expect(fractions.at(-1)).toBe(1)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  }

  test.for(jobs)('$name: progress never falls, and ends at 1', async ({ run }) => {
    const fresh = await create()
    const fractions: number[] = []
    await run(fresh, { onProgress: (fraction) => fractions.push(fraction) })
    expectProgress(fractions)
    fresh.dispose()
  })

  const coarseFirst: Record<string, (engine: Engine, options: JobOptions) => Promise<unknown>> = {
    surface: (some, options) => some.surface(gridWithCoarse, options),
    crowd: (some, options) => some.crowd(largeCrowd, options),
  }

  test.for(Object.entries(coarseFirst))(
    '%s: progress never falls where a coarse pass comes first',
    async ([, run]) => {
      const fresh = await create()
      const partials: unknown[] = []
      const fractions: number[] = []
      const result = await run(fresh, {
        onProgress: (fraction) => fractions.push(fraction),
        onCoarse: (partial) => partials.push(partial),
      })
      expectProgress(fractions)
      expect(partials).toEqual([result])
      fresh.dispose()
    },
  )

  test.for(jobs)('$name, aborted: rejects with the reason, and the engine goes on', async (job) => {
    const fresh = await create()
    const controller = new AbortController()
    const reason = new Error('A newer edit.')
    const fractions: number[] = []
    const promise = job.run(fresh, {
      signal: controller.signal,
      onProgress(fraction) {
        fractions.push(fraction)
        controller.abort(reason)
      },
    })
    await expect(promise).rejects.toBe(reason)
    expect(fractions).toHaveLength(1)
    expect(fractions[0]).toBeLessThan(1)
    await expectUsable(fresh)
    fresh.dispose()
  })

  test.for(jobs)('$name: a signal that is aborted already rejects', async ({ run }) => {
    const reason = { newer: true }
    await expect(run(engine, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    await expectUsable()
  })

  test('a crowd hands over its first trajectories early, complete', async () => {
    const partials: { finished: number; crowd: Crowd; values: Promise<Float32Array> }[] = []
    const crowd = await engine.crowd(largeCrowd, {
      onCoarse(partial) {
        partials.push({ finished: partial.finished, crowd: partial, values: partial.read() })
      },
    })
    expect(partials).toHaveLength(1)
    const [{ finished, values }] = partials
    expect(partials[0].crowd).toBe(crowd)
    expect(finished).toBeGreaterThan(0)
    expect(finished).toBeLessThan(8192)
    expect(crowd.finished).toBe(8192)
    expect(crowd.stepsPerSecond).toBeGreaterThan(0)
    const [early, final] = [await values, await crowd.read()]
    expect(final).toHaveLength(8192 * 4 * 2)
    for (let record = 0; record < 4; record++) {
      const at = record * 8192 * 2
      const [was, is] = [early, final].map((all) => all.slice(at, at + 2 * finished))
      assertSameBits(was, is, `Record ${record}`)
    }
    crowd.dispose()
  })

  test('a partial crowd stays with its caller when the rest is aborted', async () => {
    const controller = new AbortController()
    const partials: Crowd[] = []
    const promise = engine.crowd(largeCrowd, {
      signal: controller.signal,
      onCoarse(partial) {
        partials.push(partial)
        controller.abort()
      },
    })
    await expect(promise).rejects.toMatchObject({ name: 'AbortError' })
    const [crowd] = partials
    const wanted = largeCrowd.starts.slice(0, 2 * crowd.finished)
    assertSameBits((await crowd.read()).slice(0, wanted.length), wanted, 'Record 0')
    crowd.dispose()
  })

  test('the stride grows where records would not fit, and the result says so', async () => {
    const small = withCapacity(await create(), 100)
    const job = descentJob(defaultObjective, { starts: seededPlaces(10, 8, 1), steps: 30 })
    // 100 positions hold 10 records of 10 trajectories: every 4th step, and the last.
    const { positions, recordedSteps } = await descend(small, job)
    expect([...recordedSteps]).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 30])
    const crowd = await small.crowd(job)
    expect(crowd.recording).toEqual({ steps: 30, stride: 4 })
    expect(positions).toEqual((await descend(engine, { ...job, stride: 4 })).positions)
    small.dispose()
  })

  test('too many trajectories are refused in a sentence with both numbers', async () => {
    const small = withCapacity(await create(), 100)
    const job = (count: number) =>
      descentJob(defaultObjective, { starts: seededPlaces(count, 8, 1) })
    const sentence = '51 trajectories do not fit; this engine takes at most 50. Ask for fewer.'
    await expect(small.crowd(job(51))).rejects.toThrow(sentence)
    await expect(descend(small, job(51))).rejects.toThrow(sentence)
    expect((await small.crowd(job(50))).recording.stride).toBe(40)
    small.dispose()
  })

  test('a job that fails rejects, and the engine goes on', async () => {
    // The type allows no such loss; a job from outside may have one.
    const wrong = { ...largeGrid, objective: { ...defaultObjective, loss: 'no loss' as never } }
    await expect(engine.surface(wrong)).rejects.toThrow(/undefined/)
    await expectUsable()
  })

  test('jobs at the same time give what they give one after another', async () => {
    const crowdJob = descentJob(defaultObjective)
    const alone = {
      grid: await evaluateGrid(engine, smallGrid),
      paths: await descend(engine, crowdJob),
    }
    const [grid, paths, again] = await Promise.all([
      evaluateGrid(engine, smallGrid),
      descend(engine, crowdJob),
      evaluateGrid(engine, smallGrid),
    ])
    expect({ grid, paths }).toEqual(alone)
    expect(again).toEqual(alone.grid)
  })

  test('disposed of, it rejects jobs under way and later ones', async () => {
    const brief = await create()
    await expectUsable(brief)
    const underWay = brief.crowd(largeCrowd, { onProgress: () => brief.dispose() })
    await expect(underWay).rejects.toThrow(kind === 'cpu' ? 'have been stopped' : 'was lost')
    await expect(evaluateGrid(brief, largeGrid)).rejects.toThrow()
  })
})
