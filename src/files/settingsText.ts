/** The text of settings in a file: enough to compute it again, and to see what computed it. */
import type { Engine } from '../engine/engine'
import { readAddress, writeAddress } from '../settings/address'
import { type Change, changeSettings } from '../settings/change'
import { show } from '../settings/kinds'
import { defaults, type Settings } from '../settings/settings'

/** Increased when an old description would be misread. */
const formatVersion = 1 as const

/** The keyword in a PNG, and the first word of a table's comments. */
export const settingsKeyword = 'Steepest'

export interface Description {
  v: typeof formatVersion
  /** Query of an address that shows the same; omits the points if there are more than 64. */
  address: string
  settings: Settings
  /** For example "GPU, SwiftShader". */
  engine: string
  /** The version of Steepest. */
  version: string
}

/** The engine of a description. */
export function engineText({ kind, name }: Pick<Engine, 'kind' | 'name'>): string {
  return [kind.toUpperCase(), name].filter(Boolean).join(', ')
}

export function describeSettings(
  settings: Settings,
  by: Pick<Description, 'engine' | 'version'>,
): Description {
  return { v: formatVersion, address: writeAddress(settings), settings, ...by }
}

/** Lines before a table: readers of CSV are told to skip lines that begin with #. */
export function descriptionLines({
  v,
  address,
  settings,
  engine,
  version,
}: Omit<Description, 'settings'> & { settings: object }): string[] {
  return [
    `# ${settingsKeyword} ${version}`,
    `# format: ${v}`,
    // An adapter's name may contain anything, but a comment is one line.
    `# engine: ${engine.replace(/\p{Cc}+/gu, ' ')}`,
    `# address: ${address || '?v=1'}`,
    `# settings: ${JSON.stringify(settings)}`,
  ]
}

/**
 * Settings of a description. Nothing in it is trusted: each bad value falls back to its default and
 * gets a complaint. If it has no settings, its address is read.
 *
 * @throws Error with a sentence if it is not a description of this version
 */
export function readDescription(text: string): Change & Pick<Description, 'engine' | 'version'> {
  const found = parse(text)
  const short = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')
  const by = {
    engine: short(found.engine),
    version: short(found.version),
  }
  if (found.v !== formatVersion) {
    throw new Error(
      `The settings in the file are version ${show(found.v)}; they must be version ${formatVersion}.`,
    )
  }
  if (found.settings !== undefined) return { ...by, ...changeSettings(defaults, found.settings) }
  if (typeof found.address === 'string') {
    const { settings, complaints } = readAddress(found.address)
    return { ...by, settings, complaints }
  }
  throw new Error('The file has neither settings nor an address; it must have one of them.')
}

function parse(text: string): Record<string, unknown> {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch (cause) {
    throw new Error(`The settings in the file are ${show(text)}; they must be JSON.`, { cause })
  }
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return { ...found }
  throw new Error(`The settings in the file are ${show(found)}; they must be an object.`)
}
