/** Minima and saddles as marks on the surface with numbers beside them, in stage and map. */
import type { PerspectiveCamera } from 'three/webgpu'
import { type HeightScale, heightOf } from '../display/heightScale'
import type { Rect } from '../display/rect'
import type { StationaryPoint, StationaryPoints } from '../model/outcomes/stationaryPoints'
import { createProjection } from './axes'
import { innerRect } from './mapFrame'
import type { Label } from './picture'
import { heightScale } from './space'

/** (u, v) of a place; 0 to 1 is in view. */
export type ToUv = (place: readonly [number, number]) => [number, number]

/** Minima 1, 2, ... and saddles S1, S2, ..., as in the table. */
function named({ minima, saddles }: StationaryPoints): [name: string, point: StationaryPoint][] {
  return [
    ...minima.map((point, i): [string, StationaryPoint] => [String(i + 1), point]),
    ...saddles.map((point, i): [string, StationaryPoint] => [`S${i + 1}`, point]),
  ]
}

/** CSS pixels between a mark and its name. */
const besideMark = 9

export function stageLabels(
  points: StationaryPoints,
  toUv: ToUv,
  scale: HeightScale,
  view: { camera: PerspectiveCamera; rect: Rect; covered: Rect | null },
): Label[] {
  const project = createProjection(view.camera, view.rect)
  return named(points).flatMap(([text, { w, b, loss }]) => {
    const [u, v] = toUv([w, b])
    if (!isInView(u, v)) return []
    const at = project([u - 0.5, heightOf(scale, loss) * heightScale, 0.5 - v])
    if (!at) return []
    const place = { x: at.x + besideMark, y: at.y - besideMark, align: 1 } as const
    return [
      { text, ...place, isName: true, isOnSurface: true, within: view.rect, outside: view.covered },
    ]
  })
}

/** Names go beside marks in view; a minimum out of view gets an arrow at the border. */
export function mapLabels(points: StationaryPoints, toUv: ToUv, rect: Rect): Label[] {
  const inner = innerRect(rect)
  return named(points).flatMap(([text, { w, b, eigenvalues }]): Label[] => {
    const [u, v] = toUv([w, b])
    const x = inner.x + u * inner.width
    const y = inner.y + (1 - v) * inner.height
    if (isInView(u, v)) {
      return [
        {
          text,
          x: x + besideMark,
          y: y - besideMark,
          align: 1,
          isName: true,
          isOnSurface: true,
          within: rect,
        },
      ]
    }
    if (eigenvalues[0] < 0) return []
    const edge = {
      x: Math.min(inner.x + inner.width - 20, Math.max(inner.x + 20, x)),
      y: Math.min(inner.y + inner.height - 10, Math.max(inner.y + 10, y)),
    }
    const pointing = `${text} ${arrowTo(x - edge.x, edge.y - y)}`
    return [{ text: pointing, ...edge, align: 0, isName: true, isOnSurface: true, within: rect }]
  })
}

function isInView(u: number, v: number): boolean {
  return u >= 0 && u <= 1 && v >= 0 && v <= 1
}

/** One of eight arrows; up is positive. */
export function arrowTo(right: number, up: number): string {
  const eighth = Math.round(Math.atan2(up, right) / (Math.PI / 4))
  return '→↗↑↖←↙↓↘'[(eighth + 8) % 8]
}
