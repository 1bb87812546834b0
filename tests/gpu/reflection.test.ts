/** Checks that duplicates in WGSL and TypeScript are the same; names are read from the texts. */
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js'
import { entries, parts, programParts, type ShaderText } from '../../src/gpu/shaders'
import { descentBytes, objectiveStruct, targetStruct, uniformStructs } from '../../src/gpu/structs'
import * as crossEntropy from '../../src/model/crossEntropy'
import * as cubicAndSquare from '../../src/model/cubicAndSquare'
import * as neuron from '../../src/model/neuron'
import { maxMinima, maxTargets } from '../../src/model/outcomes/outcome'
import * as permittedChange from '../../src/model/permitted/changeInterval'
import { exactly } from '../../src/model/permitted/interval'
import * as permitted from '../../src/model/permitted/objectiveInterval'
import { type RuleName, stateSizeOf } from '../../src/model/rule'
import * as adagrad from '../../src/model/rules/adagrad'
import * as adam from '../../src/model/rules/adam'
import * as gradientDescent from '../../src/model/rules/gradientDescent'
import * as miniBatch from '../../src/model/rules/miniBatch'
import * as momentum from '../../src/model/rules/momentum'
import * as nesterov from '../../src/model/rules/nesterov'
import * as newton from '../../src/model/rules/newton'
import * as rmsprop from '../../src/model/rules/rmsprop'
import * as squaredError from '../../src/model/squaredError'
import { defaultRule, rules } from '../../src/settings/rules'
import { defaultObjective } from './cases'

const reflect = ({ text }: ShaderText) => new WgslReflect(text)

const functionNames = (part: ShaderText) => reflect(part).functions.map(({ name }) => name)

const layout = (part: ShaderText, struct: string) => {
  const info = reflect(part).getStructInfo(struct)
  if (!info) throw new Error(`${part.file} has no struct ${struct}; it must have one.`)
  const members = info.members.map(({ name, type, offset }) => ({ name, type, offset }))
  return { size: info.size, members }
}

const twins: Record<string, { part: ShaderText; model: object }> = {
  neuron: { part: parts.neuron, model: neuron },
  squaredError: { part: parts.squaredError, model: squaredError },
  crossEntropy: { part: parts.crossEntropy, model: crossEntropy },
  cubicAndSquare: { part: parts.cubicAndSquare, model: cubicAndSquare },
}

const ruleParts = [
  { part: parts.gradientDescent, model: gradientDescent },
  { part: parts.momentum, model: momentum },
  { part: parts.nesterov, model: nesterov },
  { part: parts.adagrad, model: adagrad },
  { part: parts.rmsprop, model: rmsprop },
  { part: parts.adam, model: adam },
  { part: parts.miniBatch, model: miniBatch },
  { part: parts.newton, model: newton },
]

test.for(Object.entries(twins))('%s: the same functions in both languages', ([, twin]) => {
  expect(functionNames(twin.part).sort()).toEqual(Object.keys(twin.model).sort())
})

test.for(ruleParts)('$part.file: common functions, and takeStep in both', ({ part, model }) => {
  const wanted = ['beginning', 'isSame', 'ruleGradient', 'takeStep']
  const own = part === parts.miniBatch ? ['slopeAt'] : []
  expect(functionNames(part).sort()).toEqual([...wanted, ...own].sort())
  expect(model).toHaveProperty('takeStep', expect.any(Function))
  for (const name of ['isGradientAtTheta', 'isJudgedByMeans']) {
    expect(part.text).toMatch(new RegExp(`^const ${name} = (true|false);$`, 'm'))
  }
})

test.for(Object.keys(rules) as RuleName[])('%s: states have equal lengths in both', (name) => {
  const spec = defaultRule(name)
  const files = programParts('stepTrajectories', { objective: defaultObjective, rule: spec })
  const [part] = ruleParts.filter((rule) => files.includes(rule.part))
  const { size, members } = layout(part.part, 'State')
  expect(size).toBe(4 * stateSizeOf(spec))
  expect(members[0]).toEqual({ name: 'theta', type: expect.anything(), offset: 0 })
})

test('every function of the neuron has its interval', () => {
  for (const name of functionNames(parts.neuron)) {
    expect(permitted, `${name}Interval`).toHaveProperty(`${name}Interval`, expect.any(Function))
  }
})

test('every function of a change of the loss has its interval', () => {
  expect(functionNames(parts.squaredErrorChange)).toEqual(['termChange'])
  expect(functionNames(parts.crossEntropyChange).sort()).toEqual(['changeFromBelow', 'termChange'])
  const names = [
    ...functionNames(parts.lossChange),
    'squaredErrorChange',
    'crossEntropyChange',
    'changeFromBelow',
    'cubicAndSquareChange',
  ]
  const found = Object.keys(permittedChange).filter((name) => name.endsWith('Interval'))
  const others = ['stepInterval', 'createLossChangeInterval']
  expect(found.sort()).toEqual([...names.map((name) => `${name}Interval`), ...others].sort())
})

test('both parts for a cell have the same function, and only one of them writes curvature', () => {
  for (const part of [parts.cellAlone, parts.cellCurvature]) {
    expect(functionNames(part)).toContain('evaluateRows')
  }
  expect(parts.cellAlone.text).not.toContain('curvature')
  expect(parts.cellCurvature.text).toContain('textureStore(curvature')
})

test('Activation has the same fields in WGSL, in the oracle and in its interval', () => {
  const { members } = layout(parts.neuron, 'Activation')
  const fields = members.map(({ name }) => name)
  expect(Object.keys(neuron.activate(0))).toEqual(fields)
  expect(Object.keys(permitted.activateInterval(exactly(0)))).toEqual(fields)
})

test('every file of shaders/ is a part or an entry, under its own name', () => {
  const named = Object.entries({ ...parts, ...entries })
  for (const [name, { file }] of named) expect(file).toBe(`shaders/${name}.wgsl`)
  const files = readdirSync(new URL('../../shaders', import.meta.url))
  expect(files.sort()).toEqual(named.map(([name]) => `${name}.wgsl`).sort())
})

test.for(Object.entries(entries))('%s is the only entry point of its file', ([name, entry]) => {
  const { compute, vertex, fragment } = reflect(entry).entry
  expect(compute.map((point) => point.name)).toEqual([name])
  expect([...vertex, ...fragment]).toEqual([])
})

test.for(Object.entries(parts))('%s, a part, has no entry point and no binding', ([, part]) => {
  const { entry } = reflect(part)
  expect([...entry.compute, ...entry.vertex, ...entry.fragment]).toEqual([])
  expect(part.text).not.toMatch(/@(group|binding)\b/)
})

test.for(Object.entries(entries))('%s: bindings 0, 1, 2, ... of each group', ([, { text }]) => {
  const found = [...text.matchAll(/@group\((\d+)\) @binding\((\d+)\)/g)]
  expect(found.length).toBeGreaterThan(0)
  expect(found).toHaveLength(text.match(/@binding/g)?.length ?? 0)
  const bound = found.map(([, group, binding]) => [Number(group), Number(binding)])
  const ofRule = bound.filter(([group]) => group === 1)
  expect(ofRule.length === 0 || ofRule.length === 2).toBe(true)
  const own = bound.length - ofRule.length
  expect(bound).toEqual([
    ...Array.from({ length: own }, (_, i) => [0, i]),
    ...ofRule.map((_, i) => [1, i]),
  ])
})

const structHolders = Object.keys(uniformStructs).map((struct) => {
  const [holder] = Object.values({ ...entries, ...parts }).filter(({ text }) =>
    text.includes(`struct ${struct} {`),
  )
  return { struct: struct as keyof typeof uniformStructs, holder }
})

test.for(structHolders)('$struct: names, order, types, offsets and size', ({ struct, holder }) => {
  const { fields, size, pack } = uniformStructs[struct]
  const wgsl = layout(holder, struct)
  expect(wgsl.members.map(({ name, type }) => [name, type.name])).toEqual(Object.entries(fields))
  expect(wgsl.members.map(({ offset }) => offset)).toEqual(wgsl.members.map((_, i) => 4 * i))
  expect(wgsl.size).toBe(size)
  // Each value lands at its field's offset, as its field's type.
  const values = Object.fromEntries(wgsl.members.map(({ name }, i) => [name, 3 + i]))
  // The struct, and so the type of its values, is another in each case.
  const packed = new DataView(pack.call(uniformStructs[struct], values as never))
  expect(packed.byteLength).toBe(wgsl.size)
  for (const { name, type, offset } of wgsl.members) {
    const read = type.name === 'u32' ? packed.getUint32 : packed.getFloat32
    expect(read.call(packed, offset, true), name).toBe(values[name])
  }
})

test('TypeScript knows every uniform struct of an entry', () => {
  for (const { text, file } of Object.values(entries)) {
    const bound = [...text.matchAll(/var<uniform> \w+: (?:array<)?(\w+)/g)].map(([, type]) => type)
    // None escapes the pattern; softenCounts has none at all.
    expect(bound.length, file).toBe(text.split('var<uniform>').length - 1)
    for (const type of bound) {
      expect([...Object.keys(uniformStructs), 'Objective', 'Target']).toContain(type)
    }
  }
})

test('Target and Descent: offsets, sizes and counts', () => {
  const { size: wantedSize, ...offsets } = targetStruct
  const target = layout(parts.outcomeTargets, 'Target')
  expect(Object.fromEntries(target.members.map(({ name, offset }) => [name, offset]))).toEqual(
    offsets,
  )
  expect(target.size).toBe(wantedSize)
  expect(entries.classifyOutcomes.text).toContain(`array<Target, ${maxTargets}>`)
  expect(parts.outcomeTargets.text).toContain(`minima: array<vec3f, ${maxMinima}>`)
  const withState = (part: ShaderText) => ({
    file: part.file,
    text: `${part.text}\n${entries.classifyOutcomes.text}`,
  })
  for (const { part } of ruleParts) {
    const state = layout(part, 'State').size
    expect(layout(withState(part), 'Descent').size).toBe(state + descentBytes)
  }
})

test('Objective: offsets, size and number of samples', () => {
  const { size, members } = layout(parts.objective, 'Objective')
  const { size: wantedSize, maxSamples, ...offsets } = objectiveStruct
  expect(Object.fromEntries(members.map(({ name, offset }) => [name, offset]))).toEqual(offsets)
  expect(members.map(({ type }) => type.getTypeName())).toEqual([
    'u32',
    'f32',
    'vec2f',
    `array<vec4f, ${maxSamples / 2}>`,
  ])
  expect(size).toBe(wantedSize)
})
