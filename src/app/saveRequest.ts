/** What is to be saved, as a script or the dialog asks for it: nothing trusted. */
import { show } from '../state/kinds'

const pictures = ['stage', 'map'] as const
const tableKinds = ['grid', 'paths', 'crowd', 'outcomes', 'sweep', 'scores'] as const
export type TableKind = (typeof tableKinds)[number]
const formats = {
  picture: ['png'],
  table: ['csv', 'json'],
  /** The first that the browser encodes, or the one that is named. */
  video: ['auto', 'mp4', 'webm'],
} as const

export type Saved = (typeof pictures)[number] | (typeof tableKinds)[number] | 'video'

export interface SaveRequest {
  what: Saved
  format: (typeof formats)[keyof typeof formats][number]
  /** Of pictures and videos: 1 to 4 */
  scale: number
  /** Of the map, in place of a scale: pixels */
  side?: number
}

const whats: readonly Saved[] = [...pictures, ...tableKinds, 'video']

/**
 * { what, format?, scale?, side? }; the first format of a kind is its own if none is named.
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
  const wanted = formats[kind]
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
