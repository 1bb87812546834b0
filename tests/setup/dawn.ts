/**
 * WebGPU in node through Dawn, Chromium's implementation: for comparing kernels with the oracle,
 * where a page would only be slower. Run under `npm test`, which sets the Vulkan driver in advance.
 */
import { create, globals } from 'webgpu'

declare global {
  var steepestDawn: GPU | undefined
}

/**
 * The GPU object, for use as `navigator.gpu`. Kept on globalThis: the process crashes if it is
 * collected. Also sets the globals of WebGPU (GPUBufferUsage, ...).
 *
 * @public
 */
export function dawn(): GPU {
  Object.assign(globalThis, globals)
  globalThis.steepestDawn ??= create([])
  return globalThis.steepestDawn
}

/**
 * A new device on the first adapter. Errors outside any error scope, and a loss of the device other
 * than by destroy(), are thrown and so fail the run.
 *
 * @throws Error if there is no adapter: tests are not skipped for lack of a GPU
 */
export async function requestDawnDevice(descriptor?: GPUDeviceDescriptor): Promise<GPUDevice> {
  const adapter = await dawn().requestAdapter()
  if (!adapter) throw new Error(noAdapter())
  const device = await adapter.requestDevice(descriptor)
  device.addEventListener('uncapturederror', ({ error }) => {
    throwLater(`Dawn reported an error outside of any error scope: ${error.message}`)
  })
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed') throwLater(`Dawn lost the device (${reason}): ${message}`)
  })
  return device
}

/** Throws in a task of its own, so that the test runner sees it and no caller can swallow it. */
function throwLater(message: string): void {
  setTimeout(() => {
    throw new Error(message)
  })
}

function noAdapter(): string {
  const tried = ['VK_ICD_FILENAMES', 'LD_LIBRARY_PATH', 'STEEPEST_REAL_GPU']
    .map((name) => `${name}=${process.env[name] ?? '(unset)'}`)
    .join(', ')
  return (
    `Dawn found no GPU adapter on ${process.platform} ${process.arch} with ${tried}; expected one. ` +
    'Run the tests by `npm test`, which finds SwiftShader; or turn the GPU tests off with ' +
    'STEEPEST_GPU_TESTS=off.'
  )
}
