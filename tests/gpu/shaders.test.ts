/** Checks how programs are assembled, and that an error in one is located in its file. */
import { expect, test } from 'vitest'
import { packObjective } from '../../src/gpu/objectiveBuffer'
import { Programs } from '../../src/gpu/program'
import { joinParts, locate, programParts, unrolledSums } from '../../src/gpu/shaders'
import { objectiveStruct } from '../../src/gpu/structs'
import { requestDawnDevice } from '../setup/dawn'
import { defaultObjective, lossNames, seededSamples } from './cases'

const rule = { name: 'gradientDescent' } as const
const device = await requestDawnDevice()

type Share = 'lossShare' | 'gradientShare' | 'curvatureShare'

/** The samples added by one of the functions, in order, without their variable's name. */
function termsOf(text: string, share: Share): string[] {
  const call = new RegExp(`sum \\+= ${share}\\(w, scaledB, (?:step, )?(?:\\w+\\.)?(.*)\\);`, 'g')
  return [...text.matchAll(call)].map(([, sample]) => sample)
}

test.for([1, 2, 16])('%i samples: each is once in each sum, in order', (count) => {
  const { text } = unrolledSums(count, 'curvature')
  const wanted = Array.from(
    { length: count },
    (_, i) => `samples[${Math.floor(i / 2)}].${i % 2 ? 'zw' : 'xy'}`,
  )
  expect(termsOf(text, 'lossShare')).toEqual(wanted)
  expect(termsOf(text, 'gradientShare')).toEqual(wanted)
  expect(termsOf(text, 'curvatureShare')).toEqual(wanted)
  expect(text).not.toMatch(/\bfor\b/)
})

test('17 samples and more: eight at a time in a loop, and the rest one by one', () => {
  const { text } = unrolledSums(17, 'curvature')
  const wanted = Array.from(
    { length: 8 },
    (_, i) => `samples[k + ${Math.floor(i / 2)}].${i % 2 ? 'zw' : 'xy'}`,
  )
  for (const share of ['lossShare', 'gradientShare', 'curvatureShare'] as const) {
    const terms = termsOf(text, share)
    expect(terms.slice(0, 8)).toEqual(wanted)
    expect(terms).toHaveLength(9)
    expect(terms[8]).toMatch(/^select\(/)
  }
})

test('above 16 samples the text does not depend on their number, so no pipeline is rebuilt', () => {
  expect(unrolledSums(1024)).toEqual(unrolledSums(17))
  expect(unrolledSums(16).text).not.toBe(unrolledSums(15).text)
  expect(unrolledSums(1024, 'curvature')).toEqual(unrolledSums(17, 'curvature'))
})

test('a line of the joined text is traced to its file', () => {
  const list = programParts('stepTrajectories', { objective: defaultObjective, rule })
  const joined = joinParts(list).split('\n')
  let line = 0
  for (const { file, text } of list) {
    for (const [i, content] of text.split('\n').entries()) {
      line++
      expect(locate(list, line), content).toEqual({ file, line: i + 1 })
      expect(joined[line - 1]).toBe(content)
    }
  }
  expect(line).toBe(joined.length)
})

test('a line beyond the joined text is an error', () => {
  const list = [{ file: 'a', text: 'one\ntwo' }]
  expect(locate(list, 2)).toEqual({ file: 'a', line: 2 })
  expect(() => locate(list, 5)).toThrow('no line 5; it ends 3 lines before')
})

test('a missing part of a program is an error with its name', () => {
  expect(() => programParts('evaluateGrid')).toThrow('The program evaluateGrid needs an objective')
  expect(() => programParts('stepTrajectories', { objective: defaultObjective })).toThrow('rule')
})

test.for([
  { file: 'shaders/neuron.wgsl', from: 'let r =', to: 'let r = nothing +' },
  {
    file: 'shaders/stepTrajectories.wgsl',
    from: 'states[trajectory] = state;',
    to: 'states[trajectory] = 1u;',
  },
  { file: 'unrolledSums, 5', from: 'samples[2]', to: 'sample[2]' },
])('an error in $file is reported with its file and line', async ({ file, from, to }) => {
  let line = 0
  const programs = new Programs(device, (part) => {
    if (part.file !== file) return part
    line = 1 + part.text.split('\n').findIndex((content) => content.includes(from))
    return { file, text: part.text.replace(from, to) }
  })
  const pipeline = programs.pipeline('stepTrajectories', { objective: defaultObjective, rule })
  const { message, cause } = await pipeline.then(
    () => new Error('It compiled.'),
    (reason: Error) => reason,
  )
  expect(line).toBeGreaterThan(0)
  expect((cause as Error).message.startsWith(`${file}:${line}:`), String(cause)).toBe(true)
  // A person cannot use the driver's words.
  expect(message).toBe(
    'The graphics driver cannot build the program that runs the descents, so only the processor can compute here.',
  )
  expect(await programs.unfit).toBe(message)
})

test('a grid without curvature has no code for it, and each program has its own pipeline', async () => {
  const programs = new Programs(device)
  const alone = programParts('evaluateGrid', { objective: defaultObjective })
  expect(joinParts(alone)).not.toMatch(/curvatureSum|hessian|termChange/)
  const [first, second] = await Promise.all(
    [false, true].map((withCurvature) =>
      programs.pipeline('evaluateGrid', { objective: defaultObjective, withCurvature }),
    ),
  )
  expect(second).not.toBe(first)
})

test('a program is compiled once for each loss and number of samples, not for their values', async () => {
  const programs = new Programs(device)
  const pipelineOf = (objective: typeof defaultObjective) =>
    programs.pipeline('evaluateGrid', { objective })
  const first = await pipelineOf(defaultObjective)
  const moved = { ...defaultObjective, samples: seededSamples(5, 1) }
  expect(await pipelineOf(moved)).toBe(first)
  expect(await pipelineOf({ ...defaultObjective, loss: 'half' })).toBe(first)
  expect(await pipelineOf({ ...defaultObjective, loss: 'crossEntropy' })).not.toBe(first)
  expect(await pipelineOf({ ...moved, samples: seededSamples(6, 1) })).not.toBe(first)
})

test.for(lossNames)(
  '%s: an objective is packed as (x log2(e), y), two samples in 16 bytes',
  (loss) => {
    const samples = seededSamples(3, 4)
    const data = new DataView(packObjective({ ...defaultObjective, samples, loss }))
    expect(data.byteLength).toBe(objectiveStruct.size)
    expect(data.getUint32(0, true)).toBe(3)
    const scales = { mean: [1 / 3, 2 / 3], half: [1 / 2, 1], crossEntropy: [Math.LN2 / 3, 1 / 3] }[
      loss
    ]
    expect(data.getFloat32(4, true)).toBe(Math.fround(scales[0]))
    expect(data.getFloat32(8, true)).toBe(Math.fround(scales[1] * Math.LN2))
    expect(data.getFloat32(12, true)).toBe(Math.fround(scales[1]))
    samples.forEach(([x, y], i) => {
      expect(data.getFloat32(16 + 8 * i, true)).toBe(Math.fround(Math.fround(x) * Math.LOG2E))
      expect(data.getFloat32(20 + 8 * i, true)).toBe(Math.fround(y))
    })
  },
)

test('no samples, or more than the struct holds, are errors that give the number', () => {
  const withSamples = (count: number) => ({ ...defaultObjective, samples: seededSamples(count, 1) })
  expect(() => packObjective(withSamples(0))).toThrow('has 0 samples; it must have 1 to 1024')
  expect(() => packObjective(withSamples(1025))).toThrow('has 1025 samples')
})
