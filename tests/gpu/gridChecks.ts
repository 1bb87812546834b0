/** Checks evaluateGrid and reduceExtremes. */
import { GpuSurface } from '../../src/engine/gpuSurface'
import { type GridJob, gridNode } from '../../src/model/grid'
import { createObjectiveInterval } from '../../src/model/permitted/objectiveInterval'
import { cubicAndSquare, defaultObjective, gridJob, lossNames, seededSamples } from './cases'
import { assert, check, contextOf, type KernelCheck, type Rewrite, say, surfaceOf } from './check'
import { expectPermitted } from './compare'
import { checkSurface } from './oracle'
import sampleSums from './sampleSums.wgsl?raw'

const everyLoss = lossNames.map((loss) =>
  check(`evaluateGrid, ${loss}`, async (device) => {
    const size = loss === 'mean' ? 257 : 65
    const job = gridJob({ ...defaultObjective, loss }, size)
    return say(await checkSurface(await surfaceOf(contextOf(device), job)))
  }),
)

const everyCount = [1, 2, 16, 17, 29, 1024].map((count) =>
  check(`evaluateGrid, ${count} samples`, async (device) => {
    const job = gridJob({ ...defaultObjective, samples: seededSamples(count, 7) }, 9)
    return say(await checkSurface(await surfaceOf(contextOf(device), job)))
  }),
)

const farOut = lossNames.map((loss) =>
  check(`evaluateGrid far out, ${loss}`, async (device) => {
    const samples = [...seededSamples(3, 5), [1e6, -1e6], [-1e6, 1e6]] as const
    const job = gridJob({ ...defaultObjective, samples, loss }, 17, 1e6)
    return say(await checkSurface(await surfaceOf(contextOf(device), job)))
  }),
)

const withoutData = [2, 1e6].map((range) =>
  check(`evaluateGrid, w³ + b² up to ${range}`, async (device) => {
    const job = gridJob(cubicAndSquare, 129, range)
    return say(await checkSurface(await surfaceOf(contextOf(device), job)))
  }),
)

const unrolled = [5, 29].map((count) =>
  check(`unrolled sums against plain loops, ${count} samples`, async (device) => {
    const job = gridJob({ ...defaultObjective, samples: seededSamples(count, 11) }, 17)
    const plain: Rewrite = (part) =>
      part.file.startsWith('unrolled') ? { file: 'sampleSums', text: sampleSums } : part
    const lossesWith = async (rewrite?: Rewrite) => {
      const surface = await surfaceOf(contextOf(device, rewrite), job)
      return (await surface.readRows(0, 17)).filter((_, i) => i % 4 === 0)
    }
    const loops = await lossesWith(plain)
    const permitted = createObjectiveInterval(job.objective)
    return say(
      expectPermitted(await lossesWith(), (cell) => {
        const [w, b] = [gridNode(job.w, cell % 17), gridNode(job.b, Math.floor(cell / 17))]
        return { oracle: loops[cell], interval: permitted.loss(w, b), what: `cell ${cell}` }
      }),
    )
  }),
)

const coarse = check(
  'coarse nodes are nodes of the final grid; extremes are exact',
  async (device) => {
    const context = contextOf(device)
    // The pacer expects everything to take long, so that there is a coarse pass.
    context.pacer.expected = () => 1000
    const [columns, rows] = [300, 203]
    const job: GridJob = { objective: defaultObjective, w: [-6, 10, columns], b: [-8, 8, rows] }
    const early: { nodeStep: number; cells: Promise<Float32Array> }[] = []
    const surface = await GpuSurface.compute(context, job, {
      onCoarse(partial) {
        early.push({ nodeStep: partial.nodeStep, cells: partial.readRows(0, rows) })
      },
    })
    assert(
      early.length === 1 && early[0].nodeStep === 2,
      'There must be one coarse pass of step 2.',
    )
    const [before, after] = [await early[0].cells, await surface.readRows(0, rows)]
    const isTaken = (i: number, count: number) => i % 2 === 0 || i === count - 1
    for (let cell = 0; cell < columns * rows; cell++) {
      const taken = isTaken(cell % columns, columns) && isTaken(Math.floor(cell / columns), rows)
      const wanted = taken ? after[cell * 4] : 0
      assert(before[cell * 4] === wanted, `Cell ${cell} was ${before[cell * 4]}, not ${wanted}.`)
    }
    const losses = after.filter((_, i) => i % 4 === 0)
    const [lowest, highest] = [Math.min(...losses), Math.max(...losses)]
    assert(surface.lowest === lowest, `The lowest is ${surface.lowest}, not ${lowest}.`)
    assert(surface.highest === highest, `The highest is ${surface.highest}, not ${highest}.`)
    return `${losses.length} cells, loss ${lowest} to ${highest}`
  },
)

export const gridChecks: readonly KernelCheck[] = [
  ...everyLoss,
  ...everyCount,
  ...farOut,
  ...withoutData,
  ...unrolled,
  coarse,
]
