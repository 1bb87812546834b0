/**
 * The settings inside of saved files: how they are written, and how they are read from a file of
 * which nothing is trusted.
 *
 * - PNG: a text chunk "Steepest" with the JSON of a stamp
 * - CSV: lines "# ..." in front, one of them with the settings as JSON
 * - JSON: { "steepest": stamp, ... }, the stamp in front, so that a large file need not be parsed
 * - video: the stamp's JSON as its comment (video.ts)
 */
import { readAddress, writeAddress } from '../state/address'
import { changeSettings } from '../state/change'
import { show } from '../state/kinds'
import { defaults, type Settings } from '../state/settings'
import { isPng, readPngText } from './pngText'

/** What every file carries beside its content. */
export interface Stamp {
  version: string
  /** As "GPU, SwiftShader" */
  engine: string
  /** The query of the page's address: the settings again, as far as an address holds them. */
  address: string
  settings: Settings
}

/** Keyword of the PNG's text chunk, and first word of a table's comments. */
export const stampKeyword = 'Steepest'

/** Larger files are not looked into. */
export const mostBytes = 64 * 2 ** 20
/** The stamp stands in front: 1,024 points and eight runners take some 50 kB. */
const headBytes = 2 ** 20
/** Deeper than any settings are nested. */
const mostDepth = 32

export function stampOf(settings: Settings, engine: string, version: string): Stamp {
  return { version, engine, address: writeAddress(settings), settings }
}

/** Comment lines in front of a table. */
export function stateLines(settings: Settings, engine: string, version: string): string[] {
  const { address } = stampOf(settings, engine, version)
  return [
    `# ${stampKeyword} ${oneLine(version)}`,
    `# engine: ${oneLine(engine)}`,
    `# address: ${address || '?v=1'}`,
    `# settings: ${JSON.stringify(settings)}`,
  ]
}

/** An adapter's name may be anything; a comment is one line. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}

export type FileState =
  /** One of ours: all of its settings, checked. */
  | { settings: Settings; version: string; engine: string }
  /** One of ours that can not be taken. */
  | { problem: string }
  /** No file of ours. */
  | null

/** The settings that a file carries. */
export function readState(bytes: Uint8Array, name: string): FileState {
  const file = `The file ${show(name)}`
  if (bytes.length > mostBytes) {
    return { problem: `${file} has ${mebibytes(bytes)} MiB; files of up to 64 MiB are read.` }
  }
  try {
    if (isPng(bytes)) return stateOfPng(bytes, file)
    const text = decode(bytes)
    return text === null ? null : stateOfText(text, file)
  } catch (reason) {
    // What is nested too deeply for the parser, for one.
    return { problem: `${file} can not be read: ${messageOf(reason)}` }
  }
}

/** By the first bytes: MP4 or WebM. */
export function isVideo(head: Uint8Array): boolean {
  const [a, b, c, d] = head
  const isWebm = a === 0x1a && b === 0x45 && c === 0xdf && d === 0xa3
  return isWebm || String.fromCharCode(...head.subarray(4, 8)) === 'ftyp'
}

function mebibytes({ length }: Uint8Array): number {
  return Math.round(length / 2 ** 20)
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}

function stateOfPng(bytes: Uint8Array, file: string): FileState {
  const found = readPngText(bytes).find(({ keyword }) => keyword === stampKeyword)
  return found ? stateOfStamp(found.text, file) : null
}

/** The state of a text that is a stamp alone, as of a PNG's chunk or a video's comment. */
export function stateOfStamp(text: string, file: string): FileState {
  const problem = { problem: `${file} has settings in it that are damaged; nothing was changed.` }
  if (text.length > headBytes || isDeep(text)) return problem
  try {
    return stateOf(JSON.parse(text), file)
  } catch {
    return problem
  }
}

function stateOfText(text: string, file: string): FileState {
  if (/^\uFEFF?# ?Steepest\b/.test(text)) return stateOfTable(text, file)
  const [start] = /^\s*\{\s*"steepest"\s*:\s*(?=\{)/.exec(text) ?? []
  if (start === undefined) return null
  const object = objectAt(text, start.length)
  if (object !== null) return stateOfStamp(object, file)
  return { problem: `${file} has settings in it that are damaged; nothing was changed.` }
}

function stateOfTable(text: string, file: string): FileState {
  const comments = new Map<string, string>()
  for (const [, name, content] of text.matchAll(/^# ?(Steepest|engine|address|settings):? (.*)$/gm))
    if (!comments.has(name)) comments.set(name, content.trim())
  const [version = '', engine = '', address, settings] = [
    'Steepest',
    'engine',
    'address',
    'settings',
  ].map((name) => comments.get(name))
  if (settings !== undefined) {
    const stamp = stateOfStamp(`{"settings":${settings}}`, file)
    return stamp && 'settings' in stamp ? { ...stamp, version, engine } : stamp
  }
  // Written by hand, or the long line was removed: the address has all but many points.
  const read = address === undefined ? null : readAddress(address)
  if (read?.complaints.length === 0) return { settings: read.settings, version, engine }
  const why = read ? read.complaints[0] : 'The line "# settings:" is missing.'
  return { problem: `${file} can not be taken. ${why}` }
}

function stateOf(stamp: unknown, file: string): FileState {
  if (!isRecord(stamp) || !isRecord(stamp.settings)) {
    return { problem: `${file} has no settings in it; nothing was changed.` }
  }
  const { settings, complaints } = changeSettings(defaults, stamp.settings)
  if (complaints.length > 0) {
    const more = complaints.length > 1 ? ` (and ${complaints.length - 1} more)` : ''
    return { problem: `${file} can not be taken. ${complaints[0]}${more}` }
  }
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')
  return { settings, version: text(stamp.version), engine: text(stamp.engine) }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The beginning of a text file by its byte-order mark, UTF-8 without one; null if it is no text. */
function decode(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, headBytes)
  const encoding = encodingOf(head)
  try {
    // As a stream, since the end may be in the middle of a letter.
    const isWhole = head.length === bytes.length
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: !isWhole })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

/** The JSON object that begins at `from`, up to its last brace; null if that is not there. */
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

/** Braces and brackets outside of strings. */
function* structure(text: string, from: number): Generator<[at: number, char: string]> {
  const token = /"(?:[^"\\]|\\.)*"?|[{}[\]]/gs
  token.lastIndex = from
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (!match[0].startsWith('"')) yield [match.index, match[0]]
  }
}
