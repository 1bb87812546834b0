/**
 * The only file that reads WGSL. A program is an entry file and the parts it uses, joined: WGSL
 * declarations may come in any order. This file also generates the unrolled sums.
 */
import { losses } from '../model/loss'
import { type ObjectiveSpec, termCount } from '../model/objective'
import { isByBatches, type RuleSpec } from '../model/rule'
import { isTabled } from './ruleBindings'

/** A text and the name under which an error in it is reported. */
export interface ShaderText {
  file: string
  text: string
}

const texts = import.meta.glob<string>('../../shaders/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
})

function shaderParts<Name extends string>(...names: Name[]): Record<Name, ShaderText> {
  const named = names.map((name) => {
    const file = `shaders/${name}.wgsl`
    return [name, { file, text: texts[`../../${file}`] }]
  })
  return Object.fromEntries(named)
}

export const parts = shaderParts(
  ...['neuron', 'squaredError', 'crossEntropy', 'cubicAndSquare', 'objective'],
  ...['hessian', 'hessianTerms', 'cellAlone', 'cellCurvature'],
  ...['lossChange', 'squaredErrorChange', 'crossEntropyChange'],
  ...['rule', 'steadySteps', 'tabledSteps', 'allPoints'],
  ...['gradientDescent', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam'],
  ...['miniBatch', 'newton'],
  ...['recordTexel', 'outcomeTargets', 'reduceExtremes'],
)

export const entries = shaderParts(
  ...['evaluateGrid', 'stepTrajectories', 'loadRecord', 'traceLosses', 'classifyOutcomes'],
  ...['findDestinations', 'countHeads', 'softenCounts'],
)

export type EntryName = keyof typeof entries

/** The parts of a job that determine the texts, which excludes numbers that people can drag. */
export interface ProgramOptions {
  objective?: ObjectiveSpec
  rule?: RuleSpec
  /** Whether cells of a grid have Hessian and change over a step; no if omitted. */
  withCurvature?: boolean
}

type Need = 'objective' | 'rule' | 'cell' | 'recordTexel' | 'reduceExtremes' | 'outcomeTargets'

const needs: Record<EntryName, readonly Need[]> = {
  evaluateGrid: ['objective', 'reduceExtremes', 'cell'],
  stepTrajectories: ['objective', 'rule', 'recordTexel'],
  loadRecord: ['recordTexel'],
  traceLosses: ['objective', 'recordTexel'],
  classifyOutcomes: ['objective', 'rule', 'outcomeTargets'],
  findDestinations: ['recordTexel'],
  countHeads: [],
  softenCounts: [],
}

/** The texts of a program: its entry, then the parts that it needs. */
export function programParts(entry: EntryName, options: ProgramOptions = {}): ShaderText[] {
  const second = secondOrderOf(entry, options)
  const brought = {
    recordTexel: () => [parts.recordTexel],
    reduceExtremes: () => [parts.reduceExtremes],
    outcomeTargets: () => [parts.outcomeTargets],
    cell: () => [second === 'curvature' ? parts.cellCurvature : parts.cellAlone],
    objective: () => objectiveParts(given(entry, 'objective', options.objective), second),
    rule: () => ruleParts(given(entry, 'rule', options.rule)),
  }
  return [entries[entry], ...needs[entry].flatMap((need) => brought[need]())]
}

/** Sums in addition to loss and gradient: the Hessian, perhaps with the change over a step. */
type SecondOrder = 'none' | 'hessian' | 'curvature'

function secondOrderOf(entry: EntryName, options: ProgramOptions): SecondOrder {
  if (needs[entry].includes('cell') && options.withCurvature) return 'curvature'
  const takesNewton = needs[entry].includes('rule') && options.rule?.name === 'newton'
  return takesNewton ? 'hessian' : 'none'
}

/** w^3 + b^2 also uses the texts for one sample: an override chooses the function. */
function objectiveParts(spec: ObjectiveSpec, second: SecondOrder): ShaderText[] {
  const { terms } = losses[spec.kind === 'neuron' ? spec.loss : 'mean']
  const secondOrder = {
    none: [],
    hessian: [parts.hessianTerms, parts.hessian],
    curvature: [parts.hessianTerms, parts.lossChange, parts[`${terms}Change`]],
  }
  return [
    parts.objective,
    parts.cubicAndSquare,
    parts.neuron,
    parts[terms],
    ...secondOrder[second],
    unrolledSums(termCount(spec), second),
  ]
}

/** Rules that take some points at a time bring their own way to compute the gradient. */
function ruleParts(spec: RuleSpec): ShaderText[] {
  const steps = isTabled(spec) ? parts.tabledSteps : parts.steadySteps
  if (isByBatches(spec)) return [parts.rule, parts.miniBatch, steps]
  const name = spec.name as Exclude<RuleSpec['name'], 'stochastic' | 'miniBatch'>
  return [parts.rule, parts[name], steps, parts.allPoints]
}

function given<Option>(entry: EntryName, name: string, option: Option | undefined): Option {
  if (option === undefined) throw new Error(`The program ${entry} needs an ${name}; none is given.`)
  return option
}

/** Up to this many samples every term is written out; beyond, a loop runs over blocks of eight. */
const fullyUnrolled = 16
const block = 8

/** A function that sums the shares of all samples. */
interface Sum {
  name: string
  type: string
  share: string
  /** The variable that holds the samples while they are fully unrolled. */
  source: 'objective' | 'boundObjective'
  /** Whether the share also depends on a step. */
  ofStep?: boolean
}

const firstOrderSums: readonly Sum[] = [
  { name: 'lossSum', type: 'f32', share: 'lossShare', source: 'objective' },
  { name: 'gradientSum', type: 'vec2f', share: 'gradientShare', source: 'objective' },
  { name: 'evaluationSum', type: 'vec3f', share: 'evaluationShare', source: 'boundObjective' },
]

const secondOrderSums: Record<SecondOrder, readonly Sum[]> = {
  none: [],
  hessian: [{ name: 'hessianSum', type: 'vec3f', share: 'hessianShare', source: 'objective' }],
  curvature: [
    {
      name: 'curvatureSum',
      type: 'vec4f',
      share: 'curvatureShare',
      source: 'boundObjective',
      ofStep: true,
    },
  ],
}

/**
 * The sums over all samples, without a loop over single samples: 4 times as fast on SwiftShader,
 * 1.1 times on lavapipe. Up to 16 samples the texts depend on the count, and the sums that a loop
 * of steps takes read the samples from the held objective. Above, the texts do not depend on it.
 */
export function unrolledSums(sampleCount: number, second: SecondOrder = 'none'): ShaderText {
  const isWhole = sampleCount <= fullyUnrolled
  const unroll = isWhole ? wholeSum : blockSum
  return {
    file: `unrolledSums, ${isWhole ? sampleCount : 'blocks'}${second === 'none' ? '' : `, ${second}`}`,
    text: [
      `const heldPairs = ${isWhole ? Math.ceil(sampleCount / 2) : 1}u;`,
      ...[...firstOrderSums, ...secondOrderSums[second]].map((sum) => unroll(sum, sampleCount)),
    ].join('\n'),
  }
}

function wholeSum(sum: Sum, sampleCount: number): string {
  const terms = Array.from({ length: sampleCount }, (_, i) =>
    addShare(sum, `${sum.source}.samples[${i >> 1}].${i % 2 === 0 ? 'xy' : 'zw'}`),
  )
  return sumOf(sum, terms)
}

function blockSum(sum: Sum): string {
  const terms = Array.from({ length: block }, (_, i) =>
    addShare(sum, `boundObjective.samples[k + ${i >> 1}].${i % 2 === 0 ? 'xy' : 'zw'}`),
  )
  return sumOf(sum, [
    `  let blocks = boundObjective.sampleCount / ${block}u;`,
    `  for (var k = 0u; k < blocks * ${block / 2}u; k += ${block / 2}u) {`,
    ...terms,
    '  }',
    `  for (var i = blocks * ${block}u; i < boundObjective.sampleCount; i++) {`,
    '    let both = boundObjective.samples[i / 2u];',
    addShare(sum, 'select(both.xy, both.zw, i % 2u == 1u)'),
    '  }',
  ])
}

function addShare({ share, ofStep }: Sum, sample: string): string {
  return `  sum += ${share}(w, scaledB, ${ofStep ? 'step, ' : ''}${sample});`
}

function sumOf({ name, type, ofStep }: Sum, lines: readonly string[]): string {
  return [
    `fn ${name}(w: f32, scaledB: f32${ofStep ? ', step: vec2f' : ''}) -> ${type} {`,
    `  var sum = ${type}(0.0);`,
    ...lines,
    '  return sum;',
    '}',
  ].join('\n')
}

/** The joined text of a program. */
export function joinParts(list: readonly ShaderText[]): string {
  return list.map(({ text }) => text).join('\n')
}

/** File and line of a line (from 1) of the joined text. */
export function locate(list: readonly ShaderText[], line: number): { file: string; line: number } {
  let rest = line
  for (const { file, text } of list) {
    const lines = text.split('\n').length
    if (rest <= lines) return { file, line: rest }
    rest -= lines
  }
  throw new Error(`The program has no line ${line}; it ends ${rest} lines before.`)
}
