/** Formulas as MathML markup, from our own strings only: typed text never gets in here. */
import { formatNumber } from '../../../display/numbers'

const narrowSpace = '<mspace width="0.2em"></mspace>'

/**
 * The row of tokens between the spaces: math`x^3 + f_i` has a power, an operator and an index.
 * Inserted values are markup already. A ~ is a narrow space.
 */
export function math(strings: TemplateStringsArray, ...markups: readonly string[]): string {
  const parts = strings.flatMap((text, i) => [
    ...text.split(/\s+/).filter(Boolean).map(tokenOf),
    ...markups.slice(i, i + 1),
  ])
  return `<mrow>${parts.join('')}</mrow>`
}

/** A number from the state; other numbers are part of the formula. */
export function value(text: string): string {
  return `<mn class="value">${text}</mn>`
}

/** The same as a factor, with brackets if it is negative. */
export function factor(text: string): string {
  return text.startsWith('−') ? math`( ${value(text)} )` : value(text)
}

export function fraction(above: string, below: string): string {
  return `<mfrac>${above}${below}</mfrac>`
}

export function power(base: string, exponent: string): string {
  return `<msup>${base}${exponent}</msup>`
}

/** "= −0.0662 < 0" or "> 0"; null is a number that is not known yet. */
export function comparedWithZero(number: number | null): string {
  if (number === null) return math`= ${value('…')}`
  if (number === 0) return math`= ${value('0')}`
  const written = value(formatNumber(number))
  return number < 0 ? math`= ${written} < 0` : math`= ${written} > 0`
}

/** A line's formula, and its result if that has a column of its own. */
export type Line = readonly [formula: string, result?: string]

/** Lines below each other, with aligned results. */
export function lines(...all: readonly Line[]): string {
  const rows = all.map(([formula, result]) =>
    result === undefined
      ? `<mtr><mtd columnspan="2">${formula}</mtd></mtr>`
      : `<mtr><mtd>${formula}</mtd><mtd>${result}</mtd></mtr>`,
  )
  return `<math display="block"><mtable>${rows.join('')}</mtable></math>`
}

function tokenOf(text: string): string {
  const [, base, index, exponent] = /^(.+?)(?:_(.+?))?(?:\^(.+))?$/.exec(text)!
  const parts = [base, index, exponent].map((part) => part && leafOf(part))
  if (index && exponent) return `<msubsup>${parts.join('')}</msubsup>`
  if (index) return `<msub>${parts[0]}${parts[1]}</msub>`
  return exponent ? power(parts[0]!, parts[2]!) : parts[0]!
}

function leafOf(text: string): string {
  if (/^[\d.]+$/.test(text)) return `<mn>${text}</mn>`
  if (text === '~') return narrowSpace
  // T means transposed, not a power.
  if (text === 'T') return '<mi mathvariant="normal">T</mi>'
  if (/^[\p{L}∂]+$/u.test(text)) return `<mi>${text}</mi>`
  // At the start of a line, the sign still adds to the line above.
  if (text === '+') return '<mo form="infix">+</mo>'
  // Without this, the bars of a length would stretch and move away from what they enclose.
  if (text === '|') return '<mo stretchy="false" form="prefix">|</mo>'
  return `<mo>${text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</mo>`
}
