/** The command line on Dawn: within the permitted intervals, and in parts as in one. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { classifyRows } from '../../src/model/outcomes/classify'
import { axesOfRates } from '../../src/model/outcomes/outcome'
import { checkCurvature, checkSteps, checkSurface } from '../gpu/oracle'
import { compareMaps } from '../gpu/outcomeChecks'
import { buildCli, steepest, steepestProcess, wordsOf } from '../setup/cliCommand'

const folder = mkdtempSync(join(tmpdir(), 'steepest-gpu-'))
beforeAll(() => {
  buildCli()
  process.chdir(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

async function ask(line: string) {
  const { code, out, err } = await steepest(wordsOf(`${line} --engine gpu`))
  expect(code, `${line}: ${err}`).toBe(0)
  return out === '' ? null : JSON.parse(out)
}

/** Lists side by side, as the engines have them in cells of four. */
function cellsOf(...lists: number[][]): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: lists[0].length * 4 }, (_, i) => lists[i % 4]?.[i >> 2] ?? 0)
}

test('grid: loss, gradient, Hessian and change are within the permitted intervals', async () => {
  const {
    job,
    data,
    steepest: inside,
  } = await ask('grid --w -6,10,33 --b -8,8,29 --learningRate 10')
  expect(inside.engine).toMatch(/^GPU, ./)
  const { ww, wb, bb } = data.hessian
  const surface = {
    job,
    readRows: async () => cellsOf(data.loss, data.dLdw, data.dLdb),
    readCurvature: async () => cellsOf(ww, wb, bb, data.change),
  }
  expect((await checkSurface(surface)).count).toBe(33 * 29 * 4)
  expect((await checkCurvature(surface)).count).toBe(33 * 29 * 4)
})

test('descend: every step along its own path is within the permitted intervals', async () => {
  const { job, data } = await ask('descend --start -2,4 --steps 200')
  const crowd = {
    job: { ...job, starts: Float32Array.of(-2, 4) },
    read: async () => Float32Array.from(data.positions),
  }
  expect((await checkSteps(crowd)).count).toBe(400)
})

test('classify: the classes of the oracle, except next to boundaries; in parts as in one', async () => {
  const line = 'classify --w -6,10,64 --b -8,8,64 --steps 100 --learningRate 2'
  const { job, data } = await ask(line)
  const { outcome, minimum, arrivalStep, finalLoss } = data
  const steps = arrivalStep.map((step: number) => (step > 1e6 ? -1 : step))
  const found = cellsOf(outcome, minimum, steps, finalLoss)
  const wanted = classifyRows({ ...job, lowLoss: Number(job.lowLoss) }, 0, 64, 1, 'f32')
  const { disagreeing } = compareMaps(found, wanted)
  expect(disagreeing).toBeLessThan(0.01 * 64 * 64)
  expect(new Set(outcome).size).toBeGreaterThan(1)
  for (const i of [1, 2, 3]) await ask(`${line} --tile ${i}/3 --out map.${i}.part`)
  for (const extension of ['json', 'png']) {
    await ask(`${line} --out whole.${extension}`)
    const words = `join map.3.part map.1.part map.2.part --out joined.${extension}`
    expect((await steepest(wordsOf(words))).code).toBe(0)
    const [one, other] = ['whole', 'joined'].map((name) =>
      readFileSync(join(folder, `${name}.${extension}`)),
    )
    expect(other.equals(one), extension).toBe(true)
  }
})

test('sweep: the classes of the oracle, at rates where there is no doubt', async () => {
  const { data, job } = await ask('sweep --start 6,0 --rates 1,4,10,60 --steps 300')
  const rates = Float32Array.of(1, 4, 10, 60)
  const runner = { rule: job.rule, learningRate: 1 }
  const lowLoss = Number(job.lowLoss ?? Number.NEGATIVE_INFINITY)
  const line = { ...job, runner, lowLoss, axes: axesOfRates(rates, [6, 0]) }
  const wanted = classifyRows(line, 0, 1, 1, 'f32')
  expect(data.outcome).toEqual([0, 1, 2, 3].map((i) => wanted[4 * i]))
  expect(data.minimum).toEqual([0, 1, 2, 3].map((i) => wanted[4 * i + 1]))
})

test('without an adapter the processor computes and says so; --engine gpu fails', async () => {
  const env = { VK_ICD_FILENAMES: '/nowhere.json', VK_DRIVER_FILES: '/nowhere.json' }
  const words = wordsOf('descend --start -2,4 --steps 2')
  const fallen = await steepestProcess(words, { env })
  expect(fallen.code).toBe(0)
  expect(fallen.err).toContain(
    'no graphics adapter it can use. The processor computes instead, in 64 bits.',
  )
  expect(JSON.parse(fallen.out).steepest.engine).toMatch(/^CPU, \d+ workers?$/)
  const refused = await steepestProcess([...words, '--engine', 'gpu'], { env })
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toContain('Without --engine gpu')
})
