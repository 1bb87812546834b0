/**
 * Stationary points by winding numbers (Poincaré's index): how often the gradient turns around
 * while one goes around a cell. +1 for a minimum or maximum, -1 for a saddle, 0 for none.
 */
import type { Objective } from '../../../src/model/objective'
import type { Range } from '../../../src/model/starts'

interface Box {
  w: Range
  b: Range
}

/** A turn between two neighbouring places is known only if it is clearly less than half. */
const mostTurn = 0.5

/** `column,row,index` of each cell around which the gradient turns. */
export function indexCells(objective: Objective, { w, b }: Box, cells: number): string[] {
  const gradient = new Float64Array(2)
  const angleAt = (atW: number, atB: number) => {
    objective.gradient(atW, atB, gradient)
    return Math.atan2(gradient[1], gradient[0])
  }
  const turn = (fromW: number, fromB: number, toW: number, toB: number): number => {
    const [from, to] = [angleAt(fromW, fromB), angleAt(toW, toB)]
    const [midW, midB] = [(fromW + toW) / 2, (fromB + toB) / 2]
    const middle = angleAt(midW, midB)
    const parts = [wrap(middle - from), wrap(to - middle)]
    const isClear = parts.every((part) => Math.abs(part) < mostTurn)
    if (isClear || Math.hypot(toW - fromW, toB - fromB) < 1e-9) return parts[0] + parts[1]
    return turn(fromW, fromB, midW, midB) + turn(midW, midB, toW, toB)
  }
  const node = ([min, max]: Range, i: number) => min + (i * (max - min)) / cells
  const alongW = grid(cells, cells + 1, (i, k) =>
    turn(node(w, i), node(b, k), node(w, i + 1), node(b, k)),
  )
  const alongB = grid(cells + 1, cells, (i, k) =>
    turn(node(w, i), node(b, k), node(w, i), node(b, k + 1)),
  )
  const found: string[] = []
  for (let i = 0; i < cells; i++) {
    for (let k = 0; k < cells; k++) {
      const around = alongW[i][k] + alongB[i + 1][k] - alongW[i][k + 1] - alongB[i][k]
      const index = Math.round(around / (2 * Math.PI))
      if (index !== 0) found.push(`${i},${k},${index}`)
    }
  }
  return found
}

/** The same texts for points that are known: those of one cell count together. */
export function indexSums(
  points: readonly { point: { w: number; b: number }; index: number }[],
  { w, b }: Box,
  cells: number,
): string[] {
  const cell = ([min, max]: Range, value: number) =>
    Math.floor(((value - min) / (max - min)) * cells)
  const sums = new Map<string, number>()
  for (const { point, index } of points) {
    const at = `${cell(w, point.w)},${cell(b, point.b)}`
    sums.set(at, (sums.get(at) ?? 0) + index)
  }
  return [...sums].flatMap(([at, sum]) => (sum === 0 ? [] : [`${at},${sum}`]))
}

function grid(columns: number, rows: number, value: (i: number, k: number) => number): number[][] {
  return Array.from({ length: columns }, (_, i) =>
    Array.from({ length: rows }, (__, k) => value(i, k)),
  )
}

/** An angle in (-pi, pi]. */
function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
}
