/** Wrong shaders, each of which the comparison must catch: so it is known to be able to fail. */
import { defaultObjective, descentJob, gridJob } from './cases'
import {
  assert,
  check,
  contextOf,
  crowdOf,
  type KernelCheck,
  type Rewrite,
  surfaceOf,
} from './check'
import type { Comparison } from './compare'
import { checkSteps, checkSurface } from './oracle'

interface Mutant {
  name: string
  /** A part of the file's name, and what is changed in it. */
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

const stepMutants: readonly Mutant[] = [
  {
    name: 'the sign of the step',
    file: 'gradientDescent',
    from: 'state.theta - learningRate',
    to: 'state.theta + learningRate',
  },
  {
    name: 'a factor of the gradient that is held wrongly',
    file: 'objective',
    from: 'objective.gradientScale = boundObjective.gradientScale',
    to: 'objective.gradientScale = 0.9999 * boundObjective.gradientScale',
  },
  {
    name: 'one held sample twice',
    file: 'unrolled',
    from: ' objective.samples[1].xy',
    to: ' objective.samples[1].zw',
  },
]

/** Fails unless exactly one part of each program is changed. */
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
    check(`mutant is caught: ${mutant.name}`, async (device) => {
      const { rewrite, changed } = mutate(mutant)
      const surface = await surfaceOf(contextOf(device, rewrite), gridJob(defaultObjective, 65))
      assert(changed() === 1, `The mutation changed ${changed()} parts; it must change 1.`)
      return mustBeCaught(checkSurface(surface))
    }),
  ),
  ...stepMutants.map((mutant) =>
    check(`mutant is caught: ${mutant.name}`, async (device) => {
      const { rewrite, changed } = mutate(mutant)
      const crowd = await crowdOf(contextOf(device, rewrite), descentJob(defaultObjective))
      assert(changed() > 0, 'The mutation changed no part; it must change one.')
      return mustBeCaught(checkSteps(crowd))
    }),
  ),
]
