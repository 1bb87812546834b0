/** Where labels of vertical lines stand above a chart, so that neither texts nor lines cross a text. */

export interface LineLabel {
  /** Of the line, in pixels from the chart's left edge. */
  x: number
  /** Of the text. */
  width: number
}

export interface PlacedLabel {
  /** The text's left edge. */
  left: number
  /** 0 is next to the chart; a line goes up to the row of its label. */
  row: number
}

const gap = 4

/**
 * One place for each label, in their order: right of its line where there is room, else left of it,
 * in the lowest row that is free. Where nothing else is possible a line is crossed, never a text.
 */
export function placeLabels(labels: readonly LineLabel[], chartWidth: number): PlacedLabel[] {
  const fits = ({ x, width }: LineLabel) => x + gap + width <= chartWidth
  const indices = labels.map((_, i) => i)
  // Texts to the right from the right one on, then those to the left from the left one on: the
  // lines of later ones, which may stand higher, then pass beside the texts of earlier ones.
  const order = [
    ...indices.filter((i) => fits(labels[i])).sort((a, b) => labels[b].x - labels[a].x),
    ...indices.filter((i) => !fits(labels[i])).sort((a, b) => labels[a].x - labels[b].x),
  ]
  const placed: Placed[] = []
  const places: PlacedLabel[] = []
  for (const i of order) {
    const { x, width } = labels[i]
    const left = fits(labels[i]) ? x + gap : Math.max(0, Math.min(chartWidth, x - gap) - width)
    const rows = labels.map((_, row): Placed => ({ x, width, left, row }))
    const free = rows.filter((at) => !placed.some((other) => overlaps(at, other)))
    const best = free.find((at) => !placed.some((other) => crosses(at, other))) ?? free[0]
    placed.push(best)
    places[i] = { left: best.left, row: best.row }
  }
  return places
}

type Placed = PlacedLabel & LineLabel

function overlaps(a: Placed, b: Placed): boolean {
  const isBeside = a.left >= b.left + b.width + gap || b.left >= a.left + a.width + gap
  return a.row === b.row && !isBeside
}

/** Whether the line of the upper one runs through the text of the lower. */
function crosses(a: Placed, b: Placed): boolean {
  const [upper, lower] = a.row > b.row ? [a, b] : [b, a]
  return upper.row > lower.row && upper.x > lower.left && upper.x < lower.left + lower.width
}
