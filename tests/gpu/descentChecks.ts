/** Checks stepTrajectories, loadRecord and traceLosses. */
import { traceLosses } from '../../src/gpu/traceLosses'
import type { DescentJob } from '../../src/model/descent'
import { createObjective } from '../../src/model/objective'
import { createObjectiveInterval } from '../../src/model/permitted/objectiveInterval'
import { recordCount } from '../../src/model/recording'
import {
  cubicAndSquare,
  defaultObjective,
  descentJob,
  lossNames,
  seededPlaces,
  seededSamples,
} from './cases'
import { assert, assertSameBits, check, contextOf, crowdOf, type KernelCheck, say } from './check'
import { expectPermitted } from './compare'
import { checkSteps } from './oracle'

const steps = lossNames.flatMap((loss) =>
  [1e-4, 10, 1000].map((learningRate) =>
    check(`stepTrajectories, ${loss}, rate ${learningRate}`, async (device) => {
      const runner = { rule: { name: 'gradientDescent' }, learningRate } as const
      const job = descentJob({ ...defaultObjective, loss }, { runner })
      return say(await checkSteps(await crowdOf(contextOf(device), job)))
    }),
  ),
)

/** Runs away from w < 0: f32 still holds a number after the sixth step, but not after the ninth. */
const withoutData = [0.02, 0.1].map((learningRate) =>
  check(`stepTrajectories, w³ + b², rate ${learningRate}`, async (device) => {
    const runner = { rule: { name: 'gradientDescent' }, learningRate } as const
    const job = descentJob(cubicAndSquare, { runner, steps: 6, starts: seededPlaces(64, 2, 3) })
    return say(await checkSteps(await crowdOf(contextOf(device), job)))
  }),
)

const manySamples = check('stepTrajectories, 1024 samples', async (device) => {
  const objective = { ...defaultObjective, samples: seededSamples(1024, 2) }
  const job = descentJob(objective, { steps: 5, starts: seededPlaces(8, 8, 1) })
  return say(await checkSteps(await crowdOf(contextOf(device), job)))
})

const sameBits = check(
  'records, slices and recomputed steps give the same bits',
  async (device) => {
    const job = descentJob(defaultObjective, { steps: 50, starts: seededPlaces(333, 8, 9) })
    const context = contextOf(device)
    const every = await (await crowdOf(context, job)).read()
    const at = (step: number) => every.subarray(step * 333 * 2, (step + 1) * 333 * 2)
    // A budget of one loss term: every slice is one step.
    const slowly = contextOf(device)
    slowly.pacer.run = async (submit) => {
      while (submit(1) > 0);
    }
    assertSameBits(await (await crowdOf(slowly, job)).read(), every, 'In slices of one step')

    const sparse = await crowdOf(context, job, 7)
    assert(recordCount(sparse.recording) === 9, 'Every 7th of 50 steps must make 9 records.')
    const kept = await sparse.read()
    for (const [record, step] of [0, 7, 14, 21, 28, 35, 42, 49, 50].entries()) {
      const found = kept.subarray(record * 333 * 2, (record + 1) * 333 * 2)
      assertSameBits(found, at(step), `The record of step ${step}`)
    }
    for (let step = 0; step < 50; step++) {
      const { before, after } = await sparse.stepPair(step, 333)
      assertSameBits(Float32Array.from(before), at(step), `Step ${step}, recomputed`)
      assertSameBits(Float32Array.from(after), at(step + 1), `Step ${step + 1}, recomputed`)
    }
    return '333 trajectories, 50 steps, stride 7'
  },
)

const stops = (['gradient', 'loss'] as const).map((kind) =>
  check(`a descent stops where its ${kind} is below the threshold`, async (device) => {
    const below = kind === 'loss' ? 0.05 : 1e-4
    const job = descentJob(defaultObjective, { steps: 200, stop: { kind, below } })
    const stopped = await (await crowdOf(contextOf(device), job)).read()
    return stopsWhereSatisfied(job, stopped)
  }),
)

/** Checks that a stopped path moves until it is satisfied, and rests from there on. */
function stopsWhereSatisfied(job: DescentJob, positions: Float32Array): string {
  const { kind, below } = job.stop
  const objective = createObjective(job.objective)
  const gradient = new Float64Array(2)
  const measure = (w: number, b: number) => {
    objective.gradient(w, b, gradient)
    return kind === 'loss' ? objective.loss(w, b) : Math.hypot(gradient[0], gradient[1])
  }
  // So close to the threshold, rounding may decide either way: 1e-5 is some 100 ulp of f32.
  const slack = 1e-5
  const width = job.starts.length
  let resting = 0
  for (let i = 0; i < width * job.steps; i += 2) {
    const [w, b, nextW, nextB] = [0, 1, width, width + 1].map((k) => positions[i + k])
    const moved = nextW !== w || nextB !== b
    const value = measure(w, b)
    const where = `trajectory ${(i % width) / 2}, step ${Math.floor(i / width)}, ${kind} ${value}`
    if (value < below * (1 - slack)) assert(!moved, `It moves although satisfied: ${where}.`)
    if (value > below * (1 + slack)) assert(moved, `It rests although not satisfied: ${where}.`)
    if (!moved && i >= width * (job.steps - 1)) resting++
  }
  assert(resting > 0 && resting < width / 2, `${resting} of ${width / 2} rest; some must, not all.`)
  return `${resting} of ${width / 2} trajectories rest at the end`
}

const ofNeuron = check('traceLosses', (device) => traced(device, descentJob(defaultObjective)))

/** To the right of 0, where no descent runs away. */
const ofCubicAndSquare = check('traceLosses, w³ + b²', (device) => {
  const runner = { rule: { name: 'gradientDescent' }, learningRate: 0.1 } as const
  const starts = seededPlaces(64, 2, 3).map(Math.abs)
  return traced(device, descentJob(cubicAndSquare, { runner, starts }))
})

async function traced(device: GPUDevice, job: DescentJob): Promise<string> {
  const context = contextOf(device)
  const crowd = await crowdOf(context, job)
  const choice = { trajectories: 64, count: 50, chosen: 5, recordStep: 11, lastRecord: 40 }
  const { texture } = crowd.records
  assert(texture !== undefined, 'The GPU engine must give a texture.')
  const { programs } = context
  const losses = await traceLosses(device, programs, job.objective, texture as GPUTexture, choice)
  const positions = await crowd.read()
  const objective = createObjective(job.objective)
  const permitted = createObjectiveInterval(job.objective)
  return say(
    expectPermitted(losses, (i) => {
      const record = Math.min(Math.floor(i / 50) * 11, 40)
      const [w, b] = positions.subarray((record * 64 + (i % 50)) * 2)
      const what = `record ${record} of trajectory ${i % 50}`
      return { oracle: objective.loss(w, b), interval: permitted.loss(w, b), what }
    }),
  )
}

export const descentChecks: readonly KernelCheck[] = [
  ...steps,
  ...withoutData,
  manySamples,
  sameBits,
  ...stops,
  ofNeuron,
  ofCubicAndSquare,
]
