/** Writes a map or grid as JSON, CSV or PNG, some rows at a time: it may not fit into memory. */
import { palette, paletteSize } from '../display/colours'
import { createHeightScale, heightOf } from '../display/heightScale'
import { paintOutcomes, wholeOf } from '../display/outcomePixels'
import { tableValue } from '../display/table'
import { type MapHeader, nodesOf, rowsOf } from '../files/mapHeader'
import { pngPieces } from '../files/png'
import { descriptionLines, readDescription, settingsKeyword } from '../files/settingsText'
import { csvCell, jsonValue } from '../files/table'
import { outcomeCodes } from '../model/outcomes/outcome'
import type { Output } from './output'

/** A whole map; `read` gives rows [first, last) of it as MapRows packs them. */
export interface MapSource {
  header: MapHeader
  read(first: number, last: number): Promise<Uint8Array>
}

export interface WriteOptions {
  signal: AbortSignal
  onProgress(share: number): void
}

/** Nodes turned into text at a time. */
const together = 2 ** 16

export function jsonList(values: ArrayLike<number>): string {
  let text = ''
  for (let i = 0; i < values.length; i++) text += `${i === 0 ? '' : ','}${jsonValue(values[i])}`
  return text
}

/** Bounds of blocks of rows. */
function* blocks(rows: number, columns: number): Generator<[first: number, last: number]> {
  const count = Math.max(1, Math.floor(together / columns))
  for (let first = 0; first < rows; first += count) yield [first, Math.min(rows, first + count)]
}

/** { steepest, kind, job, axes: { name: nodes }, data: { field: values } }, as in the page API. */
export async function writeMapJson(
  output: Output,
  { header, read }: MapSource,
  { signal, onProgress }: WriteOptions,
): Promise<void> {
  const { steepest, kind, job, axes } = header
  const layout = rowsOf(header)
  const [columns, rows] = axes.map(({ range }) => range[2])
  const head = { steepest, kind, job, ...(kind === 'classify' && { outcomeCodes }) }
  await output.write(JSON.stringify(head).slice(0, -1))
  const nodes = nodesOf(header).map(
    (each) => `${JSON.stringify(each.name)}:[${jsonList(each.nodes)}]`,
  )
  await output.write(`,\n"axes":{${nodes.join(',\n')}},\n"data":{`)
  let group: string | undefined
  for (const [k, field] of layout.fields.entries()) {
    const opens = field.group !== undefined && field.group !== group
    const closes = group !== undefined && field.group !== group
    const comma = k === 0 ? '' : ','
    group = field.group
    await output.write(
      `${closes ? '}' : ''}${comma}\n${opens ? `"${group}":{` : ''}"${field.name}":[`,
    )
    for (const [first, last] of blocks(rows, columns)) {
      signal.throwIfAborted()
      const values = layout.unpack(await read(first, last), k)
      await output.write(`${first === 0 ? '' : ','}${jsonList(values)}`)
      onProgress((k + last / rows) / layout.fields.length)
    }
    await output.write(']')
  }
  await output.write(`${group ? '}' : ''}}}\n`)
}

/** A line for each node. Classes by name, minima from 1 as on the map; missing values are empty. */
export async function writeMapCsv(
  output: Output,
  { header, read }: MapSource,
  { signal, onProgress }: WriteOptions,
): Promise<void> {
  const layout = rowsOf(header)
  const [across, up] = nodesOf(header)
  const [columns, rows] = [across.nodes.length, up.nodes.length]
  const fields = layout.fields.map(({ group, name }) => (group ? `${group}.${name}` : name))
  const names = [across.name, up.name, ...fields]
  const lines = [...descriptionLines(header.steepest), `# table: ${header.kind}`]
  await output.write(`${lines.join('\n')}\n${names.join(',')}\n`)
  const columnTexts = Array.from(across.nodes, String)
  for (const [first, last] of blocks(rows, columns)) {
    signal.throwIfAborted()
    const bytes = await read(first, last)
    const values = layout.fields.map((_, k) => layout.unpack(bytes, k))
    let text = ''
    for (let i = 0; i < (last - first) * columns; i++) {
      const row = first + Math.floor(i / columns)
      text += `${columnTexts[i % columns]},${up.nodes[row]}`
      for (let k = 0; k < values.length; k++)
        text += `,${csvCell(tableValue(layout.fields[k].name, values[k][i]))}`
      text += '\n'
    }
    await output.write(text)
    onProgress(last / rows)
  }
}

/** A pixel for each node, in the colours of the page, with the largest row on top. */
export async function writeMapPng(
  output: Output,
  source: MapSource,
  options: WriteOptions,
): Promise<void> {
  const { steepest, axes } = source.header
  const [columns, rows] = axes.map(({ range }) => range[2])
  const texts = {
    [settingsKeyword]: JSON.stringify(steepest),
    job: JSON.stringify(source.header.job),
  }
  const painted = paintRows(source, Math.max(1, Math.floor(together / columns)), options)
  for await (const piece of pngPieces(columns, rows, painted, texts)) await output.write(piece)
}

/** Paints rows [first, last) into rgba, with row last - 1 on top. */
type Paint = (bytes: Uint8Array, first: number, last: number) => Uint8Array

/** @param together rows at a time */
export async function* paintRows(
  source: MapSource,
  together: number,
  { signal, onProgress }: WriteOptions,
): AsyncGenerator<Uint8Array> {
  const { header } = source
  const rows = header.axes[1].range[2]
  const paint =
    header.kind === 'classify' ? paintClasses(source) : await paintLosses(source, together)
  for (let last = rows; last > 0; last -= together) {
    signal.throwIfAborted()
    const first = Math.max(0, last - together)
    yield paint(await source.read(first, last), first, last)
    onProgress(1 - first / rows)
  }
}

/** Paints a pixel for each node. */
function paintClasses({ header }: MapSource): Paint {
  const layout = rowsOf(header)
  const { columns } = layout
  const rows = header.axes[1].range[2]
  const { steps } = header
  return (bytes, first, last) => {
    const fields = [0, 1, 2, 3].map((k) => layout.unpack(bytes, k))
    const cells = Float32Array.from(
      { length: 4 * fields[0].length },
      (_, i) => fields[i % 4][i >> 2],
    )
    const window = { x: 0, y: rows - last, width: columns, height: last - first }
    const pixels = { ...wholeOf(columns, rows), window }
    const rgba = paintOutcomes({ cells, columns, rows, firstRow: first, steps }, pixels)
    return new Uint8Array(rgba.buffer)
  }
}

async function paintLosses({ header, read }: MapSource, together: number): Promise<Paint> {
  const layout = rowsOf(header)
  const { columns } = layout
  const rows = header.axes[1].range[2]
  const { settings } = readDescription(JSON.stringify(header.steepest))
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let first = 0; first < rows; first += together) {
    const losses = layout.unpack(await read(first, Math.min(rows, first + together)), 0)
    for (const loss of losses) {
      lowest = Math.min(lowest, loss)
      highest = Math.max(highest, loss)
    }
  }
  const scale = createHeightScale(settings.height, lowest, highest)
  const colours = palette(settings.colours)
  return (bytes, first, last) => {
    const losses = layout.unpack(bytes, 0)
    const rgba = new Uint8Array(losses.length * 4)
    let at = 0
    for (let row = last - 1; row >= first; row--) {
      for (let x = 0; x < columns; x++) {
        const height = heightOf(scale, losses[(row - first) * columns + x])
        const entry = Math.round(height * (paletteSize - 1)) * 4
        for (let k = 0; k < 4; k++) rgba[at++] = colours[entry + k]
      }
    }
    return rgba
  }
}
