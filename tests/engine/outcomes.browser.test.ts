/** Maps of outcomes by both engines: layout, coarse passes, cancelling, memory. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { classify } from '../../src/engine/derivedResults'
import type { Engine, OutcomeMap } from '../../src/engine/engine'
import type { GpuEngine } from '../../src/engine/gpuEngine'
import { nodesTaken, nodeTaken } from '../../src/model/grid'
import { classifyRows, rowsOfMap } from '../../src/model/outcomes/classify'
import { noArrival, noMinimum, outcomeCodes } from '../../src/model/outcomes/outcome'
import { seededSamples } from '../gpu/cases'
import { outcomeCases, outcomeJob } from '../gpu/outcomeCases'
import { engines } from './engines'

const plane = (columns: number, rows: number) =>
  [
    { name: 'w', range: [-6, 10, columns] },
    { name: 'b', range: [-8, 8, rows] },
  ] as const

describe.for(engines)('$kind engine', ({ kind, create }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await create()
  })
  afterAll(() => engine.dispose())

  // A descent frozen in f32 goes on in f64.
  const shared = outcomeCases.filter(({ outcome }) => kind === 'gpu' || outcome !== 'frozen')

  test.for(shared)('$name: $outcome', async ({ outcome, minimum = noMinimum, job }) => {
    const found = await classify(engine, job)
    expect(found.outcome[0]).toBe(outcomeCodes[outcome])
    expect(found.minimum[0]).toBe(minimum)
    expect(found.arrivalStep[0] === noArrival).toBe(outcome !== 'minimum')
    expect(found.finalLoss).toHaveLength(4)
  })

  test('more columns than rows, many samples, an axis of rates by rows', async () => {
    const job = outcomeJob({
      objective: { kind: 'neuron', samples: seededSamples(40, 3), loss: 'mean' },
      axes: [
        { name: 'b', range: [-4, 4, 23] },
        { name: 'log10Rate', range: [-1, 1, 7] },
      ],
      start: [1, 0],
      steps: 50,
    })
    const { outcome, minimum } = await classify(engine, job)
    const wanted = classifyRows(job, 0, 7)
    const codes = wanted.filter((_, i) => i % 4 === 0)
    expect([...outcome]).toEqual([...codes])
    expect([...minimum]).toEqual([...wanted.filter((_, i) => i % 4 === 1)])
    expect(new Set(codes).size).toBeGreaterThan(1)
  })

  test('rows of a map alone are those of the whole, bit for bit', async () => {
    const rows = { name: 'log10Rate', range: [-1, 1.3, 19] } as const
    for (const axes of [plane(31, 19), [plane(31, 2)[0], rows]] as const) {
      const job = outcomeJob({ axes, steps: 90, start: [0, -0.23] })
      const whole = await classify(engine, job)
      for (const [first, last] of [
        [0, 1],
        [1, 12],
        [18, 19],
      ]) {
        const part = await classify(engine, rowsOfMap(job, first, last))
        for (const name of ['outcome', 'minimum', 'arrivalStep', 'finalLoss'] as const) {
          expect(part[name], name).toEqual(whole[name].slice(first * 31, last * 31))
        }
      }
    }
  })

  test('a coarse map comes first, and its nodes are those of the final one', async () => {
    const fresh = await create()
    const [columns, rows] = [160, 150]
    const job = outcomeJob({ axes: plane(columns, rows), steps: 120 })
    const seen: { map: OutcomeMap; nodeStep: number; cells: Promise<Float32Array> }[] = []
    const map = await fresh.outcomeMap(job, {
      onCoarse: (partial) =>
        seen.push({ map: partial, nodeStep: partial.nodeStep, cells: partial.read() }),
    })
    expect(seen.map((each) => each.map)).toEqual([map])
    const [{ nodeStep }] = seen
    expect(nodeStep).toBeGreaterThan(1)
    const [coarse, final] = [await seen[0].cells, await map.read()]
    for (let row = 0; row < nodesTaken(rows, nodeStep); row++) {
      for (let column = 0; column < nodesTaken(columns, nodeStep); column++) {
        const node = nodeTaken(rows, nodeStep, row) * columns + nodeTaken(columns, nodeStep, column)
        const [found, wanted] = [coarse, final].map((cells) => [
          ...cells.subarray(node * 4, node * 4 + 4),
        ])
        if (found.some((value, i) => value !== wanted[i])) expect(found).toEqual(wanted)
      }
    }
    expect([map.nodeStep, map.finishedRows]).toEqual([1, rows])
    map.dispose()
    fresh.dispose()
  })

  test('progress grows to 1', async () => {
    const shares: number[] = []
    const job = outcomeJob({ axes: plane(96, 96), steps: 400 })
    const map = await engine.outcomeMap(job, { onProgress: (share) => shares.push(share) })
    expect(shares.length).toBeGreaterThan(1)
    expect(shares).toEqual([...shares].sort((one, other) => one - other))
    expect(shares.at(-1)).toBe(1)
    map.dispose()
  })

  test('cancelled at random moments and begun again, the map is that of one go', async () => {
    const job = outcomeJob({ axes: plane(64, 64), steps: 100 })
    const whole = await (await engine.outcomeMap(job)).read()
    let cancelled = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.boolean(), async (turns, coarse) => {
        const controller = new AbortController()
        const held: OutcomeMap[] = []
        const first = engine.outcomeMap(job, {
          signal: controller.signal,
          coarseSignal: controller.signal,
          ...(coarse && { onCoarse: (partial) => held.push(partial) }),
        })
        const ended = first.then(
          (map) => map.dispose(),
          () => {
            cancelled++
            for (const map of held) map.dispose()
          },
        )
        for (let i = 0; i < turns; i++) await new Promise((resolve) => setTimeout(resolve))
        controller.abort(new Error('Cancelled.'))
        const again = await engine.outcomeMap(job)
        const cells = await again.read()
        again.dispose()
        await ended
        const at = cells.findIndex((value, i) => value !== whole[i])
        expect(at).toBe(-1)
      }),
      { seed: 1, numRuns: 100 },
    )
    expect(cancelled).toBeGreaterThan(20)
  })
})

test('a map of 1,024 x 1,024 needs under 64 MiB of the GPU, and no more when made again', async () => {
  const engine = await engines[0].create()
  const { device } = engine as GpuEngine
  let held = 0
  let most = 0
  const count = (bytes: number, resource: { destroy(): undefined }) => {
    held += bytes
    most = Math.max(most, held)
    const destroy = resource.destroy.bind(resource)
    resource.destroy = () => {
      held -= bytes
      destroy()
    }
  }
  const [createBuffer, createTexture] = [device.createBuffer, device.createTexture]
  device.createBuffer = (descriptor) => {
    const buffer = createBuffer.call(device, descriptor)
    count(descriptor.size, buffer)
    return buffer
  }
  device.createTexture = (descriptor) => {
    const texture = createTexture.call(device, descriptor)
    count(texture.width * texture.height * 16, texture)
    return texture
  }
  const job = outcomeJob({ axes: plane(1024, 1024), steps: 2 })
  const after: number[] = []
  for (let i = 0; i < 3; i++) {
    const map = await engine.outcomeMap(job)
    map.dispose()
    after.push(held)
  }
  expect(most).toBeGreaterThan(16 * 2 ** 20)
  expect(most).toBeLessThan(64 * 2 ** 20)
  expect(new Set(after).size).toBe(1)
  engine.dispose()
})
