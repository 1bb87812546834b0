/**
 * Rows of a map or grid as bytes, the form in which parts of it are stored and joined: each row has
 * the fields one after the other, each with a value for every column, little-endian.
 */

export type MapKind = 'grid' | 'classify'

interface Field {
  name: string
  /** Object of the page API that holds the field. */
  group?: string
  type: 'u8' | 'u32' | 'f32'
}

type Values = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>

const arrays = { u8: Uint8Array, u32: Uint32Array, f32: Float32Array }

const outcomeFields: readonly Field[] = [
  { name: 'outcome', type: 'u8' },
  { name: 'minimum', type: 'u8' },
  { name: 'arrivalStep', type: 'u32' },
  { name: 'finalLoss', type: 'f32' },
]

const gridFields: readonly Field[] = ['loss', 'dLdw', 'dLdb'].map((name) => ({ name, type: 'f32' }))

const curvatureFields: readonly Field[] = [
  { name: 'ww', group: 'hessian', type: 'f32' },
  { name: 'wb', group: 'hessian', type: 'f32' },
  { name: 'bb', group: 'hessian', type: 'f32' },
  { name: 'change', type: 'f32' },
]

export class MapRows {
  readonly fields: readonly Field[]
  /** Bytes of a row. */
  readonly rowSize: number

  constructor(
    kind: MapKind,
    readonly columns: number,
    withCurvature: boolean,
  ) {
    const more = withCurvature ? curvatureFields : []
    this.fields = kind === 'classify' ? outcomeFields : [...gridFields, ...more]
    this.rowSize = this.offset(this.fields.length)
  }

  /** Bytes of a row before the given field. */
  private offset(field: number): number {
    const before = this.fields.slice(0, field)
    return this.columns * before.reduce((sum, { type }) => sum + sizeOf(type), 0)
  }

  /** @param values of each field, row after row */
  pack(values: readonly Values[]): Uint8Array<ArrayBuffer> {
    const rows = values[0].length / this.columns
    const bytes = new Uint8Array(rows * this.rowSize)
    this.fields.forEach(({ type }, k) => {
      const { buffer, byteOffset, byteLength } = values[k]
      const from = new Uint8Array(buffer, byteOffset, byteLength)
      const width = this.columns * sizeOf(type)
      for (let row = 0; row < rows; row++) {
        const part = from.subarray(row * width, (row + 1) * width)
        bytes.set(part, row * this.rowSize + this.offset(k))
      }
    })
    return bytes
  }

  /** The values of a field, row after row. */
  unpack(bytes: Uint8Array, field: number): Values {
    const rows = bytes.length / this.rowSize
    const { type } = this.fields[field]
    const width = this.columns * sizeOf(type)
    const found = new Uint8Array(rows * width)
    for (let row = 0; row < rows; row++) {
      const at = row * this.rowSize + this.offset(field)
      found.set(bytes.subarray(at, at + width), row * width)
    }
    return new arrays[type](found.buffer)
  }
}

function sizeOf(type: Field['type']): number {
  return arrays[type].BYTES_PER_ELEMENT
}

/** Rows [first, last) of part i of n, i from 1: split as evenly as possible. */
export function rowsOfTile(rows: number, { i, n }: { i: number; n: number }) {
  return { first: Math.floor(((i - 1) * rows) / n), last: Math.floor((i * rows) / n) }
}
