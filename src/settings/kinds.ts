/**
 * Kinds of setting: how each is checked (valibot) and how it is written in an address. A complaint
 * has the form "is <found>; it must be <wanted>" and follows the setting's name.
 */
import * as v from 'valibot'

export interface Kind<Value> {
  /** Checks a value from outside; its first issue's message is the complaint. */
  schema: v.GenericSchema<unknown, Value>
  format(value: Value): string
  /** The value that a text in the address stands for; the schema judges it afterwards. */
  parse(text: string): unknown
  /** Bounds and steps for a control, if the kind has them. */
  bounds?: { min: number; max: number; integer: boolean; logarithmic: boolean }
  choices?: readonly string[]
}

/** Shows a value, short enough for a sentence. JSON would write NaN and infinity as null. */
export function show(found: unknown): string {
  const text = written(found)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function written(found: unknown): string {
  if (typeof found === 'string') return `"${found}"`
  // The first items fill the sentence; a list may have a million.
  if (Array.isArray(found)) return `[${found.slice(0, 20).map(written).join(', ')}]`
  if (typeof found === 'object' && found !== null) return 'an object'
  return String(found)
}

const wants = (wanted: string) => (issue: { input: unknown }) =>
  `is ${show(issue.input)}; it must be ${wanted}.`

/** Parses a text that is only a number; any other text stays as it is and fails the schema. */
function parseNumber(text: string): unknown {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

interface NumberOptions {
  integer?: boolean
  logarithmic?: boolean
}

export function number(min: number, max: number, options: NumberOptions = {}): Kind<number> {
  const { integer = false, logarithmic = false } = options
  const message = wants(`${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`)
  return {
    schema: v.pipe(
      v.custom<number>((input) => typeof input === 'number', message),
      v.check((value) => value >= min && value <= max, message),
      v.check((value) => !integer || Number.isInteger(value), message),
    ),
    format: String,
    parse: parseNumber,
    bounds: { min, max, integer, logarithmic },
  }
}

export function choice<const Choice extends string>(choices: readonly Choice[]): Kind<Choice> {
  return {
    schema: v.picklist(choices, wants(`one of ${choices.join(', ')}`)),
    format: (value) => value,
    parse: (text) => text,
    choices,
  }
}

/** The most data points. */
export const mostSamples = 1024

/** A seed of random numbers, which are drawn from 32 bits. */
export const seed = number(0, 2 ** 32 - 1, { integer: true })

export const flag: Kind<boolean> = {
  schema: v.boolean(wants('true or false')),
  format: (value) => (value ? '1' : '0'),
  parse: (text) => (text === '1' ? true : text === '0' ? false : text),
}

/** Two numbers, each within bounds: a place (w, b). */
export function pair(min: number, max: number): Kind<readonly [number, number]> {
  const message = wants(`two numbers from ${min} to ${max}`)
  return {
    schema: v.pipe(
      v.custom<readonly [number, number]>((input) => isNumbers(input, 2), message),
      v.check((values) => values.every((value) => value >= min && value <= max), message),
    ),
    format: (values) => values.map(String).join(','),
    parse: (text) => text.split(',').map(parseNumber),
    bounds: { min, max, integer: false, logarithmic: false },
  }
}

/** [min, max] with min < max, both within bounds and at least `apart` apart. */
export function range(min: number, max: number, apart = 1e-5): Kind<readonly [number, number]> {
  const message = wants(
    `[min, max] with ${min} <= min < max <= ${max}, at least ${apart.toExponential()} apart`,
  )
  return {
    schema: v.pipe(
      v.custom<readonly [number, number]>((input) => isNumbers(input, 2), message),
      v.check(([low, high]) => low >= min && high <= max && high - low >= apart, message),
    ),
    format: (values) => values.map(String).join('..'),
    parse: (text) => text.split('..').map(parseNumber),
    bounds: { min, max, integer: false, logarithmic: false },
  }
}

/** A value of another kind, or null, which an address writes as nothing. */
export function optional<Value>(kind: Kind<Value>): Kind<Value | null> {
  return {
    schema: v.nullable(kind.schema),
    format: (value) => (value === null ? '' : kind.format(value)),
    parse: (text) => (text === '' ? null : kind.parse(text)),
  }
}

/** Data points [[x, y], ...], or other places. */
export function points(
  maxCount: number,
  bound: number,
  noun = 'points [x, y]',
): Kind<readonly (readonly [number, number])[]> {
  const message = wants(`1 to ${maxCount} ${noun} of numbers from ${-bound} to ${bound}`)
  return {
    schema: v.pipe(
      v.custom<readonly (readonly [number, number])[]>(
        (input) =>
          Array.isArray(input) &&
          input.length >= 1 &&
          input.length <= maxCount &&
          input.every((point) => isNumbers(point, 2)),
        message,
      ),
      v.check((value) => value.every((point) => point.every((c) => Math.abs(c) <= bound)), message),
    ),
    format: (value) => value.map((point) => point.map(String).join(',')).join(';'),
    parse: (text) => text.split(';').map((point) => point.split(',').map(parseNumber)),
  }
}

/** Whether a setting of this kind can have the value. */
export function holds(kind: Kind<unknown>, value: unknown): boolean {
  return v.is(kind.schema, value)
}

function isNumbers(input: unknown, length: number): boolean {
  return Array.isArray(input) && input.length === length && input.every((c) => Number.isFinite(c))
}
