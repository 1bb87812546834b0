/** The parts that a PNG is made of: length, type, data and checksum, one behind the other. */

type Bytes = Uint8Array<ArrayBuffer>

export const pngSignature: Bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Bytes of a chunk beside its data. */
export const chunkFrame = 12

export function isPng(bytes: Uint8Array): boolean {
  return pngSignature.every((byte, i) => bytes[i] === byte)
}

/** @param type four letters of ASCII */
export function pngChunk(type: string, data: Uint8Array): Bytes {
  const bytes = new Uint8Array(data.length + chunkFrame)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, checksum(bytes.subarray(4, data.length + 8)))
  return bytes
}

/** For each byte the remainder of the polynomial of ISO 3309 (PNG, 3rd edition, annex D). */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
  return rest
})

/** Of type and data. */
export function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = remainders[(rest ^ byte) & 0xff] ^ (rest >>> 8)
  return ~rest >>> 0
}
