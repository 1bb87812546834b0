/** Turns the words of a command line into a command's options. */
import { parseArgs } from 'node:util'
import { show } from '../settings/kinds'
import {
  type CommandName,
  commandNames,
  commands,
  type Extension,
  type OptionName,
  options,
} from './commands'

export type Given = Readonly<Partial<Record<OptionName, string>>>

export interface Arguments {
  command: CommandName
  given: Given
  /** Words that do not belong to an option: the parts to join. */
  files: readonly string[]
}

export function isCommand(word: string | undefined): word is CommandName {
  return commandNames.includes(word as CommandName)
}

/**
 * @param words the words after the command
 * @throws UsageError with a sentence
 */
export function readArguments(command: CommandName, words: readonly string[]): Arguments {
  const { takes } = commands[command]
  const isSwitch = (name: string) => !('value' in (options[name as OptionName] ?? {}))
  const { tokens } = parseArgs({
    args: withNegativeValues(words, isSwitch),
    options: Object.fromEntries(
      takes.map((name) => [name, { type: isSwitch(name) ? 'boolean' : 'string' } as const]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given: Partial<Record<OptionName, string>> = {}
  const files: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value)
    if (token.kind !== 'option') continue
    const name = takes.find((each) => each === token.name)
    if (!name) throw unknownOption(command, token.rawName)
    if (given[name] !== undefined) {
      throw new UsageError(`The option --${name} is given twice; it must be given once.`)
    }
    given[name] = valueFor(name, isSwitch(name), token.value)
  }
  if (command !== 'join' && files.length > 0) {
    throw new UsageError(
      `${command} got ${show(files[0])}, which belongs to no option; options begin with --.`,
    )
  }
  return { command, given, files }
}

function valueFor(name: OptionName, isSwitch: boolean, value: string | undefined): string {
  if (isSwitch && value === undefined) return 'true'
  if (isSwitch) throw new UsageError(`The option --${name} has ${show(value)}; it takes no value.`)
  if (value) return value
  const { value: wanted } = options[name] as { value?: string }
  throw new UsageError(`The option --${name} has no value; it must be ${wanted}.`)
}

/** Reads `--w -6,10` as `--w=-6,10`: a value is not an option, although it begins with a dash. */
function withNegativeValues(
  words: readonly string[],
  isSwitch: (name: string) => boolean,
): string[] {
  const joined: string[] = []
  for (let i = 0; i < words.length; i++) {
    const [word, next = ''] = [words[i], words[i + 1]]
    const takesNext = /^--[^=]+$/.test(word) && !isSwitch(word.slice(2)) && /^-[\d.]/.test(next)
    joined.push(takesNext ? `${word}=${next}` : word)
    if (takesNext) i++
  }
  return joined
}

function unknownOption(command: CommandName, name: string): UsageError {
  const known = commands[command].takes.map((each) => `--${each}`).join(', ')
  return new UsageError(`${command} has no option ${name}; it takes ${known}.`)
}

/** Format of the result: by the extension of --out, else by --format. */
export function formatOf({ command, given: { out, format } }: Arguments): Extension {
  const { writes } = commands[command]
  if (out === undefined) {
    const texts = writes.filter((each) => each !== 'png' && each !== 'part')
    if (format === undefined) return texts[0]
    const found = texts.find((each) => each === format)
    if (found) return found
    throw new UsageError(
      `The option --format is ${show(format)}; it must be ${texts.join(' or ')}.`,
    )
  }
  if (format !== undefined) {
    throw new UsageError('Both --out and --format are given; the extension of --out decides.')
  }
  const extension = /\.([a-z]+)$/i.exec(out)?.[1].toLowerCase()
  const found = writes.find((each) => each === extension)
  if (found) return found
  const wanted = writes.map((each) => `.${each}`).join(', ')
  throw new UsageError(`The option --out is ${show(out)}; ${command} writes ${wanted}.`)
}

/** `i/n`, 1 <= i <= n. */
export function readTile(text: string, rows: number): { i: number; n: number } {
  const [, i, n] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number)
  if (i >= 1 && i <= n && n <= rows) return { i, n }
  throw new UsageError(
    `The option --tile is ${show(text)}; it must be I/N with 1 <= I <= N <= ${rows}, the rows.`,
  )
}

/** Numbers of an option; anything else stays text, for the checks to complain about. */
export function readNumbers(text: string): unknown[] {
  return text.split(',').map(readNumber)
}

export function readNumber(text: string): unknown {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : text
}

/** The request makes no sense: exit code 2, whereas a failure has 1. */
export class UsageError extends Error {}

/** Runs checks whose errors concern the request. */
export function asUsage<Result>(check: () => Result): Result {
  try {
    return check()
  } catch (reason) {
    if (reason instanceof UsageError) throw reason
    throw new UsageError(reason instanceof Error ? reason.message : String(reason), {
      cause: reason,
    })
  }
}
