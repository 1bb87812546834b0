/** Makes three's renderer on the engine's device, or on WebGL2 where there is none. */
import { LinearSRGBColorSpace, WebGPURenderer } from 'three/webgpu'

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
  const backend = device ? { device } : { forceWebGL: true }
  const renderer = new WebGPURenderer({ canvas, antialias, ...backend })
  await renderer.init()
  if (device && !isWebGpu(renderer)) {
    throw new Error('three.js fell back to WebGL2 although it was given a WebGPU device.')
  }
  // Shaders write display colours themselves: no conversion, and so no second pass over the canvas.
  renderer.outputColorSpace = LinearSRGBColorSpace
  // Two renderings are one frame here, and stage.ts counts them together.
  renderer.info.autoReset = false
  return renderer
}

/**
 * three.js does not catch popErrorScope(), which rejects when the device is lost meanwhile. A loss
 * is told elsewhere, by device.lost; a scope of a lost device has nothing to add.
 */
function hearLostErrorScopes(device: GPUDevice): void {
  const pop = device.popErrorScope.bind(device)
  device.popErrorScope = () => pop().catch(() => null)
}

export function isWebGpu(renderer: WebGPURenderer): boolean {
  return (renderer.backend as { isWebGPUBackend?: boolean }).isWebGPUBackend === true
}

/**
 * render() starts a requestAnimationFrame loop of three's own that never ends, even where nothing
 * moves; there is no public way to end it. The next render() starts it again.
 */
export function stopIdleLoop(renderer: WebGPURenderer): void {
  // Private, so its type does not have it; guarded, so that its going is no error.
  const { _animation } = renderer as unknown as { _animation?: { stop?(): void } }
  _animation?.stop?.()
}

function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
