/** Copies from the GPU to the processor. */

/** `size` bytes (a multiple of 4) from the beginning of a buffer. */
export async function readBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  size: number,
): Promise<ArrayBuffer> {
  return readThrough(device, size, (encoder, staging) => {
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, size)
  })
}

/** Rows [first, last) of a float texture of `channels` channels, without padding. */
export async function readTextureRows(
  device: GPUDevice,
  texture: GPUTexture,
  channels: 1 | 2 | 4,
  first: number,
  last: number,
): Promise<Float32Array<ArrayBuffer>> {
  const { width } = texture
  const rowBytes = width * channels * 4
  // The copy requires rows that begin at multiples of 256 bytes.
  const bytesPerRow = Math.ceil(rowBytes / 256) * 256
  const rows = last - first
  const padded = await readThrough(device, bytesPerRow * rows, (encoder, staging) => {
    encoder.copyTextureToBuffer({ texture, origin: [0, first] }, { buffer: staging, bytesPerRow }, [
      width,
      rows,
    ])
  })
  if (bytesPerRow === rowBytes) return new Float32Array(padded)
  const values = new Float32Array(rows * width * channels)
  for (let row = 0; row < rows; row++) {
    values.set(
      new Float32Array(padded, row * bytesPerRow, width * channels),
      row * width * channels,
    )
  }
  return values
}

async function readThrough(
  device: GPUDevice,
  size: number,
  copy: (encoder: GPUCommandEncoder, staging: GPUBuffer) => void,
): Promise<ArrayBuffer> {
  const staging = device.createBuffer({
    label: 'read-back',
    size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  })
  try {
    const encoder = device.createCommandEncoder({ label: 'read-back' })
    copy(encoder, staging)
    device.queue.submit([encoder.finish()])
    await staging.mapAsync(GPUMapMode.READ)
    return staging.getMappedRange().slice(0)
  } finally {
    staging.destroy()
  }
}
