/** Turns texts into pipelines; each is compiled once per device. */
import { ProgramError } from './programError'
import {
  type EntryName,
  joinParts,
  locate,
  type ProgramOptions,
  programParts,
  type ShaderText,
} from './shaders'

/** The numbers of functions in shaders/objective.wgsl. */
const objectiveKinds = { neuron: 0, cubicAndSquare: 1 }

export interface PipelineOptions extends ProgramOptions {
  constants?: Record<string, number>
}

/** Compiled pipelines of one device. */
export class Programs {
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>()
  private tellUnfit: (sentence: string) => void = () => {}
  /** Resolves with a sentence when a program that everything needs cannot be built. */
  readonly unfit = new Promise<string>((resolve) => {
    this.tellUnfit = resolve
  })
  private isLost = false

  /** `rewrite` changes the parts before they are joined; tests create mutants with it. */
  constructor(
    private readonly device: GPUDevice,
    private readonly rewrite: (part: ShaderText) => ShaderText = (part) => part,
  ) {
    void device.lost.then(() => {
      this.isLost = true
    })
  }

  /** Rejects with a ProgramError; its cause names file and line if a text does not compile. */
  pipeline(entry: EntryName, options: PipelineOptions = {}): Promise<GPUComputePipeline> {
    const list = programParts(entry, options).map(this.rewrite)
    const { objective } = options
    const kind = objective && { objectiveKind: objectiveKinds[objective.kind] }
    const constants = { ...kind, ...options.constants }
    const key = JSON.stringify([list.map(({ file }) => file), constants])
    let pipeline = this.pipelines.get(key)
    if (!pipeline) {
      pipeline = compile(this.device, entry, list, constants).catch((reason) =>
        this.fail(new ProgramError(entry, options, reason)),
      )
      this.pipelines.set(key, pipeline)
      // A failure (a lost device, say) is not kept: the next job may try again.
      pipeline.catch(() => this.pipelines.delete(key))
    }
    return pipeline
  }

  private fail(error: ProgramError): never {
    // Without a device nothing can be built, which says nothing about the driver.
    if (this.isLost) throw error.cause
    console.info(error.cause)
    if (error.isVital) this.tellUnfit(error.message)
    throw error
  }
}

async function compile(
  device: GPUDevice,
  entry: EntryName,
  list: readonly ShaderText[],
  constants: Record<string, number>,
): Promise<GPUComputePipeline> {
  device.pushErrorScope('validation')
  const module = device.createShaderModule({ label: entry, code: joinParts(list) })
  const scope = device.popErrorScope()
  const { messages } = await module.getCompilationInfo()
  await scope
  const error = messages.find(({ type }) => type === 'error')
  if (error) {
    const { file, line } = locate(list, error.lineNum)
    throw new Error(`${file}:${line}:${error.linePos}: ${error.message}`)
  }
  return device.createComputePipelineAsync({
    label: entry,
    layout: 'auto',
    compute: { module, entryPoint: entry, constants },
  })
}
