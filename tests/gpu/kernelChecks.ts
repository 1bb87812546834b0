/** All checks of kernels, and that every program compiles without a message. */
import { type EntryName, entries, joinParts, programParts } from '../../src/gpu/shaders'
import { defaultObjective, lossNames, seededSamples } from './cases'
import { assert, check, type KernelCheck } from './check'
import { descentChecks } from './descentChecks'
import { gridChecks } from './gridChecks'
import { mutantChecks } from './mutantChecks'

const programChecks = (Object.keys(entries) as EntryName[]).flatMap((name) =>
  lossNames.flatMap((loss) =>
    [5, 29].map((count) =>
      check(`${name} compiles without a message, ${loss}, ${count} samples`, async (device) => {
        const objective = { ...defaultObjective, loss, samples: seededSamples(count, 1) }
        const list = programParts(name, { objective, rule: { name: 'gradientDescent' } })
        const module = device.createShaderModule({ label: name, code: joinParts(list) })
        const { messages } = await module.getCompilationInfo()
        const [first] = messages
        assert(!first, `${name}, line ${first?.lineNum}: ${first?.type}: ${first?.message}`)
        return 'no message'
      }),
    ),
  ),
)

export const kernelChecks: readonly KernelCheck[] = [
  ...programChecks,
  ...gridChecks,
  ...descentChecks,
  ...mutantChecks,
]
