/** Data points of a text of two columns, x and y. */

export interface Points {
  points: [x: number, y: number][]
  /** A sentence for each line that has no point. */
  problems: string[]
}

const separators = [',', ';', '\t'] as const

/**
 * Lines `x,y`, separated by comma, semicolon or tab, with or without a line of names before them.
 * Empty lines and those that begin with # are left out.
 */
export function readPoints(text: string): Points {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, i) => ({ line: line.trim(), number: i + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
  const points: Points['points'] = []
  const problems: string[] = []
  for (const [i, { line, number }] of lines.entries()) {
    const separator = separators.find((each) => line.includes(each)) ?? ','
    const cells = line.split(separator).map((cell) => cell.trim())
    const [x, y] = cells.map((cell) => (cell === '' ? Number.NaN : Number(cell)))
    if (cells.length === 2 && Number.isFinite(x) && Number.isFinite(y)) points.push([x, y])
    else if (i > 0 || cells.some((cell) => Number.isFinite(Number(cell)))) {
      problems.push(`Line ${number} is "${line.slice(0, 40)}"; it must be two numbers, x and y.`)
    }
  }
  if (points.length === 0 && problems.length === 0) problems.push('There is no line with a point.')
  return { points, problems }
}
