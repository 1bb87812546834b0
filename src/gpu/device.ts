/** Requests a device: core features and default limits only, to be the same everywhere. */

export interface Gpu {
  device: GPUDevice
  /** The adapter as the browser names it. */
  name: string
  /** Whether the processor computes (SwiftShader, llvmpipe, WARP): correct, but slow. */
  isSoftware: boolean
}

/** Rejects with a sentence if there is no WebGPU, no adapter or no device. */
export async function requestGpu(gpu: GPU | undefined): Promise<Gpu> {
  if (!gpu) throw new Error('This browser does not offer WebGPU.')
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new Error('WebGPU found no graphics adapter it can use.')
  const device = await adapter.requestDevice({ label: 'Steepest' })
  const { vendor, architecture, device: model, description, isFallbackAdapter } = adapter.info
  const name = description || model || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed'
  const isSoftware =
    isFallbackAdapter === true ||
    /swiftshader|llvmpipe|software/i.test([vendor, architecture, name].join(' '))
  return { device, name, isSoftware }
}
