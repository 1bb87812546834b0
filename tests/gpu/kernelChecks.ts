/** All kernel checks, and checks that every program compiles without a message. */
import { Programs } from '../../src/gpu/program'
import {
  type EntryName,
  entries,
  joinParts,
  type ProgramOptions,
  parts,
  programParts,
} from '../../src/gpu/shaders'
import { defaultObjective, lossNames, seededSamples } from './cases'
import { assert, check, type KernelCheck } from './check'
import { curvatureChecks } from './curvatureChecks'
import { densityChecks } from './densityChecks'
import { descentChecks } from './descentChecks'
import { gridChecks } from './gridChecks'
import { mutantChecks } from './mutantChecks'
import { outcomeChecks } from './outcomeChecks'
import { ruleChecks } from './ruleChecks'

const programs: readonly { name: EntryName; what: string; options?: ProgramOptions }[] = [
  ...(Object.keys(entries) as EntryName[]).map((name) => ({ name, what: name })),
  {
    name: 'evaluateGrid',
    what: 'evaluateGrid with curvature',
    options: { withCurvature: true },
  },
]

const programChecks = programs.flatMap(({ name, what, options }) =>
  lossNames.flatMap((loss) =>
    [5, 29].map((count) =>
      check(`${what} compiles without a message, ${loss}, ${count} samples`, async (device) => {
        const objective = { ...defaultObjective, loss, samples: seededSamples(count, 1) }
        const rule = { name: 'gradientDescent' } as const
        const list = programParts(name, { objective, rule, ...options })
        const module = device.createShaderModule({ label: name, code: joinParts(list) })
        const { messages } = await module.getCompilationInfo()
        const [first] = messages
        assert(!first, `${name}, line ${first?.lineNum}: ${first?.type}: ${first?.message}`)
        return 'no message'
      }),
    ),
  ),
)

const located = check('a compilation error names file and line', async (device) => {
  // The part comes after the entry, so its line in the joined text differs.
  const { file, text } = parts.recordTexel
  const line = 1 + text.split('\n').findIndex((content) => content.includes('texel % width'))
  const programs = new Programs(device, (part) =>
    part.file === file ? { file, text: text.replace('texel % width', 'texel % widht') } : part,
  )
  // The error's own message is for people; its cause has the driver's words.
  const outcome = await programs
    .pipeline('loadRecord')
    .catch(({ cause }: Error) => (cause as Error).message)
  assert(typeof outcome === 'string', 'A text with an unknown name must not compile.')
  const [message] = String(outcome).split('\n')
  assert(message.startsWith(`${file}:${line}:`), `The message is ${message}, not ${file}:${line}.`)
  assert(String(outcome).includes('widht'), `The message must name widht: ${outcome}`)
  return message
})

export const kernelChecks: readonly KernelCheck[] = [
  ...programChecks,
  located,
  ...gridChecks,
  ...curvatureChecks,
  ...descentChecks,
  ...densityChecks,
  ...mutantChecks,
  ...outcomeChecks,
  ...ruleChecks,
]

/** The checks that a second implementation must pass. */
export const portableChecks = kernelChecks.filter(({ kind }) => kind !== 'data')
