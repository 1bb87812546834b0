/**
 * Measures slices by the GPU's own clock, where the device has one: frames beside a slice, and
 * browsers that notice its end late, then do not matter. Time stamps are quantised to 0.1 ms in
 * browsers.
 */

/** Marks the beginning of a slice. */
export type SliceClock = () => {
  /** Marks its end, and resolves with the milliseconds between; null if the clock gives none. */
  end(): Promise<number | null>
  /** Call instead where no slice was submitted. */
  discard(): void
}

interface Slot {
  querySet: GPUQuerySet
  resolved: GPUBuffer
  read: GPUBuffer
}

/** Bytes of two time stamps, in nanoseconds. */
const stampBytes = 16

/** Slots kept while not in use: as many as one run has on its way; many runs at once make more. */
const mostFree = 2

/** Null where the device has no time stamps. */
export function createSliceClock(device: GPUDevice): SliceClock | null {
  if (!device.features.has('timestamp-query')) return null
  const free: Slot[] = []
  const giveBack = (slot: Slot) => {
    if (free.length < mostFree) free.push(slot)
    else destroySlot(slot)
  }
  return () => {
    const slot = free.pop() ?? createSlot(device)
    mark(device, slot, { beginningOfPassWriteIndex: 0 })
    return {
      async end() {
        mark(device, slot, { endOfPassWriteIndex: 1 })
        const milliseconds = await readSlot(slot)
        giveBack(slot)
        // Some drivers give nothing, or nonsense, for a pass without a dispatch.
        return milliseconds !== undefined && milliseconds > 0 ? milliseconds : null
      },
      discard: () => giveBack(slot),
    }
  }
}

function createSlot(device: GPUDevice): Slot {
  const label = 'slice clock'
  return {
    querySet: device.createQuerySet({ label, type: 'timestamp', count: 2 }),
    resolved: device.createBuffer({
      label,
      size: stampBytes,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    }),
    read: device.createBuffer({
      label,
      size: stampBytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    }),
  }
}

function destroySlot({ querySet, resolved, read }: Slot): void {
  for (const each of [querySet, resolved, read]) each.destroy()
}

/** A pass without a dispatch, which writes one time stamp; with the second one both are copied. */
function mark(
  device: GPUDevice,
  { querySet, resolved, read }: Slot,
  at: Omit<GPUComputePassTimestampWrites, 'querySet'>,
): void {
  const encoder = device.createCommandEncoder({ label: 'slice clock' })
  encoder.beginComputePass({ timestampWrites: { querySet, ...at } }).end()
  if (at.endOfPassWriteIndex !== undefined) {
    encoder.resolveQuerySet(querySet, 0, 2, resolved, 0)
    encoder.copyBufferToBuffer(resolved, 0, read, 0, stampBytes)
  }
  device.queue.submit([encoder.finish()])
}

/** Milliseconds between the two time stamps; undefined if the device is lost. */
async function readSlot({ read }: Slot): Promise<number | undefined> {
  try {
    await read.mapAsync(GPUMapMode.READ)
  } catch {
    return undefined
  }
  const [begin, end] = new BigUint64Array(read.getMappedRange())
  const nanoseconds = Number(end - begin)
  read.unmap()
  return nanoseconds / 1e6
}
