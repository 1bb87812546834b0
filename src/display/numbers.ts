/**
 * Numbers as the page writes them, all with a true minus sign. formatNumber is for computed values,
 * threeDigits for those that a hand is moving, writtenNumber for settings that may be typed again,
 * and tickText for ticks, which have few digits anyway.
 */

const grouped = new Intl.NumberFormat('en')

/** Writes a count: 1024 -> "1,024", and a median of 2.5 -> "2.5". */
export function formatCount(value: number): string {
  return grouped.format(value)
}

/** Writes a count with its noun: (1, 'step') -> "1 step", (1024, 'step') -> "1,024 steps". */
export function counted(value: number, what: string): string {
  return `${formatCount(value)} ${what}${value === 1 ? '' : 's'}`
}

/** Rounds to significant digits: -0.021834 -> "−0.0218", 18 -> "18", 12345 -> "12300". */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞'
  return withMinus(String(Number(value.toPrecision(digits))))
}

/** Like formatNumber, but in at most nine characters, for columns: 0.000218 -> "2.18e−4". */
export function formatShort(value: number): string {
  const size = Math.abs(value)
  if (size === 0 || size >= 1e-3 || !Number.isFinite(value)) return formatNumber(value)
  return withMinus(value.toExponential(2))
}

/** Writes a unit prefix: 28_400_000 -> "28.4 M". */
export function formatLarge(value: number): string {
  for (const [size, prefix] of [
    [1e9, ' G'],
    [1e6, ' M'],
    [1e3, ' k'],
  ] as const) {
    if (value >= size) return Number((value / size).toPrecision(3)) + prefix
  }
  return formatNumber(value)
}

/** Keeps trailing zeros, so that texts keep their length while a hand moves: 18 -> "18.0". */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value)
  const size = Math.abs(value)
  if (size < 0.001 || size >= 100) return tickText(Number(value.toPrecision(3)))
  return withMinus(value.toPrecision(3))
}

/** Up to twelve digits, without binary-fraction noise: 0.1 + 0.2 -> "0.3", 2e6 -> "2e6". */
export function tickText(value: number): string {
  const size = Math.abs(value)
  const short = size !== 0 && (size < 1e-4 || size >= 1e6)
  const text = short ? value.toExponential() : String(Number(value.toPrecision(12)))
  return withMinus(text.replace('e+', 'e'))
}

/**
 * Writes 0 % or 100 % only if that is exact: 0.628 -> "63 %", 0.004 -> "< 1 %".
 *
 * @param finest smallest difference in per cent: with 0.1, 0.628 -> "62.8 %", 0.004 -> "0.4 %"
 */
export function percentText(share: number, finest: 1 | 0.1 = 1): string {
  const percent = share * 100
  if (percent > 0 && percent < finest) return `< ${finest} %`
  if (percent < 100 && percent > 100 - finest) return `> ${100 - finest} %`
  return `${finest === 1 ? Math.round(percent) : formatNumber(percent)} %`
}

/** All digits, with an exponent if the zeros would fill a field: 0.00002 -> "2e−5". */
export function writtenNumber(value: number): string {
  const text = value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value)
  return withMinus(text)
}

const decimalNumber = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i
/** "1,000" may be one or a thousand; "0,125" is only a decimal fraction. */
const maybeThousands = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/

/**
 * Reads typed text, the inverse of writtenNumber: gives a number if the text is one, with a decimal
 * point or comma, otherwise the text, about which the app will complain.
 */
export function typedNumber(text: string): unknown {
  // A pasted minus sign counts as a hyphen.
  const trimmed = text.trim().replaceAll('−', '-')
  if (!decimalNumber.test(trimmed) || maybeThousands.test(trimmed)) return trimmed
  return Number(trimmed.replace(',', '.'))
}

function withMinus(text: string): string {
  return text.replaceAll('-', '−')
}
