/**
 * Requests a device: core features and default limits only, to be the same everywhere. The GPU's
 * clock is asked for as well, since it changes no number.
 */

export interface Gpu {
  device: GPUDevice
  /** The adapter as the browser names it; empty if it keeps that to itself, as Firefox does. */
  name: string
  /** Whether the processor computes (SwiftShader, llvmpipe, WARP): correct, but slow. */
  isSoftware: boolean
}

/** Milliseconds to wait for an answer: a cold driver takes about two seconds, a dead one for ever. */
const patience = 6000

/**
 * Rejects with a sentence if there is no WebGPU, no adapter or no device, if one of them does not
 * answer, and when aborted.
 */
export async function requestGpu(gpu: GPU | undefined, signal?: AbortSignal): Promise<Gpu> {
  if (!gpu) throw new Error('This browser does not offer WebGPU.')
  const options: GPURequestAdapterOptions = { powerPreference: 'high-performance' }
  const adapter = await answered('adapter', gpu.requestAdapter(options), signal)
  if (!adapter) throw new Error('WebGPU found no graphics adapter it can use.')
  const request = adapter.requestDevice({
    label: 'Steepest',
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
  })
  const device = await answered('device', request, signal).catch((reason) => {
    // One that comes too late would hold its memory for nothing.
    request.then((late) => late.destroy()).catch(() => {})
    throw reason
  })
  const { vendor, architecture, device: model, description, isFallbackAdapter } = adapter.info
  const name = description || model || [vendor, architecture].filter(Boolean).join(' ')
  const isSoftware =
    isFallbackAdapter === true ||
    /swiftshader|llvmpipe|software/i.test([vendor, architecture, name].join(' '))
  return { device, name, isSoftware }
}

async function answered<Value>(
  what: 'adapter' | 'device',
  answer: Promise<Value>,
  signal?: AbortSignal,
): Promise<Value> {
  const waiting = new AbortController()
  const silence = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The graphics ${what} has not answered for ${patience / 1000} seconds.`))
    }, patience)
    const end = () => reject(signal?.reason)
    signal?.addEventListener('abort', end, { signal: waiting.signal })
    waiting.signal.addEventListener('abort', () => clearTimeout(timer))
    if (signal?.aborted) end()
  })
  const refused = (reason: unknown) => {
    throw new Error(`The browser refused to open a graphics ${what}.`, { cause: reason })
  }
  return Promise.race([answer.catch(refused), silence]).finally(() => waiting.abort())
}
