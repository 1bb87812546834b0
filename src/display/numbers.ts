/** Numbers as the page writes them. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** 1024 -> "1,024" */
export function formatCount(value: number): string {
  return grouped.format(value)
}

/** To so many significant digits, with a true minus sign: -0.021834 -> "−0.0218". */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞'
  return String(Number(value.toPrecision(digits))).replace(/-/g, '−')
}

/** As formatNumber, in at most nine characters: small numbers with an exponent. */
export function formatShort(value: number): string {
  const size = Math.abs(value)
  if (size === 0 || size >= 1e-3 || !Number.isFinite(value)) return formatNumber(value)
  return value.toExponential(2).replaceAll('-', '−')
}

/** With a unit prefix: 28_400_000 -> "28.4 M". */
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

/** All digits, with an exponent where the zeros would fill a field. */
export function writtenNumber(value: number): string {
  const text = value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value)
  return text.replaceAll('-', '−')
}

/** What was typed: a number for what is one, else the text, about which the app will complain. */
export function typedNumber(text: string): unknown {
  // A pasted minus sign is a sign as good as a hyphen.
  const trimmed = text.trim().replaceAll('−', '-')
  return trimmed === '' || Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed)
}
