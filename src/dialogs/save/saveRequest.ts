/** Checks a request to save from a script or the dialog: nothing is trusted. */
import { formatCount } from '../../display/numbers'
import { show } from '../../settings/kinds'

const pictures = ['stage', 'map'] as const
const tableKinds = ['grid', 'paths', 'crowd', 'outcomes', 'sweep', 'scores'] as const
export type TableKind = (typeof tableKinds)[number]
const formatsOf = {
  picture: ['png'],
  table: ['csv', 'json'],
  /** The named format, or else the first that the browser can encode. */
  video: ['auto', 'mp4', 'webm'],
} as const

export type Saved = (typeof pictures)[number] | (typeof tableKinds)[number] | 'video'

export interface SaveRequest {
  what: Saved
  format: (typeof formatsOf)[keyof typeof formatsOf][number]
  /** For pictures and videos: 1 to 4 */
  scale: number
  /** For the map, instead of a scale: pixels */
  side?: number
}

const whats: readonly Saved[] = [...pictures, ...tableKinds, 'video']

/**
 * { what, format?, scale?, side? }; without a format, the first one of the kind is used.
 *
 * @throws Error with a sentence naming the option, the value found and the values wanted
 */
export function saveRequest(request: unknown): SaveRequest {
  if (typeof request !== 'object' || request === null) {
    throw new Error(`save got ${show(request)}; it takes { what, format, scale, side }.`)
  }
  const given = request as Record<string, unknown>
  const options = ['what', 'format', 'scale', 'side']
  const unknown = Object.keys(given).find((key) => !options.includes(key))
  if (unknown !== undefined) {
    throw new Error(`save has no option "${unknown}"; it takes ${options.join(', ')}.`)
  }
  const what = oneOf('what', given.what, whats)
  const kind = what === 'video' ? what : isPicture(what) ? 'picture' : 'table'
  const wanted = formatsOf[kind]
  const format = oneOf('format', given.format ?? wanted[0], wanted)
  if (kind === 'table') refuse(given, ['scale', 'side'], what)
  if (what !== 'map') refuse(given, ['side'], what)
  const scale = within('scale', given.scale ?? 1, 1, 4)
  if (given.side === undefined) return { what, format, scale }
  return { what, format, scale, side: within('side', given.side, 64, 4096, true) }
}

export function isPicture(what: Saved): what is 'stage' | 'map' {
  return what === 'stage' || what === 'map'
}

function oneOf<Choice extends string>(
  option: string,
  found: unknown,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === found)
  if (choice !== undefined) return choice
  throw new Error(
    `The option ${option} is ${show(found)}; it must be one of ${choices.join(', ')}.`,
  )
}

function refuse(given: Record<string, unknown>, options: readonly string[], what: Saved): void {
  const found = options.find((option) => given[option] !== undefined)
  if (found !== undefined) throw new Error(`The option ${found} does not belong to "${what}".`)
}

function within(option: string, found: unknown, min: number, max: number, isWhole = false): number {
  const isNumber = typeof found === 'number' && found >= min && found <= max
  if (isNumber && (!isWhole || Number.isInteger(found))) return found
  const wanted = isWhole ? 'a whole number' : 'a number'
  throw new Error(
    `The option ${option} is ${show(found)}; it must be ${wanted} from ${min} to ${max}.`,
  )
}

interface Size {
  width: number
  height: number
}

/** The views that the page shows now and can save. */
export interface Savable {
  /** Size on the screen in CSS pixels; null if the view is hidden. */
  stage: Size | null
  /** Two, in one picture, if both losses are compared; none if the maps are hidden. */
  maps: readonly Size[]
  hasStage: boolean
  /** The shown step. */
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
    hint: 'The loss surface with axes, seen from the present direction.',
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
    hint: 'All steps at the speed of the timeline, a minute at most. Keep the page in front.',
  },
  {
    what: 'grid',
    label: 'Loss and gradient',
    kind: 'table',
    hint: 'Values at each node of the grid; with the map of trust also Hessian and change.',
  },
  {
    what: 'paths',
    label: 'Paths of the runners',
    kind: 'table',
    hint: 'Every step of each shown runner, from the chosen start.',
  },
  {
    what: 'crowd',
    label: 'Places of all starts',
    kind: 'table',
    hint: 'The place of each descent at the shown step.',
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
