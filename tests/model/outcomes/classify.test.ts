/** Tests where descents end, by the oracle. */
import { expect, test } from 'vitest'
import { createObjective } from '../../../src/model/objective'
import { classifyRows, outcomeNode, outcomeNodes } from '../../../src/model/outcomes/classify'
import { noMinimum, type OutcomeJob, outcomeCodes } from '../../../src/model/outcomes/outcome'
import { cycles, jobAt, outcomeCases, outcomeJob } from '../../gpu/outcomeCases'

function first(job: OutcomeJob) {
  const [code, minimum, arrivalStep, finalLoss] = classifyRows(job, 0, 1, 1, 'f32')
  return { code, minimum, arrivalStep, finalLoss }
}

test.for(outcomeCases)('$name: $outcome', ({ job, outcome, minimum = noMinimum }) => {
  expect(first(job)).toMatchObject({ code: outcomeCodes[outcome], minimum })
})

test('each class is reached by a case', () => {
  const reached = new Set(outcomeCases.map(({ outcome }) => outcome))
  expect([...reached].sort()).toEqual(Object.keys(outcomeCodes).sort())
})

test.for(cycles)('the cycle of $period steps is one', ({ learningRate, y, period }) => {
  const objective = createObjective({ kind: 'neuron', samples: [[0, y]], loss: 'mean' })
  const gradient = new Float64Array(2)
  const path = [1]
  for (let step = 0; step < 2000; step++) {
    objective.gradient(0, path[step], gradient)
    path.push(path[step] - learningRate * gradient[1])
  }
  const back = (steps: number) => Math.abs(path[2000] - path[2000 - steps])
  expect(back(period)).toBeLessThan(1e-9)
  for (let shorter = 1; shorter < period; shorter++) expect(back(shorter)).toBeGreaterThan(0.01)
})

test('a start on a minimum that holds arrives at step 0', () => {
  const [minimum] = outcomeJob().targets
  const found = first(jobAt(minimum.w, minimum.b, { learningRate: 2 }))
  expect(found).toMatchObject({ code: outcomeCodes.minimum, minimum: 0, arrivalStep: 0 })
})

test('a start on a saddle is not called a minimum', () => {
  const saddle = outcomeJob().targets.find(({ isMinimum }) => !isMinimum)
  if (!saddle) throw new Error('The default data have a saddle.')
  for (const learningRate of [1e-4, 0.1, 2, 10]) {
    expect(first(jobAt(saddle.w, saddle.b, { learningRate, steps: 100 })).minimum).toBe(noMinimum)
  }
})

test('a minimum whose stability limit is exceeded takes no start', () => {
  const job = outcomeJob({ learningRate: 19 })
  expect(19 * job.targets[0].largest).toBeGreaterThan(2)
  const cells = classifyRows(job, 0, 64)
  const minima = cells.filter((_, i) => i % 4 === 1)
  expect(minima).not.toContain(0)
  expect(minima.filter((minimum) => minimum === 1).length).toBeGreaterThan(2000)
})

test('the step of arrival is the first of the final stay', () => {
  const job = jobAt(6, 0)
  const { arrivalStep } = first(job)
  const { w, b, radius } = job.targets[1]
  const objective = createObjective(job.objective)
  const gradient = new Float64Array(2)
  const theta = [6, 0]
  let lastOutside = -1
  for (let step = 0; step <= job.steps; step++) {
    if (Math.hypot(theta[0] - w, theta[1] - b) > radius) lastOutside = step
    objective.gradient(theta[0], theta[1], gradient)
    theta[0] -= 10 * gradient[0]
    theta[1] -= 10 * gradient[1]
  }
  expect(lastOutside).toBeGreaterThan(0)
  expect(arrivalStep).toBe(lastOutside + 1)
})

test('a descent that arrives in the last steps has not stayed', () => {
  const { arrivalStep } = first(jobAt(6, 0))
  const at = (steps: number) => first(jobAt(6, 0, { steps })).code
  expect(at(arrivalStep + 16)).toBe(outcomeCodes.minimum)
  expect(at(arrivalStep + 15)).not.toBe(outcomeCodes.minimum)
})

test('rows computed apart, and every third node, are those of the whole', () => {
  const job = outcomeJob({ steps: 60 })
  const whole = classifyRows(job, 0, 64)
  expect([...classifyRows(job, 0, 5), ...classifyRows(job, 5, 9)]).toEqual([
    ...whole.subarray(0, 9 * 64 * 4),
  ])
  const coarse = classifyRows(job, 1, 2, 3)
  expect([...coarse.subarray(4 * 4, 4 * 5)]).toEqual([
    ...whole.subarray((3 * 64 + 12) * 4, (3 * 64 + 12) * 4 + 4),
  ])
})

test('an axis of rates has its nodes evenly in the logarithm, rounded once', () => {
  const axis = { name: 'log10Rate', range: [-1, 2, 4] } as const
  expect([...outcomeNodes(axis)]).toEqual([Math.fround(0.1), 1, 10, 100])
  expect(outcomeNode({ name: 'w', range: [-1, 2, 4] }, 3)).toBe(2)
})

test('an axis of rates takes the place of the rate, and the start gives what no axis does', () => {
  const axes = [
    { name: 'log10Rate', range: [0, 1, 2] },
    { name: 'b', range: [0, 2, 2] },
  ] as const
  const mixed = classifyRows(outcomeJob({ axes, start: [6, 7], learningRate: 3 }), 0, 2)
  const plain = classifyRows(jobAt(6, 0), 0, 1)
  expect([...mixed.subarray(4, 8)]).toEqual([...plain.subarray(0, 4)])
})
