/** Checks evaluateGrid with a learning rate: Hessian, and the change over one step. */
import { GpuSurface } from '../../src/engine/gpuSurface'
import { type GridJob, gridNode } from '../../src/model/grid'
import type { LossName } from '../../src/model/loss'
import type { ObjectiveSpec } from '../../src/model/objective'
import { uniform } from '../../src/model/pcg'
import { createLossChangeInterval, stepInterval } from '../../src/model/permitted/changeInterval'
import { createObjectiveInterval } from '../../src/model/permitted/objectiveInterval'
import { explainStep } from '../../src/model/step/explainStep'
import { trustRatio } from '../../src/model/step/trust'
import { cubicAndSquare, defaultObjective, gridJob, lossNames, seededSamples } from './cases'
import {
  assert,
  assertSameBits,
  check,
  contextOf,
  type KernelCheck,
  type Rewrite,
  say,
  surfaceOf,
} from './check'
import { type Comparison, type Expectation, expectPermitted } from './compare'
import curvatureSums from './curvatureSums.wgsl?raw'
import { checkCurvature, checkSurface } from './oracle'
import sampleSums from './sampleSums.wgsl?raw'

const rates = [1e-4, 10, 1000]

const samplesOf = (count: number) =>
  count === 5 ? defaultObjective.samples : seededSamples(count, 7)

const curvatureJob = (objective: ObjectiveSpec, size: number, learningRate: number, range = 8) => ({
  ...gridJob(objective, size, range),
  learningRate,
})

/** Checks loss, gradient, Hessian and change at every rate. */
async function checkAtEveryRate(
  device: GPUDevice,
  objective: ObjectiveSpec,
  size: number,
  range?: number,
): Promise<Comparison> {
  const total = { count: 0, worst: 0 }
  const context = contextOf(device)
  for (const rate of rates) {
    const surface = await surfaceOf(context, curvatureJob(objective, size, rate, range))
    for (const each of [await checkSurface(surface), await checkCurvature(surface)]) {
      total.count += each.count
      total.worst = Math.max(total.worst, each.worst)
    }
    surface.dispose()
  }
  return total
}

const everyCount = lossNames.flatMap((loss) =>
  [1, 5, 16, 17, 29].map((count) =>
    check(`curvature, ${loss}, ${count} samples, rates ${rates.join(', ')}`, async (device) => {
      const objective = { ...defaultObjective, samples: samplesOf(count), loss }
      return say(await checkAtEveryRate(device, objective, count === 5 ? 65 : 17))
    }),
  ),
)

const farOut = lossNames.map((loss) =>
  check(`curvature far out, ${loss}`, async (device) => {
    const samples = [...seededSamples(3, 5), [1e6, -1e6], [-1e6, 1e6]] as const
    return say(await checkAtEveryRate(device, { ...defaultObjective, samples, loss }, 17, 1e6))
  }),
)

const withoutData = check('curvature, w³ + b²', async (device) => {
  const surface = await surfaceOf(contextOf(device), curvatureJob(cubicAndSquare, 65, 0.1, 2))
  return say(await checkCurvature(surface))
})

/** The labels of classification, for which only f0 - y and 1 - f0 are left. */
const labels = lossNames.map((loss) =>
  check(`curvature, ${loss}, labels 0 and 1`, async (device) => {
    const samples = [-2, -1, 1, 2].map((x) => [x, x > 0 ? 1 : 0] as const)
    return say(await checkAtEveryRate(device, { ...defaultObjective, samples, loss }, 17, 20))
  }),
)

/** The largest relative error of either ratio, over all nodes. */
async function worstTrust(device: GPUDevice, loss: LossName): Promise<number> {
  const learningRate = 1e-4
  const objective = { ...defaultObjective, loss }
  const job = curvatureJob(objective, 129, learningRate)
  const surface = await surfaceOf(contextOf(device), job)
  const [cells, curvature] = [await surface.readRows(0, 129), await surface.readCurvature(0, 129)]
  let worst = 0
  for (let cell = 0; cell < 129 * 129; cell++) {
    const place = { w: gridNode(job.w, cell % 129), b: gridNode(job.b, Math.floor(cell / 129)) }
    const step = explainStep(objective, { ...place, learningRate })
    const [, dw, db] = cells.subarray(cell * 4)
    const [ww, wb, bb, change] = curvature.subarray(cell * 4)
    for (const order of ['first', 'second'] as const) {
      const found = trustRatio([dw, db], { ww, wb, bb }, change, learningRate, order)
      const promised = step.firstOrder + (order === 'second' ? step.secondOrder : 0)
      const error = Math.abs(found / (step.actual / promised) - 1)
      assert(
        error <= 0.01,
        `${order} order: ${found} at w ${place.w}, b ${place.b} is off by ${error}.`,
      )
      worst = Math.max(worst, error)
    }
  }
  surface.dispose()
  return worst
}

const trust = lossNames.map((loss) =>
  check(
    `the trust map at eta 1e-4 is within 1 % of the oracle at every node, ${loss}`,
    async (device) => `worst relative error ${(await worstTrust(device, loss)).toExponential(1)}`,
  ),
)

/** Compares seeded cells' gradients with the terms that explainStep gives for each sample. */
const terms = lossNames.map((loss) =>
  check(`the terms of explainStep sum to the gradient of the kernel, ${loss}`, async (device) => {
    const objective = { ...defaultObjective, loss }
    const job = gridJob(objective, 65)
    const surface = await surfaceOf(contextOf(device), job)
    const cells = await surface.readRows(0, 65)
    const permitted = createObjectiveInterval(objective)
    const chosen = Array.from({ length: 200 }, (_, i) => Math.floor(65 * 65 * uniform(41, i)))
    const found = chosen.flatMap((cell) => [cells[cell * 4 + 1], cells[cell * 4 + 2]])
    const expected = chosen.flatMap((cell): Expectation[] => {
      const [w, b] = [gridNode(job.w, cell % 65), gridNode(job.b, Math.floor(cell / 65))]
      const step = explainStep(objective, { w, b, learningRate: 10 })
      const [dw, db] = permitted.gradient(w, b)
      const sumOf = (part: 'dw' | 'db') => step.terms.reduce((sum, term) => sum + term[part], 0)
      return [
        { oracle: sumOf('dw'), interval: dw, what: `dL/dw at w ${w}, b ${b}` },
        { oracle: sumOf('db'), interval: db, what: `dL/db at w ${w}, b ${b}` },
      ]
    })
    return say(expectPermitted(found, (i) => expected[i]))
  }),
)

const unrolled = lossNames.flatMap((loss) =>
  [5, 29].map((count) =>
    check(`curvature, unrolled against plain loops, ${loss}, ${count} samples`, async (device) => {
      const objective = { ...defaultObjective, samples: seededSamples(count, 11), loss }
      const job = curvatureJob(objective, 17, 10)
      const loops = { file: 'loops', text: `${sampleSums}\n${curvatureSums}` }
      let replaced = 0
      const plain: Rewrite = (part) => {
        if (!part.file.startsWith('unrolled')) return part
        replaced++
        return loops
      }
      const readWith = async (rewrite?: Rewrite) => {
        const surface = await surfaceOf(contextOf(device, rewrite), job)
        return {
          cells: await surface.readRows(0, 17),
          curvature: await surface.readCurvature(0, 17),
        }
      }
      const [byLoops, found] = [await readWith(plain), await readWith()]
      assert(replaced === 1, `The loops took the place of ${replaced} parts; it must be 1.`)
      const permitted = createObjectiveInterval(objective)
      const permittedChange = createLossChangeInterval(objective)
      return say(
        expectPermitted(found.curvature, (i) => {
          const cell = Math.floor(i / 4)
          const [w, b] = [gridNode(job.w, cell % 17), gridNode(job.b, Math.floor(cell / 17))]
          const [, dw, db] = found.cells.subarray(cell * 4)
          const change = permittedChange(w, b, stepInterval(10, [dw, db]))
          const intervals = [...permitted.hessian(w, b), change]
          const interval = intervals[i % 4]
          return { oracle: byLoops.curvature[i], interval, what: `number ${i % 4} of cell ${cell}` }
        }),
      )
    }),
  ),
)

const alone = check(
  'with a learning rate, loss and gradient have the same bits',
  async (device) => {
    const context = contextOf(device)
    const [without, withRate] = [
      await surfaceOf(context, gridJob(defaultObjective, 65)),
      await surfaceOf(context, curvatureJob(defaultObjective, 65, 10)),
    ]
    assert(without.curvature === null, 'Without a learning rate there must be no curvature.')
    const refusal = await without.readCurvature(0, 1).catch((reason: Error) => reason.message)
    assert(String(refusal).includes('learningRate'), `The sentence must say why: ${refusal}`)
    assertSameBits(await withRate.readRows(0, 65), await without.readRows(0, 65), 'Cells')
    const [a, b] = [without, withRate].map(({ lowest, highest }) => `${lowest} to ${highest}`)
    assert(a === b, `The extremes are ${b}, not ${a}.`)
    return `loss ${a}`
  },
)

const coarse = check('curvature: coarse nodes are nodes of the final grid', async (device) => {
  const context = contextOf(device)
  // The pacer expects everything to take long, so that there is a coarse pass.
  context.pacer.expected = () => 1000
  const [columns, rows] = [300, 203]
  const axes = { w: [-6, 10, columns], b: [-8, 8, rows] } as const
  const job: GridJob = { objective: defaultObjective, ...axes, learningRate: 10 }
  const early: Promise<Float32Array>[] = []
  const surface = await GpuSurface.compute(context, job, {
    onCoarse: (partial) => early.push(partial.readCurvature(0, rows)),
  })
  assert(early.length === 1, 'There must be one coarse pass.')
  const [before, after] = [await early[0], await surface.readCurvature(0, rows)]
  const isTaken = (i: number, count: number) => i % 2 === 0 || i === count - 1
  for (let cell = 0; cell < columns * rows; cell++) {
    const taken = isTaken(cell % columns, columns) && isTaken(Math.floor(cell / columns), rows)
    const at = cell * 4 + 3
    const wanted = taken ? after[at] : 0
    assert(before[at] === wanted, `The change in cell ${cell} was ${before[at]}, not ${wanted}.`)
  }
  const [first, second] = [surface.plane.texture, surface.curvature?.texture]
  assert(first !== second, 'Cells and curvature must be two textures.')
  surface.dispose()
  const again = await GpuSurface.compute(context, job, {})
  const reused = again.plane.width === columns && again.curvature?.width === columns
  assert(reused, 'A second surface must take the planes of the first.')
  assertSameBits(await again.readCurvature(0, rows), after, 'The second curvature')
  return `${columns * rows} cells`
})

export const curvatureChecks: readonly KernelCheck[] = [
  ...everyCount,
  ...farOut,
  withoutData,
  ...labels,
  ...trust,
  ...terms,
  ...unrolled,
  alone,
  coarse,
]
