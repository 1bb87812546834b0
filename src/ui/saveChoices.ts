/** What can be saved, in which sizes and formats. */
import { formatCount } from './format'

interface Size {
  width: number
  height: number
}

/** What there is to save. */
export interface Savable {
  /** Size on the screen in CSS pixels; null where the view is hidden. */
  stage: Size | null
  /** Two where both losses are compared, which come into one picture; none where they are hidden. */
  maps: readonly Size[]
  hasStage: boolean
  /** The shown one. */
  step: number
}

interface Item {
  what: string
  label: string
  kind: 'picture' | 'table' | 'video'
  hint: string
}

export const items: readonly Item[] = [
  {
    what: 'stage',
    label: 'Picture of the surface',
    kind: 'picture',
    hint: 'The loss surface with axes, as it is turned now.',
  },
  {
    what: 'map',
    label: 'Picture of the map',
    kind: 'picture',
    hint: 'The plane from above, with axes.',
  },
  {
    what: 'video',
    label: 'Video of the run',
    kind: 'video',
    hint: 'All steps at the speed of the timeline, a minute at most. Keep the page in front meanwhile.',
  },
  {
    what: 'grid',
    label: 'Loss and gradient',
    kind: 'table',
    hint: 'At each node of the grid; under the map of trust with Hessian and change.',
  },
  {
    what: 'paths',
    label: 'Paths of the runners',
    kind: 'table',
    hint: 'Every step of each runner that is shown, from the chosen start.',
  },
  {
    what: 'crowd',
    label: 'Places of all starts',
    kind: 'table',
    hint: 'Where the descent from each start is at the shown step.',
  },
  {
    what: 'outcomes',
    label: 'Where descents end',
    kind: 'table',
    hint: 'The map of the lens of starts: ending, steps and final loss of each node.',
  },
  {
    what: 'sweep',
    label: 'Sweep of learning rates',
    kind: 'table',
    hint: 'The chosen start at 1,024 rates.',
  },
  {
    what: 'scores',
    label: 'Scores of the runners',
    kind: 'table',
    hint: 'The table of the lens of rates.',
  },
]

export const groups = [
  { kind: 'picture', label: 'Pictures' },
  { kind: 'video', label: 'Video' },
  { kind: 'table', label: 'Tables' },
] as const

export const formats: Record<Item['kind'], readonly (readonly [value: string, label: string])[]> = {
  picture: [['png', 'PNG']],
  table: [
    ['csv', 'CSV'],
    ['json', 'JSON'],
  ],
  video: [
    ['auto', 'MP4, else WebM'],
    ['mp4', 'MP4'],
    ['webm', 'WebM'],
  ],
}

const scales = [1, 2, 3, 4]
const sides = [1024, 2048, 4096]
const mostSide = 4096

export function areaOf(views: readonly (Size | null)[]): number {
  return views.reduce((sum, view) => sum + (view ? view.width * view.height : 0), 0)
}

/** Sizes to choose from, as "2 × · 1,786 × 1,344". */
export function sizesOf({ what, kind }: Item, { stage, maps, hasStage }: Savable) {
  const views = what === 'map' || !hasStage ? maps : stage ? [stage] : []
  const [width, height] = [
    views.reduce((sum, view) => sum + view.width, 0),
    Math.max(0, ...views.map((view) => view.height)),
  ]
  const pixels = (scale: number) =>
    views.length > 0
      ? ` · ${formatCount(Math.round(width * scale))} × ${formatCount(Math.round(height * scale))} px`
      : ''
  const byScale = scales.map((scale) => [String(scale), `${scale} ×${pixels(scale)}`] as const)
  if (kind === 'video') return byScale.slice(0, 2)
  if (what !== 'map') return byScale
  const each = maps.length > 1 ? ', each' : ''
  const bySide = sides
    .filter((side) => side * maps.length <= mostSide)
    .map((side) => [`side ${side}`, `${formatCount(side)} px a side${each}`] as const)
  return [...byScale, ...bySide]
}

export function requestOf({ what, kind }: Item, size: string, format: string): object {
  if (kind === 'table') return { what, format }
  const [, side] = /^side (\d+)$/.exec(size) ?? []
  return { what, format, ...(side ? { side: Number(side) } : { scale: Number(size) }) }
}
