/** Tests what each command answers, on the processor, against the model: bit for bit, in one runtime. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { palette } from '../../src/display/colours'
import { createHeightScale, heightOf } from '../../src/display/heightScale'
import { paintOutcomes, wholeOf } from '../../src/display/outcomePixels'
import { readState } from '../../src/files/fileState'
import { readPngTexts } from '../../src/files/pngText'
import { readDescription } from '../../src/files/settingsText'
import { descend } from '../../src/model/descent'
import { evaluateCurvatureRows, evaluateGridRows, gridNodes } from '../../src/model/grid'
import { classifyRows, outcomeNodes } from '../../src/model/outcomes/classify'
import {
  axesOfRates,
  noArrival,
  type OutcomeJob,
  outcomeCodes,
} from '../../src/model/outcomes/outcome'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { withTargets } from '../../src/model/outcomes/targets'
import { placeStarts } from '../../src/model/starts'
import { explainStep } from '../../src/model/step/explainStep'
import { readAddress } from '../../src/settings/address'
import { presets } from '../../src/settings/presets'
import { defaults } from '../../src/settings/settings'
import { axesOf } from '../../src/settings/shown'
import { buildCli, steepest, wordsOf } from '../setup/cliCommand'
import { every, expectBits } from './bits'

const folder = mkdtempSync(join(tmpdir(), 'steepest-cli-'))
const points = [
  [0.5, 0.2],
  [2.5, 0.9],
  [-1, 0.4],
] as const

beforeAll(() => {
  buildCli()
  process.chdir(folder)
  writeFileSync(join(folder, 'points.csv'), `x,y\n${points.map((p) => p.join(',')).join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true }))

const objective = { kind: 'neuron', samples: defaults.samples, loss: 'mean' } as const

/** The answer of a command that must succeed, with its JSON read. */
async function ask(line: string) {
  const { code, out, err } = await steepest(wordsOf(`${line} --engine cpu --workers 2`))
  expect(err, line).not.toContain('steepest:')
  expect(code, line).toBe(0)
  return out === '' ? null : JSON.parse(out)
}

function outcomesOf(cells: Float32Array) {
  return {
    outcome: every(cells, 0),
    minimum: every(cells, 1),
    arrivalStep: Array.from(every(cells, 2), (step) => (step < 0 ? noArrival : step)),
    finalLoss: every(cells, 3),
  }
}

function expectOutcomes(data: Record<string, number[]>, cells: Float32Array): void {
  for (const [name, wanted] of Object.entries(outcomesOf(cells))) {
    expectBits(data[name], wanted, name)
  }
}

test('grid: loss and gradient of points in a CSV', async () => {
  const { data, axes } = await ask('grid --samples points.csv --w -6,10,33 --b -8,8,17')
  const job = {
    objective: { ...objective, samples: points },
    w: [-6, 10, 33],
    b: [-8, 8, 17],
  } as const
  const cells = evaluateGridRows(job, 0, 17)
  expect(Object.keys(data)).toEqual(['loss', 'dLdw', 'dLdb'])
  for (const [k, name] of Object.keys(data).entries()) {
    expectBits(data[name], every(cells, k), name)
  }
  expectBits(axes.w, gridNodes(job.w), 'w')
  expectBits(axes.b, gridNodes(job.b), 'b')
})

test('grid with a learning rate: Hessian and change, too', async () => {
  const { data } = await ask('grid --w -6,10,9 --b -8,8,5 --learningRate 1e5 --loss half')
  const job = {
    objective: { ...objective, loss: 'half' },
    w: [-6, 10, 9],
    b: [-8, 8, 5],
    learningRate: 1e5,
  } as const
  const cells = evaluateCurvatureRows(job, 0, 5)
  expectBits(data.hessian.ww, every(cells, 0), 'ww')
  expectBits(data.hessian.wb, every(cells, 1), 'wb')
  expectBits(data.hessian.bb, every(cells, 2), 'bb')
  expectBits(data.change, every(cells, 3), 'change')
  expectBits(data.dLdb, every(evaluateGridRows(job, 0, 5), 2), 'dLdb')
})

test('grid as CSV: a line for each node, the smallest b first, settings before it', async () => {
  await ask('grid --w 0,1,3 --b 2,4,2 --out loss.csv')
  const lines = readFileSync(join(folder, 'loss.csv'), 'utf8').trimEnd().split('\n')
  const comments = lines.filter((line) => line.startsWith('#'))
  expect(comments[0]).toBe('# Steepest 0.1.0')
  expect(comments.at(-1)).toBe('# table: grid')
  const [head, ...rows] = lines.slice(comments.length)
  expect(head).toBe('w,b,loss,dLdw,dLdb')
  const cells = evaluateGridRows({ objective, w: [0, 1, 3], b: [2, 4, 2] }, 0, 2)
  const wanted = [0, 1].flatMap((row) =>
    [0, 1, 2].map((column) => {
      const cell = (row * 3 + column) * 4
      return [column / 2, 2 + 2 * row, ...cells.subarray(cell, cell + 3)].join(',')
    }),
  )
  expect(rows).toEqual(wanted)
})

test('grid as PNG: the colours of the page, the largest b on top', async () => {
  await ask('grid --w -6,10,40 --b -8,8,30 --out loss.png')
  const bytes = readFileSync(join(folder, 'loss.png'))
  const { width, height, data } = decode(bytes, { checkCrc: true })
  expect([width, height]).toEqual([40, 30])
  const losses = every(evaluateGridRows({ objective, w: [-6, 10, 40], b: [-8, 8, 30] }, 0, 30), 0)
  const scale = createHeightScale('excess', Math.min(...losses), Math.max(...losses))
  const colours = palette('viridis')
  const wanted = Array.from({ length: 40 * 30 }, (_, i) => {
    const loss = losses[(29 - Math.floor(i / 40)) * 40 + (i % 40)]
    const entry = Math.round(heightOf(scale, loss) * 255) * 4
    return [...colours.subarray(entry, entry + 4)]
  })
  expect([...data]).toEqual(wanted.flat())
})

test('descend: [start][record][w, b], the rule as in an address', async () => {
  const { data, job: told } = await ask(
    'descend --starts "-2,4;3,1" --rule momentum:3:gamma=0.8:schedule=exponential:decay=0.99 --steps 25 --stride 10',
  )
  const rule = {
    name: 'momentum',
    gamma: 0.8,
    schedule: { kind: 'exponential', decay: 0.99 },
  } as const
  expect(told.runner).toEqual({ rule, learningRate: 3 })
  expect(data.recordedSteps).toEqual([0, 10, 20, 25])
  const stop = { kind: 'none', below: 0 } as const
  const wanted = [
    [-2, 4],
    [3, 1],
  ].flatMap((start) => [
    ...descend({
      objective,
      runner: { rule, learningRate: 3 },
      stop,
      steps: 25,
      stride: 10,
      starts: Float32Array.from(start),
    }),
  ])
  expectBits(data.positions, Float32Array.from(wanted), 'positions')
})

test('starts that are listed come back, the first of them as the chosen one', async () => {
  for (const format of ['json', 'csv']) {
    const name = `listed.${format}`
    await ask(`descend --starts "-2,4;3,1" --steps 5 --out ${name}`)
    const state = readState(new Uint8Array(readFileSync(join(folder, name))), name)
    if (!state || !('settings' in state)) throw new Error(JSON.stringify(state))
    const { start, starts, view } = state.settings
    expect(start).toEqual([-2, 4])
    expect(placeStarts(starts, view.w, view.b, start)).toEqual(Float32Array.of(-2, 4, 3, 1))
  }
})

test('everything from a permalink: starts, rule, steps and when it stops', async () => {
  const query =
    '?v=1&starts=ring&side=3&steps=40&run=nesterov:1&stop=loss&below=0.05&data=0.5,0.2;2.5,0.9'
  const { data, steepest: inside } = await ask(`descend --permalink "http://localhost/${query}"`)
  const { settings } = readAddress(query)
  const starts = placeStarts(settings.starts, settings.view.w, settings.view.b, settings.start)
  const { rule, learningRate } = settings.runners[0]
  const job = {
    objective: { ...objective, samples: settings.samples },
    runner: { rule, learningRate },
    stop: settings.stop,
    steps: 40,
    stride: 1,
  }
  const wanted = Array.from({ length: 9 }, (_, i) => [
    ...descend({ ...job, starts: starts.slice(2 * i, 2 * i + 2) }),
  ])
  expectBits(data.positions, Float32Array.from(wanted.flat()), 'positions')
  expect(readDescription(JSON.stringify(inside)).settings).toEqual({ ...settings, engine: 'cpu' })
})

const mapJob = (changes: Partial<OutcomeJob> = {}) => {
  const job = {
    objective,
    runner: { rule: { name: 'gradientDescent' }, learningRate: 10 },
    steps: 100,
    axes: [
      { name: 'w', range: [-6, 10, 40] },
      { name: 'b', range: [-8, 8, 24] },
    ],
    start: defaults.start,
    thresholds: defaults.outcomes,
    ...changes,
  } as const
  return withTargets(job, findStationaryPoints(job.objective))
}

test('classify, and its CSV with names of classes', async () => {
  const { data, outcomeCodes: codes } = await ask('classify --w -6,10,40 --b -8,8,24 --steps 100')
  const cells = classifyRows(mapJob(), 0, 24)
  expectOutcomes(data, cells)
  expect(codes).toEqual(outcomeCodes)
  await ask('classify --w -6,10,40 --b -8,8,24 --steps 100 --out map.csv')
  const lines = readFileSync(join(folder, 'map.csv'), 'utf8').trimEnd().split('\n')
  const [head, ...rows] = lines.filter((line) => !line.startsWith('#'))
  expect(head).toBe('w,b,outcome,minimum,arrivalStep,finalLoss')
  expect(rows).toHaveLength(40 * 24)
  const { outcome, minimum, arrivalStep, finalLoss } = outcomesOf(cells)
  const names = Object.keys(outcomeCodes)
  rows.forEach((row, i) => {
    const [, , name, k, step, loss] = row.split(',')
    expect(name).toBe(names[outcome[i]])
    expect([k, step]).toEqual(
      name === 'minimum' ? [String(minimum[i] + 1), String(arrivalStep[i])] : ['', ''],
    )
    expect(Number(loss)).toBe(finalLoss[i])
  })
})

test('classify over rates from a permalink, options before it', async () => {
  const query = '?v=1&lens=starts&axes=w,log10Rate&map=64&start=0,-0.23&steps=200&mapx=-2..4'
  const { data, axes: found } = await ask(
    `classify --permalink "${query}" --steps 60 --log10Rate -1,2,9`,
  )
  const [columns] = axesOf(readAddress(query).settings)
  const axes = [columns, { name: 'log10Rate', range: [-1, 2, 9] }] as const
  expectOutcomes(data, classifyRows(mapJob({ axes, steps: 60, start: [0, -0.23] }), 0, 9))
  expect(Object.keys(found)).toEqual(['w', 'learningRate'])
  expectBits(found.learningRate, outcomeNodes(axes[1]), 'rates')
})

test.each(['png', 'csv', 'json'])(
  'a file as %s opens in the page with what was asked for',
  async (ending) => {
    const name = `opens.${ending}`
    await ask(`classify --samples points.csv --w -2,6,64 --b -3,4,64 --steps 70 --out ${name}`)
    const state = readState(new Uint8Array(readFileSync(join(folder, name))), name)
    expect(state).toMatchObject({
      settings: { samples: points, steps: 70, lens: 'starts', map: { perSide: 64 } },
    })
  },
)

test('points with semicolons and decimal commas are the same points', async () => {
  const rows = points.map((point) => point.map((x) => String(x).replace('.', ',')).join(';'))
  writeFileSync(join(folder, 'comma.csv'), `\uFEFF${rows.join('\r\n')}`)
  const [one, other] = await Promise.all(
    ['points', 'comma'].map((name) => ask(`grid --samples ${name}.csv --w -6,10,9 --b -8,8,9`)),
  )
  expect(other.data).toEqual(one.data)
})

test('classify as PNG: the pixels of the page, though painted some rows at a time', async () => {
  const [columns, rows, steps] = [512, 150, 20]
  await ask(`classify --w -6,10,${columns} --b -8,8,${rows} --steps ${steps} --out pixels.png`)
  const { data } = decode(readFileSync(join(folder, 'pixels.png')))
  const axes = [
    { name: 'w', range: [-6, 10, columns] },
    { name: 'b', range: [-8, 8, rows] },
  ] as const
  const cells = classifyRows(mapJob({ axes, steps }), 0, rows)
  const wanted = paintOutcomes({ cells, columns, rows, steps }, wholeOf(columns, rows))
  expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(wanted.buffer))).toBe(0)
})

test('classify as PNG: its text restores the settings, and they mean the same map', async () => {
  await ask('classify --samples preset:halves --w -2,6,64 --b -3,4,64 --steps 70 --out map.png')
  const texts = readPngTexts(readFileSync(join(folder, 'map.png')))
  const { settings, complaints } = readDescription(texts.Steepest)
  const preset = presets.find(({ name }) => name === 'halves')!
  expect(complaints).toEqual([])
  expect(settings).toMatchObject({ samples: preset.settings.samples, steps: 70, lens: 'starts' })
  expect(axesOf(settings).map(({ range }) => range)).toEqual([
    [-2, 6, 64],
    [-3, 4, 64],
  ])
  const { address } = JSON.parse(texts.Steepest)
  await ask(`classify --permalink "${address}" --out again.png`)
  const [one, other] = ['map.png', 'again.png'].map((name) =>
    decode(readFileSync(join(folder, name))),
  )
  expect(other.data).toEqual(one.data)
  expect(new Set(one.data).size).toBeGreaterThan(20)
})

test('sweep: a value of each for each of the rates', async () => {
  const { data } = await ask('sweep --start -2,4 --rates 0.1,1,10,100,1000 --rule adam --steps 80')
  const rates = Float32Array.of(0.1, 1, 10, 100, 1000)
  const rule = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
  const job = mapJob({
    axes: axesOfRates(rates, [-2, 4]),
    steps: 80,
    runner: { rule, learningRate: 0.1 },
    start: [-2, 4],
  })
  expectBits(data.rates, rates, 'rates')
  expectOutcomes(data, classifyRows(job, 0, 1))
})

test('explain: the numbers of explainStep, as JSON and as a table of the points', async () => {
  const { code, out } = await steepest(
    wordsOf('explain --w -2 --b 4 --learningRate 30 --direction 1,-2'),
  )
  expect(code).toBe(0)
  const step = { w: -2, b: 4, learningRate: 30, direction: [1, -2] } as const
  const wanted = explainStep(objective, step)
  expect(JSON.parse(out).data).toEqual(wanted)
  const table = await steepest(wordsOf('explain --w -2 --b 4 --learningRate 30 --format csv'))
  const lines = table.out.trimEnd().split('\n')
  const { actual } = explainStep(objective, { w: -2, b: 4, learningRate: 30 })
  expect(lines).toContain(`# actual: ${actual}`)
  expect(lines.filter((line) => !line.startsWith('#'))).toHaveLength(6)
})

test('explain from a permalink: the step that is shown, in the direction that is chosen', async () => {
  const { out } = await steepest(wordsOf('explain --permalink "?lens=why&step=12&beta=90&eta=40"'))
  const { job, data } = JSON.parse(out)
  const positions = descend({
    objective,
    runner: defaults.runners[0],
    stop: defaults.stop,
    steps: 12,
    stride: 12,
    starts: Float32Array.from(defaults.start),
  })
  expect([job.step.w, job.step.b, job.step.learningRate]).toEqual([...positions.subarray(2), 40])
  expect(data.angle).toBe(90)
})
