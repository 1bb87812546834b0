/** Opens an engine for one command, watches it, and disposes of it. */
import { availableParallelism } from 'node:os'
import { CpuEngine } from '../engine/cpuEngine'
import type { Engine } from '../engine/engine'
import { openGpuEngine } from '../engine/gpuEngine'
import { engineText } from '../files/settingsText'
import type { Settings } from '../settings/settings'
import type { Given } from './arguments'
import { createNodeWorker } from './nodeWorkers'
import type { Terminal } from './output'
import { readCount } from './settings'

const mostWorkers = 256

/**
 * @param use its signal is aborted when the person cancels, or the engine is lost or reports an
 *   error outside any job
 */
export async function withEngine(
  { engine: wanted }: Settings,
  { workers }: Given,
  terminal: Terminal,
  use: (engine: Engine, text: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const count = workers === undefined ? undefined : readCount('workers', workers, mostWorkers)
  const { engine, text, notice } = await openEngine(wanted, count)
  if (notice) terminal.say(`${notice}\n`)
  const failure = new AbortController()
  const fail = (sentence: string) => failure.abort(new Error(sentence))
  void engine.lost.then(fail)
  const { device } = engine as { device?: GPUDevice }
  device?.addEventListener('uncapturederror', ({ error }) => {
    fail(`The graphics device reported an error: ${error.message}`)
  })
  // Immediately: a piece of a long job may take seconds, and nobody waits for it any more.
  const stop = () => engine.dispose()
  terminal.signal.addEventListener('abort', stop)
  try {
    await use(engine, text, AbortSignal.any([terminal.signal, failure.signal]))
  } catch (reason) {
    throw failure.signal.aborted ? failure.signal.reason : reason
  } finally {
    terminal.signal.removeEventListener('abort', stop)
    engine.dispose()
  }
}

declare global {
  var steepestGpu: GPU | undefined
}

export interface Opened {
  engine: Engine
  /** For example "GPU, SwiftShader". */
  text: string
  /** Why it is not the GPU, unless the processor was asked for. */
  notice: string | null
}

/** @throws Error with a sentence if the GPU was asked for but is not available */
export async function openEngine(
  wanted: Settings['engine'],
  workers = availableParallelism(),
): Promise<Opened> {
  if (wanted === 'cpu') return openCpu(workers, null)
  try {
    const engine = await openGpuEngine(await findDawn())
    return { engine, text: engineText(engine), notice: null }
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason)
    if (wanted === 'gpu') {
      throw new Error(`${why} Without --engine gpu, the processor computes.`, {
        cause: reason,
      })
    }
    return openCpu(workers, `${why} The processor computes instead, in 64 bits.`)
  }
}

function openCpu(workers: number, notice: string | null): Opened {
  const engine = new CpuEngine(workers, createNodeWorker)
  return { engine, text: engineText(engine), notice }
}

async function findDawn(): Promise<GPU> {
  if (globalThis.steepestGpu) return globalThis.steepestGpu
  const dawn = await import('webgpu').catch((cause) => {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
    throw new Error(
      isMissing
        ? 'Dawn, which computes on the GPU, is not installed: npm ci installs it (the package webgpu).'
        : 'Dawn (the package webgpu) is installed, but does not run here.',
      { cause },
    )
  })
  Object.assign(globalThis, dawn.globals)
  // Kept on globalThis: if it were collected, the process would crash.
  globalThis.steepestGpu = dawn.create([])
  return globalThis.steepestGpu
}
