/** Where a command writes to, what stops it, and how it says how far it is. */

export interface Terminal {
  /** To standard output. */
  write(chunk: string | Uint8Array): Promise<void>
  /** To standard error. */
  say(text: string): void
  /** Whether a line on standard error can be written over. */
  isInteractive: boolean
  /** Aborted where the person cancels. */
  signal: AbortSignal
}

/** Milliseconds between two looks at the progress, and before the first. */
const pause = 500

/** `onProgress` for a job; says only what takes a while. */
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
      // In a log of a scheduler a line for each tenth is enough.
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
