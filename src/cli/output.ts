/** Writes files that exist whole or not at all, and standard output. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { show } from '../settings/kinds'

export interface Output {
  write(chunk: string | Uint8Array): Promise<void>
}

/** A file that has another name until it is finished. */
export interface FileOutput extends Output {
  file: FileHandle
}

/** Characters or bytes written at a time. */
const together = 2 ** 18

/**
 * Gives `fill` an output to write to. The file gets its name only once it is complete, so nobody
 * ever finds half of it.
 */
export async function writeFileWhole(
  path: string,
  fill: (output: FileOutput) => Promise<void>,
): Promise<void> {
  const unfinished = `${path}.${process.pid}.unfinished`
  let file: FileHandle | null = null
  try {
    file = await open(unfinished, 'w+')
    const handle = file
    const gather = gathered((chunk) => handle.appendFile(chunk))
    await fill({ file: handle, write: gather.write })
    await gather.flush()
    await file.close()
    await rename(unfinished, path)
  } catch (reason) {
    await file?.close().catch(() => {})
    await rm(unfinished, { force: true })
    const { code, syscall } = reason as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw reason
    throw new Error(`The file ${show(path)} cannot be written (${code}).`, { cause: reason })
  }
}

/** Writes to the file, or to standard output if no file is given. */
export async function writeOutput(
  path: string | undefined,
  terminal: Terminal,
  fill: (output: Output) => Promise<void>,
): Promise<void> {
  if (path !== undefined) return writeFileWhole(path, fill)
  const gather = gathered((chunk) => terminal.write(chunk))
  await fill(gather)
  await gather.flush()
}

/** Collects small texts before writing them. */
function gathered(write: (chunk: string | Uint8Array) => Promise<void>) {
  let waiting = ''
  const flush = async () => {
    const text = waiting
    waiting = ''
    if (text !== '') await write(text)
  }
  return {
    flush,
    async write(chunk: string | Uint8Array): Promise<void> {
      if (typeof chunk === 'string') {
        waiting += chunk
        if (waiting.length > together) await flush()
      } else {
        await flush()
        await write(chunk)
      }
    },
  }
}

export interface Terminal {
  /** To standard output. */
  write(chunk: string | Uint8Array): Promise<void>
  /** To standard error. */
  say(text: string): void
  /** Whether a line on standard error can be overwritten. */
  isInteractive: boolean
  /** Aborted when the person cancels. */
  signal: AbortSignal
}

/** Milliseconds between two progress messages, and before the first. */
const pause = 500

/** `onProgress` for a job; reports only what takes a while. */
export function createProgress(
  { say, isInteractive }: Terminal,
  label: string,
  isQuiet: boolean,
): { at(share: number): void; end(): void } {
  let last = performance.now()
  let tenth = 0
  let hasSaid = false
  return {
    at(share) {
      if (isQuiet || performance.now() - last < pause) return
      // In the log of a scheduler, a line for each tenth is enough.
      if (!isInteractive && Math.floor(share * 10) <= tenth) return
      last = performance.now()
      tenth = Math.floor(share * 10)
      hasSaid = true
      const text = `${label}: ${Math.floor(share * 100)} %`
      say(isInteractive ? `\r${text}` : `${text}\n`)
    },
    end() {
      if (hasSaid && isInteractive) say(`\r${' '.repeat(label.length + 7)}\r`)
    },
  }
}
