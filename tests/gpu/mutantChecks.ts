/** Wrong shaders, each of which the comparison must catch: this proves that it can fail. */
import type { LossName } from '../../src/model/loss'
import {
  cubicAndSquare,
  defaultObjective,
  descentJob,
  gridJob,
  lossNames,
  seededPlaces,
} from './cases'
import {
  assert,
  contextOf,
  crowdOf,
  type KernelCheck,
  mutantCheck,
  type Rewrite,
  surfaceOf,
} from './check'
import type { Comparison } from './compare'
import { checkCurvature, checkSteps, checkSurface } from './oracle'

interface Mutant {
  name: string
  /** Part of the file's name, and the text to replace. */
  file: string
  from: string
  to: string
}

const gridMutants: readonly Mutant[] = [
  {
    name: '2 to 1.99999 in the factor of the gradient',
    file: 'objective',
    from: 'boundObjective.lossScale, boundObjective.gradientScale)',
    to: 'boundObjective.lossScale, 0.999995 * boundObjective.gradientScale)',
  },
  {
    name: '1 - f by subtraction',
    file: 'neuron',
    from: 'small * r)',
    to: 'select(small, r, positive) * (1.0 - select(small, r, positive)))',
  },
  {
    name: 'sigmoid by tanh',
    file: 'neuron',
    from: 'return Activation(u, select(small, r, positive), select(r, small, positive), small * r);',
    to: 'let t = 0.5 * tanh(0.34657359 * u); return Activation(u, 0.5 + t, 0.5 - t, 0.25 - t * t);',
  },
  {
    name: 'exp times 1.00001',
    file: 'neuron',
    from: 'let e = exp2(-abs(u));',
    to: 'let e = 1.00001 * exp2(-abs(u));',
  },
  { name: 'z >= 0 to z > 2', file: 'neuron', from: 'u >= 0.0', to: 'u > 2.88539' },
  {
    name: 'one sample twice',
    file: 'unrolled',
    from: 'boundObjective.samples[1].xy',
    to: 'boundObjective.samples[1].zw',
  },
]

/** Each has the learning rate at which it is caught. */
const curvatureMutants: readonly (Mutant & { learningRate: number; loss?: LossName })[] = [
  {
    name: '1 to 0.99999 in the mixed term of the Hessian',
    file: 'hessianTerms',
    from: 'term * sample.x, term)',
    to: '0.99999 * term * sample.x, term)',
    learningRate: 10,
  },
  {
    name: '1 to 0.99999 in the second part of the curvature of squared error',
    file: 'squaredError.wgsl',
    from: '(a.value - y) * a.slope * (a.complement - a.value)',
    to: '0.99999 * (a.value - y) * a.slope * (a.complement - a.value)',
    learningRate: 10,
  },
  {
    name: 'f for f (1 - f) in the curvature of cross-entropy',
    file: 'crossEntropy.wgsl',
    from: 'return a.slope;',
    to: 'return a.value;',
    learningRate: 10,
    loss: 'crossEntropy',
  },
  ...lossNames.map((loss) => ({
    name: `the change as the difference of two losses, ${loss}`,
    file: 'cellCurvature',
    from: 'return scale * curvatureSum(theta.x, theta.y * log2e, vec2f(step.x, step.y * log2e));',
    to: `let sums = scale * curvatureSum(theta.x, theta.y * log2e, vec2f(step.x, step.y * log2e));
      return vec4f(sums.xyz, evaluate(theta + step).x - evaluate(theta).x);`,
    learningRate: 1e-4,
    loss,
  })),
  ...lossNames.map((loss) => ({
    name: `the change of z as a difference, ${loss}`,
    file: 'cellCurvature',
    from: 'step.x * sample.x + step.y',
    to: 'activateSample(w + step.x, scaledB + step.y, sample).z - before.z',
    learningRate: 1e-4,
    loss,
  })),
  {
    name: 'the sign of the step whose change is asked for',
    file: 'cellCurvature',
    from: '-params.learningRate',
    to: 'params.learningRate',
    learningRate: 1e-4,
  },
  {
    name: 'one sample twice in Hessian and change',
    file: 'unrolled',
    from: 'step, boundObjective.samples[1].xy',
    to: 'step, boundObjective.samples[1].zw',
    learningRate: 10,
  },
  {
    name: 'the series of exp2m1 without its sixth term',
    file: 'lossChange',
    from: '1.0 / 720.0',
    to: '0.0',
    learningRate: 10,
  },
  {
    name: 'the series of log2p1 without its fifth term',
    file: 'lossChange',
    from: '1.0 / 9.0',
    to: '0.0',
    learningRate: 10,
    loss: 'crossEntropy',
  },
  {
    name: 'exp2m1 by subtraction alone',
    file: 'lossChange',
    from: 'abs(u) < 0.6875',
    to: 'false',
    learningRate: 1e-4,
  },
  {
    name: 'log2p1 by log2 alone',
    file: 'lossChange',
    from: 'let s = t / (2.0 + t);',
    to: 'if (true) { return log2(1.0 + t); } let s = t / (2.0 + t);',
    learningRate: 1e-4,
    loss: 'crossEntropy',
  },
  {
    name: 'the wrong side of a step that falls',
    file: 'squaredErrorChange',
    from: 'before.value * after.complement',
    to: 'after.value * before.complement',
    learningRate: 10,
  },
  {
    name: 'cross-entropy without its mirror',
    file: 'crossEntropyChange',
    from: 'select(y, 1.0 - y, isAbove)',
    to: 'y',
    learningRate: 10,
    loss: 'crossEntropy',
  },
]

const stepMutants: readonly Mutant[] = [
  {
    name: 'the sign of the step',
    file: 'gradientDescent',
    from: 'state.theta - learningRate',
    to: 'state.theta + learningRate',
  },
  {
    name: 'a factor of the gradient that is stored wrongly',
    file: 'objective',
    from: 'objective.gradientScale = boundObjective.gradientScale',
    to: 'objective.gradientScale = 0.9999 * boundObjective.gradientScale',
  },
  {
    name: 'one stored sample twice',
    file: 'unrolled',
    from: ' objective.samples[1].xy',
    to: ' objective.samples[1].zw',
  },
]

/** Each is checked where it shows: in cells, in curvature or in steps. */
const withoutDataMutants: readonly (Mutant & { seen: 'cells' | 'curvature' | 'steps' })[] = [
  {
    name: 'w³ + b² times 1.000001',
    file: 'cubicAndSquare',
    from: 'return theta.x * theta.x * theta.x',
    to: 'return 1.000001 * theta.x * theta.x * theta.x',
    seen: 'cells',
  },
  {
    name: '3 to 2.999999 in the gradient of w³ + b²',
    file: 'cubicAndSquare',
    from: '3.0 * (theta.x * theta.x)',
    to: '2.999999 * (theta.x * theta.x)',
    seen: 'cells',
  },
  {
    name: 'the loss of the neuron in place of w³ + b²',
    file: 'objective.wgsl',
    from: 'objectiveKind == 1u',
    to: 'objectiveKind == 2u',
    seen: 'cells',
  },
  {
    name: '6 to 5.999999 in the Hessian of w³ + b²',
    file: 'cubicAndSquare',
    from: '6.0 * theta.x',
    to: '5.999999 * theta.x',
    seen: 'curvature',
  },
  {
    name: 'the change of w³ + b² without its third order',
    file: 'cubicAndSquare',
    from: ' + step.x * step.x;',
    to: ';',
    seen: 'curvature',
  },
  {
    name: 'a step along the gradient of w³ + b² with b for 2 b',
    file: 'cubicAndSquare',
    from: '2.0 * theta.y)',
    to: 'theta.y)',
    seen: 'steps',
  },
]

/** Compares the mutant's own results with the oracle. */
function comparisonOf(
  device: GPUDevice,
  seen: 'cells' | 'curvature' | 'steps',
  rewrite: Rewrite,
): Promise<Comparison> {
  const context = contextOf(device, rewrite)
  const learningRate = 0.1
  if (seen === 'steps') {
    const runner = { rule: { name: 'gradientDescent' }, learningRate } as const
    const starts = seededPlaces(64, 2, 3)
    return crowdOf(context, descentJob(cubicAndSquare, { runner, steps: 6, starts })).then(
      checkSteps,
    )
  }
  const job = { ...gridJob(cubicAndSquare, 65, 2), learningRate }
  return surfaceOf(context, job).then(seen === 'cells' ? checkSurface : checkCurvature)
}

/** Counts changes, so that checks can demand exactly one per program. */
function mutate({ file, from, to }: Mutant): { rewrite: Rewrite; changed(): number } {
  let changed = 0
  const rewrite: Rewrite = (part) => {
    if (!part.file.includes(file) || !part.text.includes(from)) return part
    changed++
    return { file: `${part.file}, mutant`, text: part.text.replaceAll(from, to) }
  }
  return { rewrite, changed: () => changed }
}

async function mustBeCaught(comparison: Promise<Comparison>): Promise<string> {
  const result = await comparison.catch((reason: Error) => reason.message)
  if (typeof result === 'string') return result
  throw new Error(`The mutant passed: worst error ${result.worst} of the permitted.`)
}

export const mutantChecks: readonly KernelCheck[] = [
  ...gridMutants.map((mutant) =>
    mutantCheck(mutant.name, async (device) => {
      const { rewrite, changed } = mutate(mutant)
      const surface = await surfaceOf(contextOf(device, rewrite), gridJob(defaultObjective, 65))
      assert(changed() === 1, `The mutation changed ${changed()} parts; it must change 1.`)
      return mustBeCaught(checkSurface(surface))
    }),
  ),
  ...curvatureMutants.map(({ learningRate, loss = 'mean', ...mutant }) =>
    mutantCheck(mutant.name, async (device) => {
      const { rewrite, changed } = mutate(mutant)
      const job = { ...gridJob({ ...defaultObjective, loss }, 65), learningRate }
      const surface = await surfaceOf(contextOf(device, rewrite), job)
      assert(changed() === 1, `The mutation changed ${changed()} parts; it must change 1.`)
      return mustBeCaught(checkCurvature(surface))
    }),
  ),
  ...withoutDataMutants.map(({ seen, ...mutant }) =>
    mutantCheck(mutant.name, async (device) => {
      const { rewrite, changed } = mutate(mutant)
      const comparison = comparisonOf(device, seen, rewrite)
      const found = await mustBeCaught(comparison)
      assert(changed() > 0, 'The mutation changed no part; it must change one.')
      return found
    }),
  ),
  ...stepMutants.map((mutant) =>
    mutantCheck(mutant.name, async (device) => {
      const { rewrite, changed } = mutate(mutant)
      const crowd = await crowdOf(contextOf(device, rewrite), descentJob(defaultObjective))
      assert(changed() > 0, 'The mutation changed no part; it must change one.')
      return mustBeCaught(checkSteps(crowd))
    }),
  ),
]
