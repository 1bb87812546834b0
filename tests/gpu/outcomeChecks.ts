/** classifyOutcomes: cases of every class, and whole maps by class against the oracle. */
import { GpuOutcomes } from '../../src/engine/gpuOutcomes'
import { classifyRows, outcomeSize } from '../../src/model/outcomes/classify'
import { noMinimum, type OutcomeJob, outcomeCodes } from '../../src/model/outcomes/outcome'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { withTargets } from '../../src/model/outcomes/targets'
import type { RuleName } from '../../src/model/rule'
import { presets } from '../../src/settings/presets'
import { defaultRule, rules } from '../../src/settings/rules'
import { defaults } from '../../src/settings/settings'
import {
  assert,
  assertSameBits,
  check,
  contextOf,
  type KernelCheck,
  mutantCheck,
  type Rewrite,
} from './check'
import { outcomeCases, outcomeJob } from './outcomeCases'

async function cellsOf(device: GPUDevice, job: OutcomeJob, rewrite?: Rewrite) {
  const map = await GpuOutcomes.compute(contextOf(device, rewrite), job, {})
  const cells = await map.read()
  map.dispose()
  return cells
}

const cases = outcomeCases.map(({ name, outcome, minimum = noMinimum, job }) =>
  check(`classifyOutcomes, ${outcome}: ${name}`, async (device) => {
    const [code, found, arrivalStep, finalLoss] = await cellsOf(device, job)
    assert(code === outcomeCodes[outcome], `The class is ${code}, not ${outcomeCodes[outcome]}.`)
    assert(found === minimum, `The minimum is ${found}, not ${minimum}.`)
    const isArrived = outcome === 'minimum'
    assert(arrivalStep >= 0 === isArrived, `The step of arrival is ${arrivalStep}.`)
    assert(Number.isFinite(finalLoss), `The final loss is ${finalLoss}.`)
    return `class ${code}, step ${arrivalStep}`
  }),
)

const side = 64
/** Within this many cells of a class boundary, cells may disagree: f32 and f64 diverge there. */
const nearBoundary = 2

/** How far two maps of the same job agree. */
interface Agreement {
  disagreeing: number
  /** Disagreeing cells that are not near one of the oracle's boundaries. */
  inside: number
  arrived: number
  /** Arrived cells whose steps of arrival differ by more than one. */
  late: number
}

export function compareMaps(found: Float32Array, wanted: Float32Array): Agreement {
  const classAt = (cells: Float32Array, i: number) =>
    cells[i * outcomeSize] * 256 + cells[i * outcomeSize + 1]
  const agreement = { disagreeing: 0, inside: 0, arrived: 0, late: 0 }
  for (let i = 0; i < side * side; i++) {
    const arrival = [found, wanted].map((cells) => cells[i * outcomeSize + 2])
    if (classAt(found, i) !== classAt(wanted, i)) {
      agreement.disagreeing++
      if (!isNearBoundary(i, (at) => classAt(wanted, at))) agreement.inside++
    } else if (arrival[0] >= 0) {
      agreement.arrived++
      if (Math.abs(arrival[0] - arrival[1]) > 1) agreement.late++
    }
  }
  return agreement
}

function isNearBoundary(i: number, classAt: (i: number) => number): boolean {
  const [row, column] = [Math.floor(i / side), i % side]
  for (let y = Math.max(0, row - nearBoundary); y <= Math.min(side - 1, row + nearBoundary); y++) {
    for (
      let x = Math.max(0, column - nearBoundary);
      x <= Math.min(side - 1, column + nearBoundary);
      x++
    ) {
      if (classAt(y * side + x) !== classAt(i)) return true
    }
  }
  return false
}

function presetJob({ settings }: (typeof presets)[number]): OutcomeJob {
  const { samples, loss, start, runners, steps, view } = settings
  const job = {
    objective: { kind: 'neuron', samples, loss },
    runner: runners[0],
    steps,
    axes: [
      { name: 'w', range: [...view.w, side] },
      { name: 'b', range: [...view.b, side] },
    ],
    start,
    thresholds: defaults.outcomes,
  } as const
  return withTargets(job, findStationaryPoints(job.objective))
}

// Not 19: just above the limit of the sharp minimum, f32 and f64 diverge in chaos.
const rated = [2, 32, 60].map((learningRate) => ({
  name: `default data, rate ${learningRate}`,
  job: outcomeJob({ learningRate }),
}))
const byRate = {
  name: 'learning rate by b',
  job: outcomeJob({
    axes: [
      // Below the limit of the sharp minimum, 10^1.25: beyond it, f32 and f64 diverge in chaos.
      { name: 'log10Rate', range: [-1, 1.2, side] },
      { name: 'b', range: [-8, 8, side] },
    ],
  }),
}

// At their own rates f32 and f64 diverge in chaos: RMSProp's steps of 0.05 jump in and out of the
// circle of 0.05, and whole Newton steps jump from one bend of the surface to another.
const calmRates: Partial<Record<RuleName, number>> = { rmsprop: 0.01, newton: 0.2 }
const ruled = (Object.keys(rules) as RuleName[]).slice(1).map((name) => {
  const learningRate = calmRates[name] ?? rules[name].learningRate
  return {
    name: `default data, ${name}, rate ${learningRate}`,
    job: outcomeJob({ runner: { rule: defaultRule(name), learningRate } }),
    kind: 'rule' as const,
  }
})
const scheduled = {
  name: 'default data, a cosine schedule',
  job: outcomeJob({
    runner: {
      rule: { name: 'gradientDescent', schedule: { kind: 'cosine' } },
      learningRate: 10,
    },
  }),
}

/** The first so many presets are checked everywhere. */
const sampledPresets = 3

const maps = [
  ...presets.map((preset, i) => ({
    name: preset.name,
    job: presetJob(preset),
    ...(i >= sampledPresets && { kind: 'data' as const }),
  })),
  ...rated,
  ...ruled,
  scheduled,
  byRate,
].map(({ name, job, ...kind }) => ({
  ...kind,
  ...check(`classifyOutcomes by class, ${name}`, async (device) => {
    const wanted = classifyRows(job, 0, side, 1, 'f32')
    const { disagreeing, inside, arrived, late } = compareMaps(await cellsOf(device, job), wanted)
    const said = `${disagreeing} of 4,096 disagree, ${inside} inside; ${late} of ${arrived} late`
    assert(disagreeing < 0.01 * side * side, `${said}; under 1 % may disagree.`)
    assert(inside === 0, `${said}; only cells next to a boundary may disagree.`)
    // Near the stability limit, steps of arrival differ more: f32 alternates about the circle.
    const isCalm = job.targets.every(
      ({ isMinimum, largest }) => !isMinimum || job.runner.learningRate * largest < 1,
    )
    const isPlain = job.runner.rule.name === 'gradientDescent'
    const share = isCalm && isPlain && job.axes[0].name === 'w' ? 0.01 : 0.05
    assert(late <= share * arrived, `${said}; at most ${100 * share} % may be late.`)
    return said
  }),
  isTold: true,
}))

const slices = check(
  'classifyOutcomes in slices of any size gives the same bits',
  async (device) => {
    const job = outcomeJob({ steps: 90 })
    const whole = await cellsOf(device, job)
    for (const budget of [1, 20_000, 300_000]) {
      const context = contextOf(device)
      context.pacer.run = async (submit) => {
        while (submit(budget) > 0);
      }
      const map = await GpuOutcomes.compute(context, job, {})
      assertSameBits(await map.read(), whole, `With slices of ${budget} loss terms`)
      map.dispose()
    }
    return '3 sizes of slices'
  },
)

const mutants = [
  {
    name: 'the wrong minimum',
    from: 'found = select(found, k,',
    to: 'found = select(found, 0u,',
  },
  {
    name: 'arrival a step too late',
    from: 'arrivalStep = select(arrivalStep, step + 2u,',
    to: 'arrivalStep = select(arrivalStep, step + 4u,',
  },
  {
    // Cycles of two steps around it stay within its circle.
    name: 'a minimum too sharp for the rate',
    learningRate: 18.2,
    from: '* point.largest < params.stability',
    to: '> 0.0',
  },
  {
    name: 'no look at the loss',
    from: 'hasRisen = select(hasRisen, 1u,',
    to: 'hasRisen = select(0u, 0u,',
  },
].map(({ name, learningRate = 10, from, to }) =>
  mutantCheck(name, async (device) => {
    let changed = 0
    const rewrite: Rewrite = (part) => {
      if (!part.text.includes(from)) return part
      changed++
      return { file: `${part.file}, mutant`, text: part.text.replaceAll(from, to) }
    }
    const job = outcomeJob({ learningRate })
    const found = await cellsOf(device, job, rewrite)
    assert(changed > 0, 'The mutation changed no part; it must change one.')
    const { disagreeing, late, arrived } = compareMaps(found, classifyRows(job, 0, side, 1, 'f32'))
    const isCaught = disagreeing >= 0.01 * side * side || late > 0.05 * arrived
    assert(isCaught, `The mutant passed: ${disagreeing} disagree, ${late} of ${arrived} late.`)
    return `${disagreeing} disagree, ${late} of ${arrived} late`
  }),
)

export const outcomeChecks: readonly KernelCheck[] = [...cases, ...maps, slices, ...mutants]
