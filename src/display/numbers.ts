/** Numbers as the page writes them. */
import { tickText } from './heightScale'

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

/** Rounded, but never to none or to all of what is not. */
export function shareText(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return '< 0.1 %'
  if (percent < 100 && percent > 99.9) return '> 99.9 %'
  return `${formatNumber(percent)} %`
}

/** Three digits, zeros among them, so that texts keep their length while a hand moves: "18.0". */
export function threeDigits(value: number): string {
  if (Number.isNaN(value)) return 'not a number'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size < 0.001 || size >= 100) return tickText(Number(value.toPrecision(3)))
  return value.toPrecision(3).replace('-', '−')
}

/** Whole percents, but never none or all for what is not. */
export function percentText(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 1) return '< 1 %'
  if (percent < 100 && percent > 99) return '> 99 %'
  return `${Math.round(percent)} %`
}

export function stepsText(steps: number): string {
  return `${steps.toLocaleString('en')} ${steps === 1 ? 'step' : 'steps'}`
}
