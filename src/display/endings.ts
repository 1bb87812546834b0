/** Endings and their numbers as the charts and maps of the lens of rates write them. */
import { noMinimum, type OutcomeName, outcomeCodes } from '../model/outcomes/outcome'
import { tickText } from './heightScale'

const names = Object.keys(outcomeCodes) as OutcomeName[]

export function outcomeName(code: number): OutcomeName {
  return names[code]
}

/** "minimum 2", or the class. */
export function endingName(code: number, minimum: number): string {
  return minimum === noMinimum ? names[code] : `minimum ${minimum + 1}`
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
