/**
 * The only file that reads WGSL. A program is an entry file and the parts it uses, joined: WGSL
 * declarations may come in any order. What is generated, the unrolled sums, is generated here.
 */
import crossEntropy from '../../shaders/crossEntropy.wgsl?raw'
import evaluateGrid from '../../shaders/evaluateGrid.wgsl?raw'
import gradientDescent from '../../shaders/gradientDescent.wgsl?raw'
import heldObjective from '../../shaders/heldObjective.wgsl?raw'
import loadRecord from '../../shaders/loadRecord.wgsl?raw'
import neuron from '../../shaders/neuron.wgsl?raw'
import objective from '../../shaders/objective.wgsl?raw'
import recordTexel from '../../shaders/recordTexel.wgsl?raw'
import reduceExtremes from '../../shaders/reduceExtremes.wgsl?raw'
import sampleSums from '../../shaders/sampleSums.wgsl?raw'
import squaredError from '../../shaders/squaredError.wgsl?raw'
import stepTrajectories from '../../shaders/stepTrajectories.wgsl?raw'
import traceLosses from '../../shaders/traceLosses.wgsl?raw'
import { losses } from '../model/loss'
import type { ObjectiveSpec } from '../model/objective'
import type { RuleSpec } from '../model/rule'

/** A text and the name under which an error in it is reported. */
export interface ShaderPart {
  file: string
  text: string
}

const part = (name: string, text: string): ShaderPart => ({ file: `shaders/${name}.wgsl`, text })

/** sampleSums is in no program: it is what the unrolled form is tested against. */
export const parts = {
  neuron: part('neuron', neuron),
  squaredError: part('squaredError', squaredError),
  crossEntropy: part('crossEntropy', crossEntropy),
  objective: part('objective', objective),
  heldObjective: part('heldObjective', heldObjective),
  sampleSums: part('sampleSums', sampleSums),
  gradientDescent: part('gradientDescent', gradientDescent),
  recordTexel: part('recordTexel', recordTexel),
  reduceExtremes: part('reduceExtremes', reduceExtremes),
}

export const entries = {
  evaluateGrid: part('evaluateGrid', evaluateGrid),
  stepTrajectories: part('stepTrajectories', stepTrajectories),
  loadRecord: part('loadRecord', loadRecord),
  traceLosses: part('traceLosses', traceLosses),
}

export type EntryName = keyof typeof entries

/** What of a job fixes the texts; no number that a person may drag is among it. */
export interface ProgramOptions {
  objective?: ObjectiveSpec
  rule?: RuleSpec
}

const needs: Record<
  EntryName,
  readonly (keyof ProgramOptions | 'heldObjective' | 'recordTexel' | 'reduceExtremes')[]
> = {
  evaluateGrid: ['objective', 'reduceExtremes'],
  stepTrajectories: ['heldObjective', 'rule', 'recordTexel'],
  loadRecord: ['recordTexel'],
  traceLosses: ['objective', 'recordTexel'],
}

/** The texts of a program: its entry, then what that needs. */
export function programParts(entry: EntryName, options: ProgramOptions = {}): ShaderPart[] {
  const brought = {
    recordTexel: () => [parts.recordTexel],
    reduceExtremes: () => [parts.reduceExtremes],
    objective: () => objectiveParts(given(entry, 'objective', options.objective), false),
    heldObjective: () => [
      parts.heldObjective,
      ...objectiveParts(given(entry, 'objective', options.objective), true),
    ],
    rule: () => [parts[given(entry, 'rule', options.rule).name]],
  }
  return [entries[entry], ...needs[entry].flatMap((need) => brought[need]())]
}

function objectiveParts({ loss, samples }: ObjectiveSpec, isHeld: boolean): ShaderPart[] {
  const sums = unrolledSums(samples.length, isHeld)
  return [parts.objective, parts.neuron, parts[losses[loss].terms], sums]
}

function given<Option>(entry: EntryName, name: string, option: Option | undefined): Option {
  if (option === undefined) throw new Error(`The program ${entry} needs an ${name}; none is given.`)
  return option
}

/** Up to so many samples every term is written out; above, blocks of eight stand in a loop. */
const fullyUnrolled = 16
const block = 8

/**
 * lossSum and gradientSum as in sampleSums.wgsl, without a loop over single samples: 4 times as
 * fast on SwiftShader, 1.1 times on lavapipe. The texts depend on the count up to 16 samples, and
 * not at all on it above.
 *
 * With heldObjective.wgsl, samples that are written out are read from what is held, the others from
 * what is bound.
 */
export function unrolledSums(sampleCount: number, isHeld = false): ShaderPart {
  const isWhole = sampleCount <= fullyUnrolled
  const source = isHeld && !isWhole ? 'boundObjective' : 'objective'
  const pairs = isWhole ? Math.ceil(sampleCount / 2) : 1
  return {
    file: `unrolledSums, ${isWhole ? sampleCount : 'blocks'}`,
    text: [
      ...(isHeld ? [`const heldPairs = ${pairs}u;`] : []),
      unrolledSum('lossSum', 'f32', 'lossShare', sampleCount, source),
      unrolledSum('gradientSum', 'vec2f', 'gradientShare', sampleCount, source),
    ].join('\n'),
  }
}

function unrolledSum(
  name: string,
  type: string,
  share: string,
  sampleCount: number,
  source: string,
): string {
  const add = (sample: string) => `  sum += ${share}(w, scaledB, ${sample});`
  const sampleOf = (i: number, base = '') =>
    `${source}.samples[${base}${i >> 1}].${i % 2 === 0 ? 'xy' : 'zw'}`
  const open = [`fn ${name}(w: f32, scaledB: f32) -> ${type} {`, `  var sum = ${type}(0.0);`]
  const close = ['  return sum;', '}']
  if (sampleCount <= fullyUnrolled) {
    const terms = Array.from({ length: sampleCount }, (_, i) => add(sampleOf(i)))
    return [...open, ...terms, ...close].join('\n')
  }
  const terms = Array.from({ length: block }, (_, i) => `  ${add(sampleOf(i, 'k + '))}`)
  return [
    ...open,
    `  let blocks = ${source}.sampleCount / ${block}u;`,
    `  for (var k = 0u; k < blocks * ${block / 2}u; k += ${block / 2}u) {`,
    ...terms,
    '  }',
    `  for (var i = blocks * ${block}u; i < ${source}.sampleCount; i++) {`,
    `    let both = ${source}.samples[i / 2u];`,
    `  ${add('select(both.xy, both.zw, i % 2u == 1u)')}`,
    '  }',
    ...close,
  ].join('\n')
}

/** The joined text of a program. */
export function joinParts(list: readonly ShaderPart[]): string {
  return list.map(({ text }) => text).join('\n')
}

/** File and line of a line (from 1) of the joined text. */
export function locate(list: readonly ShaderPart[], line: number): { file: string; line: number } {
  let rest = line
  for (const { file, text } of list) {
    const lines = text.split('\n').length
    if (rest <= lines) return { file, line: rest }
    rest -= lines
  }
  throw new Error(`The program has no line ${line}; it ends ${rest} lines before.`)
}
