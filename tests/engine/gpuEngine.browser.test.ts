/** The GPU engine alone has a device, textures of many rows, and a million descents. */
import { expect, test } from 'vitest'
import { GpuEngine } from '../../src/engine/gpuEngine'
import { requestGpu } from '../../src/gpu/device'
import { defaultObjective, descentJob, gridJob, seededPlaces } from '../gpu/cases'
import { assertSameBits } from '../gpu/check'
import { checkSteps } from '../gpu/oracle'
import { outcomeJob } from '../gpu/outcomeCases'
import { readHeads } from './engines'

const million = 1_048_576

test('1,048,576 starts: every record in place, and steps permitted in a sample of them', async () => {
  const engine = new GpuEngine(await requestGpu(navigator.gpu))
  const problems: string[] = []
  engine.device.addEventListener('uncapturederror', ({ error }) => {
    problems.push(error.message)
  })
  const job = descentJob(defaultObjective, { starts: seededPlaces(million, 8, 4), steps: 2 })
  const crowd = await engine.crowd(job)
  expect(crowd.finished).toBe(million)
  expect(crowd.recording).toEqual({ steps: 2, stride: 1 })
  const positions = await crowd.read()
  expect(positions).toHaveLength(3 * 2 * million)
  assertSameBits(positions.slice(0, 2 * million), job.starts, 'The starts')
  // Every 997th trajectory and the last, as a crowd of their own.
  const chosen = Array.from({ length: Math.ceil(million / 997) }, (_, k) => k * 997)
  chosen.push(million - 1)
  const sample = Float32Array.from(
    [0, 1, 2].flatMap((record) =>
      chosen.flatMap((i) => [...positions.subarray((record * million + i) * 2).slice(0, 2)]),
    ),
  )
  const starts = sample.slice(0, 2 * chosen.length)
  const { count } = await checkSteps({ job: { ...job, starts }, read: async () => sample })
  expect(count).toBe(2 * 2 * chosen.length)
  await crowd.seek(1)
  const wanted = positions.slice(2 * million, 4 * million)
  assertSameBits(await readHeads(engine, crowd), wanted, 'The heads at step 1')
  expect(problems, 'errors outside of any error scope').toEqual([])
  crowd.dispose()
  engine.dispose()
})

test('a device that is lost: lost resolves, and every job rejects', async () => {
  const engine = new GpuEngine(await requestGpu(navigator.gpu))
  engine.device.destroy()
  await expect(engine.lost).resolves.toMatch(/^The graphics device was lost: /)
  await expect(engine.surface(gridJob(defaultObjective, 9))).rejects.toThrow()
  await expect(engine.crowd(descentJob(defaultObjective))).rejects.toThrow()
})

test('requestGpu: without WebGPU, or without an adapter, a sentence says so', async () => {
  await expect(requestGpu(undefined)).rejects.toThrow('This browser does not offer WebGPU.')
  // The one method that is called, in place of the whole interface.
  const none = { requestAdapter: async () => null } as unknown as GPU
  await expect(requestGpu(none)).rejects.toThrow('WebGPU found no graphics adapter it can use.')
})

/** Submissions of a slice: its own, and two marks of the clock. */
const ofSlice = 3

test('a far step of a rule with a state is reached in slices, and the newest one counts', async () => {
  const engine = new GpuEngine(await requestGpu(navigator.gpu))
  const { queue } = engine.device
  const rule = { name: 'momentum', gamma: 0.9 } as const
  const job = descentJob(defaultObjective, {
    starts: seededPlaces(4096, 8, 2),
    steps: 6000,
    runner: { rule, learningRate: 2 },
  })
  const crowd = await engine.crowd({ ...job, stride: 6000 })
  const last = (await crowd.read()).slice(2 * 4096)
  let submits = 0
  const submit = queue.submit.bind(queue)
  queue.submit = (buffers) => {
    submits++
    return submit(buffers)
  }
  const far = crowd.seek(6000)
  // The rest waits for its turn, between frames.
  expect(submits).toBeLessThan(4 * ofSlice)
  await far
  expect(submits).toBeGreaterThan(4 * ofSlice)
  assertSameBits(await readHeads(engine, crowd), last, 'The heads at the last step')
  await crowd.seek(7)
  const near = await readHeads(engine, crowd)
  const [first, second] = [crowd.seek(6000), crowd.seek(7)]
  await Promise.all([first, second])
  assertSameBits(await readHeads(engine, crowd), near, 'The heads of the newest step')
  // The check by the oracle goes as far, with states of its own.
  submits = 0
  const { after } = await crowd.stepPair(5999, 4096)
  expect(submits).toBeGreaterThan(4 * ofSlice)
  const places = Float32Array.from(after).filter((_, i) => i % 4 < 2)
  assertSameBits(places, last, 'The states of the last step')
  assertSameBits(await readHeads(engine, crowd), near, 'The heads after a check')
  crowd.dispose()
  engine.dispose()
})

test('a crowd for which there is no room is refused in a sentence, and the next one computed', async () => {
  const engine = new GpuEngine(await requestGpu(navigator.gpu))
  const { device } = engine
  const pop = device.popErrorScope.bind(device)
  device.popErrorScope = () => pop().then(() => new GPUOutOfMemoryError('no memory'))
  const job = descentJob(defaultObjective, { starts: seededPlaces(5000, 8, 2), steps: 50 })
  await expect(engine.crowd(job)).rejects.toThrow(
    'The GPU has no room for 5,000 descents: their records take 3 MB. Ask for fewer starts, or for the engine CPU.',
  )
  device.popErrorScope = pop
  const crowd = await engine.crowd(job)
  expect(crowd.finished).toBe(5000)
  crowd.dispose()
  engine.dispose()
})

test('a crowd that is disposed of may be sought and disposed of again', async () => {
  const engine = new GpuEngine(await requestGpu(navigator.gpu))
  const problems: string[] = []
  engine.device.addEventListener('uncapturederror', ({ error }) => {
    problems.push(error.message)
  })
  const crowd = await engine.crowd(descentJob(defaultObjective))
  crowd.dispose()
  await crowd.seek(3)
  crowd.dispose()
  await engine.device.queue.onSubmittedWorkDone()
  expect(problems).toEqual([])
  engine.dispose()
})

test('a disposed result is no longer read, and is in no submission', async () => {
  const engine = new GpuEngine(await requestGpu(navigator.gpu))
  const problems: string[] = []
  engine.device.addEventListener('uncapturederror', ({ error }) => {
    problems.push(error.message)
  })
  const crowd = await engine.crowd(descentJob(defaultObjective))
  const surface = await engine.surface({ ...gridJob(defaultObjective, 9), learningRate: 1 })
  const map = await engine.outcomeMap(outcomeJob())
  for (const each of [crowd, surface, map]) each.dispose()
  const records = { recordStep: 1, chosen: 2, lastRecord: 1 }
  const questions = [
    () => crowd.stepPair(0, 1),
    () => crowd.read(),
    () => crowd.losses(1, records),
    () => surface.readRows(0, 1),
    () => surface.readCurvature(0, 1),
    () => map.read(),
  ]
  for (const ask of questions) await expect(ask()).rejects.toThrow('has been disposed of')
  await engine.device.queue.onSubmittedWorkDone()
  expect(problems).toEqual([])
  engine.dispose()
})
