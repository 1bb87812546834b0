/**
 * Finds the place of the surface under a pixel. Only the GPU knows the heights, so a pass of one
 * pixel draws uv instead of colours, and that pixel is read back. A second such pass asks for the
 * height of one place.
 */
import { float, floor, positionGeometry, uniform, vec2, vec4 } from 'three/tsl'
import {
  DoubleSide,
  Mesh,
  NearestFilter,
  NoBlending,
  PerspectiveCamera,
  RenderTarget,
  Scene,
  Vector2,
  type WebGPURenderer,
} from 'three/webgpu'
import type { Rect } from '../display/rect'
import type { SurfaceField } from './layers/surfaceField'
import { createSheet } from './layers/surfaceMesh'
import type { Picture } from './picture'
import { stopIdleLoop } from './renderer'
import { createMaterial, type Float, type Vec2, type Vec4 } from './shading'
import { createStageSpace } from './space'

/** A coarser sheet than the drawn one: it only has to be right to a pixel or so. */
const pickSide = 160
const steps = 65534

/** Two numbers in 0 to 1 as four bytes; all zero means "nothing here". */
function encode(pair: Vec2): Vec4 {
  const bytes = (value: Float) => {
    const whole = floor(value.clamp(0, 1).mul(steps).add(1.5)).toVar()
    const high = floor(whole.div(256)).toVar()
    return vec2(high, whole.sub(high.mul(256))).div(255)
  }
  return vec4(bytes(pair.x), bytes(pair.y))
}

function decode(bytes: ArrayLike<number>): [number, number] | null {
  const [first, second] = [bytes[0] * 256 + bytes[1], bytes[2] * 256 + bytes[3]]
  return first === 0 ? null : [(first - 1) / steps, (second - 1) / steps]
}

export class Picker {
  private readonly target = new RenderTarget(1, 1, {
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    generateMipmaps: false,
  })
  private sheet: Scene | null = null
  private readonly probe = new Scene()
  private readonly place = uniform(new Vector2())
  private readonly eye = new PerspectiveCamera()
  private readonly owned: { dispose(): void }[] = []

  constructor(
    private readonly renderer: WebGPURenderer,
    private readonly field: SurfaceField,
  ) {
    const uv = vec2(positionGeometry.xy)
    const corner = vec4(uv.mul(2).sub(1), 0.5, 1)
    const answer = encode(vec2(field.heightAt(this.place), float(0)))
    this.probe.add(this.mesh(createSheet(2), corner, answer))
  }

  /** Made by the first pointer: the page opens without it. */
  private createPickScene(): Scene {
    const uv = vec2(positionGeometry.xy)
    const clip = createStageSpace().clip(uv, this.field.heightAt(uv))
    return new Scene().add(this.mesh(createSheet(pickSide), clip, encode(uv)))
  }

  private mesh(geometry: Mesh['geometry'], clip: Vec4, colour: Vec4): Mesh {
    const material = createMaterial({ clip, colour, solid: true, hidden: true })
    // The bytes are numbers: the last one is not an opacity.
    material.blending = NoBlending
    material.side = DoubleSide
    const mesh = new Mesh(geometry, material)
    mesh.frustumCulled = false
    this.owned.push(geometry, material)
    return mesh
  }

  /** uv under a pixel of the stage, or null if the surface is not there. */
  async pick(
    camera: PerspectiveCamera,
    stage: Rect,
    x: number,
    y: number,
  ): Promise<[number, number] | null> {
    const { eye } = this
    eye.copy(camera)
    eye.setViewOffset(stage.width, stage.height, x - stage.x - 0.5, y - stage.y - 0.5, 1, 1)
    this.sheet ??= this.createPickScene()
    return this.read(this.sheet)
  }

  /** Height, 0 to 1, of a place given as uv. */
  async height(uv: readonly [number, number]): Promise<number> {
    this.place.value.set(uv[0], uv[1])
    const answer = await this.read(this.probe)
    return answer ? answer[0] : 0
  }

  private async read(scene: Scene): Promise<[number, number] | null> {
    const { renderer } = this
    const alpha = renderer.getClearAlpha()
    renderer.setClearAlpha(0)
    renderer.autoClear = true
    renderer.setRenderTarget(this.target)
    renderer.render(scene, this.eye)
    stopIdleLoop(renderer)
    renderer.setRenderTarget(null)
    renderer.setClearAlpha(alpha)
    return decode(await this.readPixel())
  }

  private async readPixel(): Promise<ArrayLike<number>> {
    const pixels = await this.renderer.readRenderTargetPixelsAsync(this.target, 0, 0, 1, 1)
    return pixels as Uint8Array
  }

  dispose(): void {
    this.target.dispose()
    for (const item of this.owned) item.dispose()
  }
}

/** The height of the start marker, for grasping it; asked for only when it can have changed. */
export class StartHeight {
  /** The newest height found, 0 to 1. */
  value = 0
  private key = ''

  constructor(private readonly picker: Picker) {}

  find(uv: [u: number, v: number], { surface, settings }: Picture): void {
    if (!surface) return
    const { lowest, highest, nodeStep } = surface
    const key = [...uv, lowest, highest, nodeStep, settings.height].join()
    if (key === this.key) return
    this.key = key
    // Not in the task of the frame: the first time, its program has to be compiled.
    setTimeout(() => void this.ask(uv, key))
  }

  private async ask(uv: [u: number, v: number], key: string): Promise<void> {
    try {
      const found = await this.picker.height(uv)
      if (key === this.key) this.value = found
    } catch {
      // A lost device answers nothing; the app then makes a new stage.
    }
  }
}
