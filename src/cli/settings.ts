/** Settings from a command line: those of a permalink, then of a preset, then its options. */
import { readFile } from 'node:fs/promises'
import { type Problem, readPoints } from '../files/csvData'
import type { RuleName } from '../model/rule'
import { readAddress } from '../settings/address'
import { changeSettings } from '../settings/change'
import { fields } from '../settings/fields'
import { show } from '../settings/kinds'
import { presets } from '../settings/presets'
import { defaultLearningRate, rules } from '../settings/rules'
import { leadingRunner, runners } from '../settings/runners'
import { defaults, type Settings } from '../settings/settings'
import { type Given, readNumber, readNumbers, UsageError } from './arguments'

/** Most problems that are listed for a file of points. */
const mostTold = 10

/** @throws UsageError if an option is wrong, Error if a file cannot be read */
export async function readSettings(given: Given): Promise<Settings> {
  let settings = given.permalink === undefined ? defaults : ofPermalink(given.permalink)
  if (given.samples !== undefined) settings = await withSamples(settings, given.samples)
  const { loss, steps, start, engine } = given
  settings = change(settings, {
    ...(loss !== undefined && { loss }),
    ...(steps !== undefined && { steps: readNumber(steps) }),
    ...(start !== undefined && { start: readNumbers(start) }),
    ...(engine !== undefined && { engine }),
  })
  return withRunner(settings, given)
}

/** The changed settings; throws a sentence for the first value that is refused. */
export function change(settings: Settings, partial: object): Settings {
  const { settings: changed, complaints } = changeSettings(settings, partial)
  if (complaints.length > 0) throw new UsageError(complaints[0])
  return changed
}

function ofPermalink(text: string): Settings {
  const query = text.slice(Math.max(0, text.indexOf('?'))).replace(/#.*$/s, '')
  if (!query.includes('=') && query !== '?') {
    throw new UsageError(
      `The option --permalink is ${show(text)}; it must be an address or its part from ? on. ` +
        'Put it in quotes, since shells read & and ?.',
    )
  }
  const { settings, complaints } = readAddress(query)
  if (complaints.length > 0) throw new UsageError(`In the permalink: ${complaints[0]}`)
  return settings
}

async function withSamples(settings: Settings, text: string): Promise<Settings> {
  if (text.startsWith('preset:')) return withPreset(settings, text.slice('preset:'.length))
  const { kind } = fields.find(({ path }) => path === 'samples')!
  if (/^[-+.\d][^;]*,[^;]*(;|$)/.test(text)) return change(settings, { samples: kind.parse(text) })
  const content = await readFile(text).catch((cause) => {
    throw new Error(
      `The file ${show(text)} of --samples cannot be read (${cause.code ?? cause.message}).`,
      { cause },
    )
  })
  const { points, problems } = readPoints(content)
  if (problems.length > 0) {
    const told = problems.slice(0, mostTold).map(sentenceOf).join('\n')
    const more = problems.length > mostTold ? `\nand ${problems.length - mostTold} more` : ''
    throw new Error(`The file ${show(text)} cannot be used as points:\n${told}${more}`)
  }
  return change(settings, { samples: points })
}

function sentenceOf({ row, column, reason }: Problem): string {
  if (row === null) return reason
  return `Row ${row}${column === null ? '' : `, column ${column}`}: ${reason}`
}

function withPreset(settings: Settings, name: string): Settings {
  const preset = presets.find((each) => each.name === name)
  if (preset) return change(settings, preset.settings)
  const known = presets.map((each) => each.name).join(', ')
  throw new UsageError(`There is no preset ${show(name)}; it must be one of ${known}.`)
}

/** One runner with the given rule and rate; either one alone changes the first visible runner. */
function withRunner(settings: Settings, { rule, learningRate }: Given): Settings {
  if (rule === undefined && learningRate === undefined) return settings
  const { rule: leading } = leadingRunner(settings).runner
  if (rule === undefined) {
    return change(settings, {
      runners: [{ rule: leading, learningRate: readNumber(learningRate!) }],
    })
  }
  const [name, ...parts] = rule.split(':')
  const hasRate = typeof readNumber(parts[0] ?? '') === 'number'
  if (hasRate && learningRate !== undefined) {
    throw new UsageError(
      `The options --rule ${rule} and --learningRate ${learningRate} both have a rate; give one.`,
    )
  }
  const own = hasRate ? parts.shift() : undefined
  const { loss, samples } = settings
  const rate =
    learningRate ??
    own ??
    (Object.hasOwn(rules, name) ? defaultLearningRate(name as RuleName, loss, samples.length) : 1)
  return change(settings, { runners: runners.parse([name, rate, ...parts].join(':')) })
}

/** Reads `--name min,max,count`; without a count, uses that of the settings. */
export function readAxis(
  name: string,
  text: string,
  count: number,
): [min: unknown, max: unknown, count: unknown] {
  const values = readNumbers(text)
  if (values.length === 2 || values.length === 3) {
    const [min, max, given = count] = values
    return [min, max, given]
  }
  throw new UsageError(`The option --${name} is ${show(text)}; it must be MIN,MAX,COUNT.`)
}

/** @throws UsageError naming the option, the value found and the values allowed */
export function readCount(name: string, text: string, most: number): number {
  const value = readNumber(text)
  const isCount = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most
  if (isCount) return value as number
  throw new UsageError(
    `The option --${name} is ${show(value)}; it must be a whole number from 1 to ${most}.`,
  )
}
