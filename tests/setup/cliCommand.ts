/** Runs the command line as people do, or in the process of the tests, which is quicker. */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { run } from '../../src/cli/main'

const command = fileURLToPath(new URL('../../src/cli/steepest.mjs', import.meta.url))
const built = new URL('../../dist/cli/main.mjs', import.meta.url).href

export interface Answer {
  code: number | null
  out: string
  err: string
}

/** Builds it if necessary, so that tests need not wait for that one by one. */
export function buildCli(): void {
  const { status, stderr } = spawnSync(process.execPath, [command, '--version'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`steepest --version ended with ${status}: ${stderr}`)
}

/** Splits a line into words as a shell does; only double quotes are known. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain)
}

/** Runs the built command, workers and all, in this process and the current folder. */
export async function steepest(words: readonly string[]): Promise<Answer> {
  // Built before the tests run, so that vite has nothing to look for.
  const main: { run: typeof run } = await import(/* @vite-ignore */ built)
  const out: Buffer[] = []
  let err = ''
  const code = await main.run(words, {
    write: async (chunk) => void out.push(Buffer.from(chunk)),
    say: (text) => {
      err += text
    },
    isInteractive: false,
    signal: new AbortController().signal,
  })
  return { code, out: Buffer.concat(out).toString(), err }
}

interface ProcessOptions {
  cwd?: string
  env?: Record<string, string>
  /** Called when the process first says something, with a function that signals it. */
  onText?(kill: (signal: NodeJS.Signals) => void): void
}

/** `node src/cli/steepest.mjs` in a process of its own. */
export function steepestProcess(
  words: readonly string[],
  { cwd, env, onText }: ProcessOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...words], {
      ...(cwd !== undefined && { cwd }),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.stderr.once('data', () => onText?.((signal) => child.kill(signal)))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}
