/**
 * The settings in files saved by the page or the command line; nothing in them is trusted:
 *
 * - PNG: a text chunk "Steepest" with the JSON of a description (settingsText.ts)
 * - CSV: lines "# ..." at the top, one of them with the settings as JSON
 * - JSON: { "steepest": description, ... }, at the start, so a large file need not be parsed
 * - video: the description's JSON as its comment (video.ts)
 */
import { dsvFormat } from 'd3-dsv'
import { readAddress } from '../settings/address'
import { show } from '../settings/kinds'
import type { Settings } from '../settings/settings'
import { encodingOf } from './decodeText'
import { isPng, readPngTexts } from './pngText'
import { type Description, readDescription, settingsKeyword } from './settingsText'

/**
 * This many bytes of a file are enough, since the description comes first: 1,024 points and eight
 * runners take some 50 kB.
 */
export const headBytes = 2 ** 20
/** Deeper than any settings are nested. */
const mostDepth = 32

export type FileState =
  /** One of our files: all of its settings, checked. */
  | ({ settings: Settings } & Pick<Description, 'version' | 'engine'>)
  /** One of our files, but unusable. */
  | { problem: string }
  /** Not one of our files. */
  | null

/** The settings in a file, given its first bytes: `headBytes` of them or all. */
export function readState(bytes: Uint8Array, name: string): FileState {
  const file = `The file ${show(name)}`
  try {
    if (isPng(bytes)) return stateOfPng(bytes, file)
    const text = decode(bytes)
    return text === null ? null : stateOfText(text, file)
  } catch (reason) {
    // For example, text nested too deeply for the parser.
    return { problem: `${file} cannot be read: ${messageOf(reason)}` }
  }
}

/** Whether the first bytes are those of MP4 or WebM. */
export function isVideo(head: Uint8Array): boolean {
  const [a, b, c, d] = head
  const isWebm = a === 0x1a && b === 0x45 && c === 0xdf && d === 0xa3
  return isWebm || String.fromCharCode(...head.subarray(4, 8)) === 'ftyp'
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}

function stateOfPng(bytes: Uint8Array, file: string): FileState {
  const text = readPngTexts(bytes)[settingsKeyword]
  if (text !== undefined) return stateOfDescription(text, file)
  return { problem: `${file} is a picture without Steepest settings; nothing was changed.` }
}

/** The state of a text that is only a description, such as a PNG's chunk or a video's comment. */
export function stateOfDescription(text: string, file: string): FileState {
  if (text.length > headBytes || isDeep(text)) {
    return { problem: `${file} has damaged settings; nothing was changed.` }
  }
  try {
    const { complaints, ...state } = readDescription(text)
    if (complaints.length === 0) return state
    const more = complaints.length > 1 ? ` (and ${complaints.length - 1} more)` : ''
    return refused(file, complaints[0] + more)
  } catch (reason) {
    return refused(file, messageOf(reason))
  }
}

function refused(file: string, why: string): FileState {
  return { problem: `${file} cannot be used. ${why}` }
}

function stateOfText(text: string, file: string): FileState {
  if (/^\uFEFF?"?# ?Steepest\b/.test(text)) return stateOfTable(text.replace(/^\uFEFF/, ''), file)
  // We write it first; a tool that sorts the keys puts it elsewhere.
  const found = /^\uFEFF?\s*\{/.test(text) ? /"steepest"\s*:\s*(?=\{)/.exec(text) : null
  if (!found) return null
  const object = objectAt(text, found.index + found[0].length)
  if (object !== null) return stateOfDescription(object, file)
  return { problem: `${file} has damaged settings; nothing was changed.` }
}

function stateOfTable(text: string, file: string): FileState {
  const comments = new Map<string, string>()
  for (const line of commentLines(text)) {
    const [, name, content] =
      /^# ?(Steepest|format|engine|address|settings):? (.*)$/.exec(line) ?? []
    if (name !== undefined && !comments.has(name)) comments.set(name, content.trim())
  }
  const [version = '', format = '1', engine = '', address, settings] = [
    'Steepest',
    'format',
    'engine',
    'address',
    'settings',
  ].map((name) => comments.get(name))
  if (settings !== undefined) {
    const whole = withQuotedKeys(settings)
    if (whole === null) {
      return refused(
        file,
        'Another program, such as a spreadsheet, has rewritten its line "# settings:" and damaged it; use the file as Steepest saved it.',
      )
    }
    const state = stateOfDescription(`{"v":${Number(format) || 0},"settings":${whole}}`, file)
    return state && 'settings' in state ? { ...state, version, engine } : state
  }
  // Written by hand, or the long line was removed: the address has everything but many points.
  const read = address === undefined ? null : readAddress(address)
  if (read?.complaints.length === 0) return { settings: read.settings, version, engine }
  return refused(file, read ? read.complaints[0] : 'The line "# settings:" is missing.')
}

/**
 * The lines at the top that begin with #, as we wrote them. A spreadsheet cuts them into cells, pads
 * them to the width of the table, and puts quotation marks around those with marks inside.
 */
function* commentLines(text: string): Generator<string> {
  const padding = /^"?# ?Steepest[^,;\t\r\n]*([,;\t])/.exec(text)?.[1]
  for (const [line] of text.matchAll(/^.+$/gm)) {
    if (!/^"?#/.test(line)) return
    const isWhole = padding === undefined && !line.startsWith('"')
    const cells = isWhole ? [line] : dsvFormat(padding ?? ';').parseRows(line)[0]
    yield cells.join(',').replace(isWhole ? '' : /,+$/, '')
  }
}

/** JSON with the quotation marks of keys that a spreadsheet has dropped; null if that is not all. */
function withQuotedKeys(json: string): string | null {
  for (const text of [json, json.replace(/([{,]\s*)([A-Za-z]\w*)(?=:)/g, '$1"$2"')]) {
    try {
      JSON.parse(text)
      return text
    } catch {}
  }
  return null
}

/** The start of a text file, by its byte-order mark or as UTF-8; null if it is not text. */
function decode(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, headBytes)
  try {
    // Streamed, since the bytes may end in the middle of a character.
    const text = new TextDecoder(encodingOf(head), { fatal: true }).decode(head, { stream: true })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

/** The JSON object that begins at `from`, up to its last brace; null if there is none. */
function objectAt(text: string, from: number): string | null {
  let depth = 0
  for (const [end, char] of structure(text, from)) {
    depth += char === '{' || char === '[' ? 1 : -1
    if (depth === 0) return text.slice(from, end + 1)
  }
  return null
}

function isDeep(text: string): boolean {
  let depth = 0
  for (const [, char] of structure(text, 0)) {
    depth += char === '{' || char === '[' ? 1 : -1
    if (depth > mostDepth) return true
  }
  return false
}

/** Yields braces and brackets outside strings. */
function* structure(text: string, from: number): Generator<[at: number, char: string]> {
  const token = /"(?:[^"\\]|\\.)*"?|[{}[\]]/gs
  token.lastIndex = from
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (!match[0].startsWith('"')) yield [match.index, match[0]]
  }
}
