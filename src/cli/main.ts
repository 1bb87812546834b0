/** The command line: chooses the command and the exit code. */
import { readFileSync } from 'node:fs'
import { show } from '../settings/kinds'
import { type Arguments, isCommand, readArguments, UsageError } from './arguments'
import { benchCommand } from './benchCommand'
import { type CommandName, commandNames } from './commands'
import { commandHelp, generalHelp } from './help'
import { joinCommand } from './join'
import { mapCommand } from './mapCommand'
import type { Terminal } from './output'
import { descendCommand, explainCommand, sweepCommand } from './valuesCommand'

const codes = { success: 0, failure: 1, usage: 2, cancelled: 130 }

type Run = (args: Arguments, terminal: Terminal, version: string) => Promise<void>

const runs: Readonly<Record<CommandName, Run>> = {
  grid: mapCommand,
  classify: mapCommand,
  descend: descendCommand,
  sweep: sweepCommand,
  explain: explainCommand,
  join: joinCommand,
  bench: benchCommand,
}

/** Version of the package, which is two folders up, built or not. */
function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Never rejects: an error becomes a sentence on standard error, and the exit code. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await answer(words, terminal)
    return codes.success
  } catch (reason) {
    if (terminal.signal.aborted) {
      terminal.say('Cancelled; nothing was written.\n')
      return codes.cancelled
    }
    terminal.say(`steepest: ${reason instanceof Error ? reason.message : String(reason)}\n`)
    return reason instanceof UsageError ? codes.usage : codes.failure
  }
}

async function answer([first, ...rest]: readonly string[], terminal: Terminal): Promise<void> {
  if (first === '--version') return terminal.write(`${readVersion()}\n`)
  if (first === '--help' || first === 'help') {
    return terminal.write(isCommand(rest[0]) ? commandHelp(rest[0]) : generalHelp())
  }
  if (!isCommand(first)) {
    const found = first === undefined ? 'got no command' : `has no command ${show(first)}`
    throw new UsageError(
      `steepest ${found}; it must be one of ${commandNames.join(', ')}. steepest --help says more.`,
    )
  }
  const args = readArguments(first, rest)
  if (args.given.help !== undefined) return terminal.write(commandHelp(first))
  await runs[first](args, terminal, readVersion())
}

/** Runs with the streams and the signals of this process. */
export async function main(words: readonly string[]): Promise<number> {
  const controller = new AbortController()
  const cancel = () => controller.abort(new Error('Cancelled.'))
  // Only once: a second signal ends the process at once.
  process.once('SIGINT', cancel)
  process.once('SIGTERM', cancel)
  // The writer gets the error; without a listener, node would end with a trace.
  process.stdout.on('error', () => {})
  try {
    return await run(words, {
      write: (chunk) =>
        new Promise((resolve, reject) => {
          process.stdout.write(chunk, (error) => (error ? reject(explained(error)) : resolve()))
        }),
      say: (text) => void process.stderr.write(text),
      isInteractive: process.stderr.isTTY === true,
      signal: controller.signal,
    })
  } finally {
    process.off('SIGINT', cancel)
    process.off('SIGTERM', cancel)
  }
}

function explained(error: NodeJS.ErrnoException): Error {
  if (error.code !== 'EPIPE') return error
  return new Error('Standard output was closed before everything was written.', { cause: error })
}
