/**
 * Files of parts. A part is
 * - a line `steepest part 1 sha256 <64 hexadecimal digits>`: the checksum of everything after it
 * - a line of JSON, the header (src/files/mapHeader.ts)
 * - the rows of the part, the smallest first (src/files/mapRows.ts)
 */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { type MapHeader, parseHeader, rowsOf, windowOf } from '../files/mapHeader'
import { writeFileWhole } from './output'

const beginning = 'steepest part 1 sha256 '
const firstLine = beginning.length + 64 + 1
/** In bytes: 1,024 points are some 40 kB, and are in it twice. */
const mostHeader = 2 ** 20
/** Bytes read at a time. */
const together = 2 ** 20

export async function writePart(
  path: string,
  header: MapHeader,
  fill: (write: (rows: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  await writeFileWhole(path, async ({ file }) => {
    const hash = createHash('sha256')
    const head = `${JSON.stringify(header)}\n`
    hash.update(head)
    // Until the true checksum is known, one that no part has.
    await file.write(`${beginning}${'-'.repeat(64)}\n${head}`, 0)
    let at = firstLine + Buffer.byteLength(head)
    await fill(async (rows) => {
      hash.update(rows)
      for (let done = 0; done < rows.length; ) {
        const { bytesWritten } = await file.write(rows, done, rows.length - done, at)
        done += bytesWritten
        at += bytesWritten
      }
    })
    await file.write(`${beginning}${hash.digest('hex')}\n`, 0)
  })
}

export interface MapPart {
  path: string
  header: MapHeader
  /** Rows [first, last) of the whole map. */
  first: number
  last: number
  /** Reads rows of the whole map that are in the part. */
  read(first: number, last: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** @throws Error with a sentence if the file is not a part, or is damaged */
export async function openPart(path: string): Promise<MapPart> {
  const file = await open(path, 'r').catch((cause) => {
    throw new Error(`The part ${path} cannot be read (${cause.code ?? cause.message}).`, { cause })
  })
  try {
    return await readPart(path, file)
  } catch (reason) {
    await file.close()
    throw reason
  }
}

async function readPart(path: string, file: FileHandle): Promise<MapPart> {
  const { size } = await file.stat()
  const start = await readBytes(file, 0, Math.min(size, firstLine + mostHeader))
  const [line] = start.toString('latin1', 0, firstLine).split('\n')
  if (!line.startsWith(beginning)) {
    throw new Error(`The file ${path} is not a part; a part begins with "${beginning.trim()}".`)
  }
  const again = 'Compute that part again.'
  const checksum = line.slice(beginning.length)
  if (checksum !== (await checksumOf(file, size))) {
    throw new Error(`The part ${path} is damaged: its checksum does not match. ${again}`)
  }
  const end = start.indexOf(10, firstLine)
  const header = parsed(path, start.toString('utf8', firstLine, end < 0 ? start.length : end))
  const { first, last } = windowOf(header)
  const { rowSize } = rowsOf(header)
  const wanted = end + 1 + (last - first) * rowSize
  if (size !== wanted) {
    throw new Error(`The part ${path} has ${size} bytes; it must have ${wanted}. ${again}`)
  }
  return {
    path,
    header,
    first,
    last,
    read: (from, to) => readBytes(file, end + 1 + (from - first) * rowSize, (to - from) * rowSize),
    close: () => file.close(),
  }
}

function parsed(path: string, text: string): MapHeader {
  try {
    return parseHeader(text)
  } catch (cause) {
    throw new Error(`The part ${path} cannot be understood: ${(cause as Error).message}.`, {
      cause,
    })
  }
}

async function checksumOf(file: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256')
  for (let at = firstLine; at < size; at += together) {
    hash.update(await readBytes(file, at, Math.min(together, size - at)))
  }
  return hash.digest('hex')
}

async function readBytes(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) throw new Error('The file ended while it was read.')
    done += bytesRead
  }
  return bytes
}
