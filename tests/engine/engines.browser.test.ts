/** Holds both engines against the oracle; one suite, run on each. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as derived from '../../src/engine/derivedResults'
import type { Engine } from '../../src/engine/engine'
import { type DescentJob, descend } from '../../src/model/descent'
import { type GridJob, nodesTaken, nodeTaken, rowsOfGrid } from '../../src/model/grid'
import { createObjective } from '../../src/model/objective'
import { createObjectiveInterval } from '../../src/model/permitted/objectiveInterval'
import { evenRecords, recordCount } from '../../src/model/recording'
import { lossBand } from '../../src/results/jobsOf'
import {
  cubicAndSquare,
  defaultObjective,
  descentJob,
  gridJob,
  lossNames,
  seededPlaces,
  seededSamples,
} from '../gpu/cases'
import { assertSameBits } from '../gpu/check'
import { expectPermitted } from '../gpu/compare'
import { checkCurvature, checkSteps, checkSurface } from '../gpu/oracle'
import { engines, readHeads } from './engines'

/** Stride 1, seven records of another stride in it, and trajectories for more than one part. */
const crowdJob = descentJob(defaultObjective, { starts: seededPlaces(301, 8, 6), steps: 41 })

const lossesOf = (cells: Float32Array) => cells.filter((_, i) => i % 4 === 0)

describe.for(engines)('$kind engine', ({ kind, create }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await create()
  })
  afterAll(() => engine.dispose())

  /**
   * Steps of the GPU along its own path, by intervals. The CPU engine is the oracle itself in
   * another thread, and goes on from unrounded positions: there the bits must agree.
   */
  async function expectSteps(job: DescentJob): Promise<void> {
    const crowd = await engine.crowd(job)
    if (kind === 'cpu')
      assertSameBits(await crowd.read(), Float32Array.from(descend(job)), 'Positions')
    else expect((await checkSteps(crowd)).count).toBe(job.starts.length * job.steps)
    crowd.dispose()
  }

  test('it says what it is', () => {
    expect(engine.kind).toBe(kind)
    expect(engine.name).toMatch(kind === 'cpu' ? /^2 workers$/ : /./)
    expect(engine.capacity).toBeGreaterThanOrEqual(2 ** 22)
  })

  test.for(lossNames)('surface, %s: every cell is permitted', async (loss) => {
    const surface = await engine.surface(gridJob({ ...defaultObjective, loss }, 65))
    expect((await checkSurface(surface)).count).toBe(65 * 65 * 4)
    expect(surface.nodeStep).toBe(1)
    surface.dispose()
  })

  test('w³ + b²: cells, curvature and steps are permitted', async () => {
    const surface = await engine.surface({ ...gridJob(cubicAndSquare, 33, 2), learningRate: 0.1 })
    expect((await checkSurface(surface)).count).toBe(33 * 33 * 4)
    expect((await checkCurvature(surface)).count).toBe(33 * 33 * 4)
    surface.dispose()
    const runner = { rule: { name: 'gradientDescent' }, learningRate: 0.1 } as const
    const starts = seededPlaces(64, 2, 3)
    await expectSteps(descentJob(cubicAndSquare, { runner, steps: 6, starts }))
  })

  test('surface of 300 samples, more columns than rows', async () => {
    const objective = { ...defaultObjective, samples: seededSamples(300, 3) }
    const job: GridJob = { objective, w: [-3, 9, 50], b: [-4, 2, 7] }
    const surface = await engine.surface(job)
    expect((await checkSurface(surface)).count).toBe(50 * 7 * 4)
    surface.dispose()
  })

  test('the extremes of a surface are those of its cells', async () => {
    const surface = await engine.surface(gridJob(defaultObjective, 129))
    const losses = lossesOf(await surface.readRows(0, 129))
    expect(surface.lowest).toBe(Math.min(...losses))
    expect(surface.highest).toBe(Math.max(...losses))
    surface.dispose()
  })

  test('evaluateGrid: cells[row * columns + column], row 0 at the smallest b', async () => {
    const job: GridJob = { objective: defaultObjective, w: [-2, 6, 33], b: [-3, 3, 5] }
    const { columns, rows, cells } = await derived.evaluateGrid(engine, job)
    expect([columns, rows, cells.length]).toEqual([33, 5, 33 * 5 * 4])
    const surface = await engine.surface(job)
    assertSameBits(cells, await surface.readRows(0, 5), 'Cells')
    expect(await surface.readRows(2, 4)).toEqual(cells.slice(2 * 33 * 4, 4 * 33 * 4))
    expect((await checkSurface(surface)).count).toBe(cells.length)
    surface.dispose()
  })

  test.for(lossNames)('curvature, %s: Hessian and change are permitted', async (loss) => {
    for (const learningRate of [1e-4, 10, 1000]) {
      const job = { ...gridJob({ ...defaultObjective, loss }, 33), learningRate }
      const surface = await engine.surface(job)
      expect((await checkCurvature(surface)).count).toBe(33 * 33 * 4)
      expect((await checkSurface(surface)).count).toBe(33 * 33 * 4)
      const { curvature } = surface
      expect([curvature?.width, curvature?.height, curvature?.channels]).toEqual([33, 33, 4])
      surface.dispose()
    }
  })

  test('evaluateGrid gives curvature where the job has a learning rate, and only there', async () => {
    const job: GridJob = { objective: defaultObjective, w: [-2, 6, 33], b: [-3, 3, 5] }
    const withRate = { ...job, learningRate: 10 }
    const { cells, curvature } = await derived.evaluateGrid(engine, withRate)
    const surface = await engine.surface(withRate)
    assertSameBits(curvature ?? new Float32Array(), await surface.readCurvature(0, 5), 'Curvature')
    expect(await surface.readCurvature(2, 4)).toEqual(curvature?.slice(2 * 33 * 4, 4 * 33 * 4))
    surface.dispose()
    const without = await derived.evaluateGrid(engine, job)
    expect(without).not.toHaveProperty('curvature')
    assertSameBits(cells, without.cells, 'Cells')
    const plain = await engine.surface(job)
    expect(plain.curvature).toBe(null)
    await expect(plain.readCurvature(0, 5)).rejects.toThrow(
      'The surface has no curvature; its job must have a learningRate',
    )
    plain.dispose()
  })

  test('rows of a grid alone are those of the whole, bit for bit', async () => {
    const job: GridJob = { ...gridJob(defaultObjective, 33), b: [-1, 1.3, 41], learningRate: 3 }
    const whole = await derived.evaluateGrid(engine, job)
    for (const [first, last] of [
      [0, 1],
      [7, 30],
    ]) {
      const part = await derived.evaluateGrid(engine, rowsOfGrid(job, first, last))
      const rows = (cells: Float32Array = new Float32Array()) =>
        cells.slice(first * 33 * 4, last * 33 * 4)
      assertSameBits(part.cells, rows(whole.cells), 'Cells')
      assertSameBits(part.curvature!, rows(whole.curvature), 'Curvature')
    }
  })

  test('a coarse pass shows nodes of the final curvature, too', async () => {
    const fresh = await create()
    const [columns, rows] = [300, 203]
    const objective = { ...defaultObjective, samples: seededSamples(40, 3) }
    const axes = { w: [-6, 10, columns], b: [-8, 8, rows] } as const
    const seen: { nodeStep: number; values: Promise<Float32Array> }[] = []
    const surface = await fresh.surface(
      { objective, ...axes, learningRate: 10 },
      {
        onCoarse: (partial) =>
          seen.push({ nodeStep: partial.nodeStep, values: partial.readCurvature(0, rows) }),
      },
    )
    expect(seen.map(({ nodeStep }) => nodeStep)).toEqual([2])
    const [coarse, final] = [await seen[0].values, await surface.readCurvature(0, rows)]
    for (let row = 0; row < nodesTaken(rows, 2); row++) {
      for (let column = 0; column < nodesTaken(columns, 2); column++) {
        const at = (nodeTaken(rows, 2, row) * columns + nodeTaken(columns, 2, column)) * 4
        if (coarse[at + 3] !== final[at + 3])
          expect(coarse[at + 3], `cell ${at / 4}`).toBe(final[at + 3])
      }
    }
    surface.dispose()
    fresh.dispose()
  })

  test('a coarse pass shows nodes of the final grid, in the same surface', async () => {
    const fresh = await create()
    const [columns, rows] = [300, 203]
    // Enough work for a coarse pass on an engine that has measured nothing yet.
    const objective = { ...defaultObjective, samples: seededSamples(40, 3) }
    const job: GridJob = { objective, w: [-6, 10, columns], b: [-8, 8, rows] }
    const seen: { nodeStep: number; lowest: number; cells: Promise<Float32Array> }[] = []
    const partials: unknown[] = []
    const surface = await fresh.surface(job, {
      onCoarse(partial) {
        const { nodeStep, lowest } = partial
        seen.push({ nodeStep, lowest, cells: partial.readRows(0, rows) })
        partials.push(partial)
      },
    })
    expect(partials).toEqual([surface])
    const [{ nodeStep, lowest }] = seen
    expect(nodeStep).toBe(2)
    const [coarse, final] = [await seen[0].cells, await surface.readRows(0, rows)]
    const taken: number[] = []
    for (let row = 0; row < nodesTaken(rows, 2); row++) {
      for (let column = 0; column < nodesTaken(columns, 2); column++) {
        const at = (nodeTaken(rows, 2, row) * columns + nodeTaken(columns, 2, column)) * 4
        taken.push(coarse[at])
        if (coarse[at] !== final[at]) expect(coarse[at], `cell ${at / 4}`).toBe(final[at])
      }
    }
    expect(lowest).toBe(Math.min(...taken))
    expect(surface.nodeStep).toBe(1)
    fresh.dispose()
  })

  test.for(lossNames)('crowd, %s: every step is permitted', async (loss) => {
    await expectSteps(descentJob({ ...defaultObjective, loss }))
  })

  test.for([1e-4, 1000])('crowd at rate %d: every step is permitted', async (learningRate) => {
    await expectSteps({ ...crowdJob, runner: { ...crowdJob.runner, learningRate } })
  })

  test.for([
    { kind: 'gradient', below: 1e-4 },
    { kind: 'loss', below: 0.05 },
  ] as const)('stop rule $kind: a trajectory that rests, rests to the end', async (stop) => {
    const { positions, recordedSteps } = await derived.descend(engine, {
      ...crowdJob,
      stop,
      steps: 150,
    })
    expect(recordedSteps).toHaveLength(151)
    let resting = 0
    for (let i = 0; i < 301; i++) {
      const path = positions.subarray(i * 302, (i + 1) * 302)
      const restsAt = (k: number) => path[k] === path[k + 2] && path[k + 1] === path[k + 3]
      let first = 0
      while (first < 300 && !restsAt(first)) first += 2
      for (let k = first; k < 300; k += 2)
        if (!restsAt(k)) expect.fail(`${i} moves again at ${k / 2}`)
      if (first < 300) resting++
    }
    expect(resting).toBeGreaterThan(0)
    expect(resting).toBeLessThan(301)
  })

  test('descend: positions[(trajectory * records + record) * 2 + k]', async () => {
    const job = { ...crowdJob, stride: 10 }
    const { positions, recordedSteps } = await derived.descend(engine, job)
    expect([...recordedSteps]).toEqual([0, 10, 20, 30, 40, 41])
    const crowd = await engine.crowd(job)
    const byRecord = await crowd.read()
    expect(positions).toHaveLength(byRecord.length)
    for (let i = 0; i < 301; i++) {
      for (let record = 0; record < 6; record++) {
        const at = (record * 301 + i) * 2
        const here = (i * 6 + record) * 2
        expect(positions.slice(here, here + 2)).toEqual(byRecord.slice(at, at + 2))
      }
    }
    assertSameBits(byRecord.slice(0, 602), job.starts, 'Record 0')
    crowd.dispose()
  })

  test('seek shows any step, bit for bit as a crowd of stride 1 has it', async () => {
    const every = await (await engine.crowd(crowdJob)).read()
    const at = (step: number) => every.slice(step * 602, (step + 1) * 602)
    const sparse = await engine.crowd({ ...crowdJob, stride: 7 })
    expect(recordCount(sparse.recording)).toBe(7)
    for (const step of [41, 0, 1, 6, 7, 8, 20, 35, 36, 40, 41]) {
      await sparse.seek(step)
      assertSameBits(await readHeads(engine, sparse), at(step), `Step ${step}`)
    }
    await sparse.seek(13)
    const { before, after } = await sparse.stepPair(29, 100)
    assertSameBits(Float32Array.from(before), at(29).slice(0, 200), 'Step 29')
    assertSameBits(Float32Array.from(after), at(30).slice(0, 200), 'Step 30')
    assertSameBits(await readHeads(engine, sparse), at(13), 'The heads after stepPair')
    sparse.dispose()
  })

  test('losses of records are permitted; the band is theirs, against sorting', async () => {
    const job = { ...crowdJob, stride: 3 }
    const crowd = await engine.crowd(job)
    const records = evenRecords(crowd.recording, 256)
    const losses = await crowd.losses(301, records)
    const positions = kind === 'cpu' ? descend(job) : await crowd.read()
    const objective = createObjective(job.objective)
    const permitted = createObjectiveInterval(job.objective)
    expectPermitted(losses, (i) => {
      const [w, b] = positions.subarray(2 * i)
      // The CPU engine's places are no f32: its losses are the oracle's, rounded once.
      const exact = Math.fround(objective.loss(w, b))
      const interval = kind === 'cpu' ? { lo: exact, hi: exact } : permitted.loss(w, b)
      return { oracle: kind === 'cpu' ? exact : objective.loss(w, b), interval, what: `loss ${i}` }
    })
    const { steps, low, median, high } = await lossBand(crowd)
    expect([...steps]).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 41])
    for (let k = 0; k < steps.length; k++) {
      const sorted = losses.slice(k * 301, (k + 1) * 301).sort()
      expect([low[k], median[k], high[k]], `step ${steps[k]}`).toEqual([
        sorted[30],
        sorted[150],
        sorted[270],
      ])
    }
    crowd.dispose()
  })
})
