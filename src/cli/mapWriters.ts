/** A map or grid as JSON, CSV or PNG, some rows at a time: it may be larger than memory. */
import { type MapHeader, nodesOf, rowsOf } from '../io/mapHeader'
import { pngPieces } from '../io/png'
import { descriptionLines, settingsKeyword } from '../io/settingsText'
import { csvCell, jsonValue, tableValue } from '../io/table'
import { outcomeCodes } from '../model/outcome'
import type { Output } from './output'
import { paintRows } from './paintMap'

/** A whole map: rows [first, last) of it as MapRows packs them. */
export interface MapSource {
  header: MapHeader
  read(first: number, last: number): Promise<Uint8Array>
}

export interface WriteOptions {
  signal: AbortSignal
  onProgress(share: number): void
}

/** Nodes that are turned into text at once. */
const together = 2 ** 16

export function jsonList(values: ArrayLike<number>): string {
  let text = ''
  for (let i = 0; i < values.length; i++) text += `${i === 0 ? '' : ','}${jsonValue(values[i])}`
  return text
}

/** Bounds of so many rows at a time. */
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

/** A line for each node. Classes by name, minima from 1 as on the map; what is not there is empty. */
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

/** A pixel for each node, in the colours of the page, the largest row on top. */
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
