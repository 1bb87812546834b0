/** The CPU engine alone loses workers, and counts its heads on the page's thread. */
import { afterEach, expect, test, vi } from 'vitest'
import { CpuEngine } from '../../src/engine/cpuEngine'
import { evaluateGrid } from '../../src/engine/derivedResults'
import { WorkerPool } from '../../src/engine/workerPool'
import { findDestinations } from '../../src/model/destinations'
import { headDensity, type Part } from '../../src/model/headDensity'
import { defaultObjective, descentJob, gridJob, seededPlaces } from '../gpu/cases'

const largeCrowd = descentJob(defaultObjective, { starts: seededPlaces(8192, 8, 2), steps: 150 })

afterEach(() => {
  vi.unstubAllGlobals()
})

/** An engine and the workers it has made. */
function engineAndWorkers(count: number): { engine: CpuEngine; workers: Worker[] } {
  const workers: Worker[] = []
  class RecordedWorker extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args)
      workers.push(this)
    }
  }
  vi.stubGlobal('Worker', RecordedWorker)
  return { engine: new CpuEngine(count), workers }
}

const die = (worker: Worker, message: string) => {
  worker.terminate()
  worker.dispatchEvent(new ErrorEvent('error', { message }))
}

test('it has as many workers as asked for, and is named after them', () => {
  for (const [count, name] of [
    [1, '1 worker'],
    [3, '3 workers'],
  ] as const) {
    const { engine, workers } = engineAndWorkers(count)
    expect(workers).toHaveLength(count)
    expect(engine.name).toBe(name)
    engine.dispose()
  }
})

test('the density of a crowd is that of its heads, counted anew only if they or the part change', async () => {
  const { engine } = engineAndWorkers(2)
  const crowd = await engine.crowd(largeCrowd)
  const part = { w: [-6, 10], b: [-8, 8] } as const
  const versionAt = (where: Part) => {
    const plane = crowd.density(where)
    if (!plane?.array) throw new Error('A crowd of so many must have a density.')
    const [heads, ends] = [crowd.heads.array ?? [], crowd.destinations(circles).array ?? []]
    const wanted = headDensity(heads, ends, crowd.trajectories, where)
    expect(plane.array).toEqual(wanted)
    return plane.version
  }
  const circles = [{ w: 2.4, b: -0.1, radius: 0.3 }]
  const last = (await crowd.read()).subarray(2 * 8192 * 150)
  const ends = findDestinations(last, 8192, circles)
  expect(ends.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(1000)
  expect(crowd.destinations(circles).array?.slice(0, 8192)).toEqual(ends)
  const first = versionAt(part)
  expect(versionAt(part)).toBe(first)
  expect(versionAt({ ...part, w: [-6, 2] })).toBe(first + 1)
  await crowd.seek(40)
  expect(versionAt({ ...part, w: [-6, 2] })).toBe(first + 2)
  crowd.dispose()
  engine.dispose()
})

test('a worker that dies: lost resolves, and every job rejects with the sentence', async () => {
  const { engine, workers } = engineAndWorkers(2)
  const sentence = 'A worker has failed: out of memory.'
  const crowd = engine.crowd(largeCrowd, { onProgress: () => die(workers[1], 'out of memory') })
  const surface = engine.surface(gridJob(defaultObjective, 900))
  await expect(crowd).rejects.toThrow(sentence)
  await expect(surface).rejects.toThrow(sentence)
  await expect(engine.lost).resolves.toBe(sentence)
  await expect(evaluateGrid(engine, gridJob(defaultObjective, 9)), 'a later job').rejects.toThrow(
    sentence,
  )
  engine.dispose()
})

test('a dead worker keeps the sentence of its death when the engine is disposed of', async () => {
  const { engine, workers } = engineAndWorkers(1)
  die(workers[0], 'first')
  engine.dispose()
  await expect(engine.lost).resolves.toBe('A worker has failed: first.')
  await expect(evaluateGrid(engine, gridJob(defaultObjective, 9))).rejects.toThrow('first')
})

test('a worker whose script does not load is lost, in a sentence', async () => {
  const missing = URL.createObjectURL(new Blob())
  URL.revokeObjectURL(missing)
  const pool = new WorkerPool(1, () => new Worker(missing))
  await expect(pool.lost).resolves.toMatch(/^A worker has failed: .+\.$/)
  pool.dispose()
})

test('a part that fails ends its job, begins no further part, and leaves the pool usable', async () => {
  const pool = new WorkerPool(
    2,
    () => new Worker(new URL('../../src/engine/worker.ts', import.meta.url), { type: 'module' }),
  )
  const begun: number[] = []
  const taken: number[] = []
  const parts = function* (failing: number) {
    for (let i = 0; i < 50; i++) {
      begun.push(i)
      yield {
        run: async () => {
          if (i === failing) throw new Error(`Part ${i} has failed.`)
          return i
        },
        take: (result: number) => taken.push(result),
      }
    }
  }
  await expect(pool.runAll(parts(7))).rejects.toThrow('Part 7 has failed.')
  // Two workers: at most a few parts were under way beside the failing one.
  expect(begun.length).toBeLessThan(20)
  taken.length = 0
  await pool.runAll(parts(-1))
  expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  pool.dispose()
})
