/** Tests what the lens of one step says and lays on the map, from settings and results. */
import { expect, test } from 'vitest'
import {
  angleSentence,
  factorText,
  stepSentence,
  warmUpSentence,
} from '../../../src/lenses/why/sentences'
import { slicesThrough } from '../../../src/lenses/why/slicePlots'
import { cubicAndSquare } from '../../../src/model/cubicAndSquare'
import { descend } from '../../../src/model/descent'
import type { LossName } from '../../../src/model/loss'
import { type Magnified, magnify } from '../../../src/model/step/magnifier'
import { type Run, untilAway } from '../../../src/results/jobsOf'
import { Latest } from '../../../src/results/latest'
import { defaults } from '../../../src/settings/settings'
import { shownDescents } from '../../../src/settings/shown'
import { defaultObjective } from '../../gpu/cases'

const look = (
  place: readonly [number, number],
  learningRate: number,
  angle = 180,
  loss: LossName = 'mean',
): Magnified =>
  magnify({
    objective: { ...defaultObjective, loss },
    place: { w: place[0], b: place[1] },
    learningRate,
    angle,
  })

test('across the gradient the first order is exactly none, and no sentence contradicts itself', () => {
  for (const angle of [90, 270]) {
    const magnified = look([-2, 4], 10, angle)
    expect(magnified.step.firstOrder).toBe(0)
    expect(magnified.byAngle.firstOrder[angle]).toBe(0)
    expect(stepSentence(magnified)).toContain('the first order says nothing')
  }
  // Downhill at first or not: of a step that falls, none says that it does not.
  for (let angle = 0; angle <= 360; angle += 7) {
    const magnified = look([-2, 4], 300, angle)
    const sentence = stepSentence(magnified)
    expect(sentence).not.toContain('No step')
    if (magnified.largest === 0) expect(sentence).toContain('Short steps this way do not lower')
    expect(sentence.includes('falls by')).toBe(magnified.step.actual < 0)
  }
})

test('where the gradient is as good as zero, the step changes nothing', () => {
  const samples = [
    [300, 0.2],
    [400, 0.8],
  ] as const
  const objective = { kind: 'neuron', samples, loss: 'mean' } as const
  const magnified = magnify({ objective, place: { w: -2, b: 4 }, learningRate: 10, angle: 180 })
  expect(Math.hypot(...magnified.step.gradient)).toBeGreaterThan(0)
  expect(stepSentence(magnified)).toBe(
    'The gradient is as good as zero here: the step changes nothing.',
  )
})

test('if every direction raises the loss, the best of them only raises it least', () => {
  const magnified = look([2, 0.3], 1000)
  const { best, change } = magnified.byAngle
  expect(Math.min(...change)).toBeGreaterThan(0)
  expect(angleSentence(magnified)).toContain(`none lowers the loss; ${best}° raises it least`)
  for (const rate of [0.1, 1, 10, 100, 1000]) {
    for (const loss of ['mean', 'crossEntropy'] as const) {
      expect(angleSentence(look([1, 0], rate, 180, loss))).not.toContain('by −')
    }
  }
})

test('the factor of the loss is named for each convention', () => {
  expect(factorText('mean', 5)).toContain('2/5, as L = 1/5')
  expect(factorText('half', 5)).toContain('times 1, as L = 1/2')
  expect(factorText('crossEntropy', 7)).toContain('1/7')
})

const warmUpAt = (place: readonly [number, number], rate: number, steps = 300) => {
  const why = { ...defaults.why, part: 'cubicAndSquare', place, rate } as const
  return { ...defaults, lens: 'why', why, steps } as const
}

/** The value as the processor computes it. */
function runOn(settings: ReturnType<typeof warmUpAt>): Run {
  const { objective, start, runners, stop } = shownDescents(settings)
  const [runner] = runners
  const { steps } = settings
  const starts = Float32Array.from(start)
  const path = Float32Array.from(descend({ objective, runner, stop, steps, stride: 1, starts }))
  const values = Array.from({ length: steps + 1 }, (_, i) =>
    cubicAndSquare(path[2 * i], path[2 * i + 1]),
  )
  return untilAway({ objective, runner, path, losses: Float32Array.from(values) })
}

const warmUp = (...where: Parameters<typeof warmUpAt>) => {
  const settings = warmUpAt(...where)
  return warmUpSentence(settings, runOn(settings))
}

test('a run on w^3 + b^2 ends at the step that takes it past -6, and else has all steps', () => {
  for (const [start, rate] of [
    [[-0.5, 1], 0.1],
    [[1, 1], 0.5],
  ] as const) {
    const { path, losses } = runOn(warmUpAt(start, rate, 1000))
    expect(losses.length).toBeLessThan(1000)
    expect(path).toHaveLength(2 * losses.length)
    expect(path[path.length - 2]).toBeLessThan(-6)
    expect(path[path.length - 4]).toBeGreaterThanOrEqual(-6)
    expect(losses.every(Number.isFinite)).toBe(true)
    expect(losses[losses.length - 1]).toBeLessThan(losses[losses.length - 2])
  }
  expect(runOn(warmUpAt([1, 1], 0.1, 40)).losses).toHaveLength(41)
})

test('both slices go through the place, over all of the view', () => {
  const { at, value, slices } = slicesThrough([0.5, -1])
  expect(at).toEqual([0.5, -1])
  for (const [axis, slice] of slices.entries()) {
    expect([slice.x[0], slice.x[64]]).toEqual([-2, 2])
    expect(slice.value[slice.x.indexOf(at[axis])]).toBe(value)
  }
})

test('how the descent on w^3 + b^2 ends is told as it is', () => {
  expect(warmUp([-1, 1], 0.1)).toContain('has run away after')
  expect(warmUp([-1, 1], 0.1)).toContain('It starts at w = −1')
  expect(warmUp([1.9, 1], 0.5)).toContain('past w = 0')
  // Left of 0 and slow: not there yet, but on its way.
  expect(warmUp([-0.5, 1], 0.001)).toContain('going ever faster')
  expect(warmUp([0.3, 1], 1)).toContain('jumps from side to side')
  expect(warmUp([0, 0], 0.1)).toContain('stays at (0, 0)')
  expect(warmUp([1, 1], 0.1)).toContain('creeps towards (0, 0)')
})

test('the job under way can be waited for, though a newer one is wanted', async () => {
  const result = new Latest<number>({ onValue() {}, onProgress() {}, onError() {} })
  let end: (value: number) => void = () => {}
  const first = () =>
    new Promise<number>((resolve) => {
      end = resolve
    })
  await result.next()
  result.request(first)
  result.request(() => new Promise<number>(() => {}))
  let isOver = false
  const next = result.next().then(() => {
    isOver = true
  })
  await Promise.resolve()
  expect(isOver).toBe(false)
  end(1)
  await next
  expect(result.value).toBe(1)
  expect(result.isComplete).toBe(false)
  expect(result.isRunning).toBe(true)
})
