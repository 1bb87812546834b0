/** Creates three's renderer on the engine's device, or on WebGL2 if there is no device. */
import Renderer from 'three/src/renderers/common/Renderer.js'
import BasicNodeLibrary from 'three/src/renderers/webgpu/nodes/BasicNodeLibrary.js'
import { Color, LinearSRGBColorSpace, type WebGPURenderer } from 'three/webgpu'
import { parseColour } from '../display/colours'
import type { Theme } from './theme'

export interface RendererOptions {
  /** The engine's, shared; without one the renderer uses WebGL2. */
  device?: GPUDevice | undefined
  antialias: boolean
}

export async function createRenderer(
  canvas: HTMLCanvasElement,
  { device, antialias }: RendererOptions,
): Promise<WebGPURenderer> {
  if (!device && !hasWebGl2()) {
    throw new Error(
      'This browser offers neither WebGPU nor WebGL2, and the stage needs one of them. ' +
        'Switch on hardware acceleration, or use the flat map.',
    )
  }
  if (device) hearLostErrorScopes(device)
  const renderer = await withBackend({ canvas, antialias, ...(device && { device }) })
  await renderer.init()
  if (device && !isWebGpu(renderer)) {
    throw new Error('three.js fell back to WebGL2 although it was given a WebGPU device.')
  }
  // Shaders write display colours themselves, so no conversion and no second pass over the canvas.
  renderer.outputColorSpace = LinearSRGBColorSpace
  // Two renderings make one frame here, and stage.ts counts them together.
  renderer.info.autoReset = false
  return renderer
}

export function loadWebGpuBackend() {
  return import('three/src/renderers/webgpu/WebGPUBackend.js')
}

type Parameters = NonNullable<ConstructorParameters<typeof WebGPURenderer>[0]>

/**
 * Assembles the renderer the way WebGPURenderer does, but a visitor loads only the backend that is
 * used: each is some 25 kB gzip.
 */
async function withBackend(parameters: Parameters): Promise<WebGPURenderer> {
  const { default: Backend } = parameters.device
    ? await loadWebGpuBackend()
    : await import('three/src/renderers/webgl-fallback/WebGLBackend.js')
  const renderer = new Renderer(new Backend(parameters), parameters)
  renderer.library = new BasicNodeLibrary()
  return renderer as WebGPURenderer
}

/**
 * three.js does not catch popErrorScope(), which rejects if the device is lost before it answers.
 * device.lost reports the loss; a scope of a lost device has nothing to add.
 */
function hearLostErrorScopes(device: GPUDevice): void {
  const pop = device.popErrorScope.bind(device)
  device.popErrorScope = () => pop().catch(() => null)
}

/**
 * Calls back when the driver cannot build a pipeline of three.js, which only writes that to the
 * console and draws nothing. three.js asks for errors of validation itself, right after each
 * pipeline; those of the driver, 'internal', it leaves out.
 */
export function onRenderFailure(device: GPUDevice, fail: (reason: unknown) => void): void {
  const create = device.createRenderPipeline.bind(device)
  const createAsync = device.createRenderPipelineAsync.bind(device)
  const pop = device.popErrorScope.bind(device)
  const hear = (error: GPUError | null) => {
    if (error) fail(error.message)
    return error
  }
  device.createRenderPipeline = (descriptor) => {
    device.pushErrorScope('internal')
    device.pushErrorScope('validation')
    try {
      return create(descriptor)
    } finally {
      void pop().then(hear)
      void pop().then(hear)
    }
  }
  device.createRenderPipelineAsync = (descriptor) =>
    createAsync(descriptor).catch((reason) => {
      fail(reason)
      throw reason
    })
}

export function isWebGpu(renderer: WebGPURenderer): boolean {
  return (renderer.backend as { isWebGPUBackend?: boolean }).isWebGPUBackend === true
}

/**
 * render() starts three's own requestAnimationFrame loop, which never ends, even if nothing moves;
 * there is no public way to end it. The next render() starts it again.
 */
export function stopIdleLoop(renderer: WebGPURenderer): void {
  // A private field, missing from the type; guarded, so that its removal causes no error.
  const { _animation } = renderer as unknown as { _animation?: { stop?(): void } }
  _animation?.stop?.()
}

export function setGround(renderer: WebGPURenderer, { ground }: Theme): void {
  renderer.setClearColor(new Color().setRGB(...parseColour(ground), LinearSRGBColorSpace))
}

function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
