/** A plane of floats as a texture: the engine's own on WebGPU, otherwise an uploaded copy. */
import { int, ivec2, textureLoad, uniform, uniformTexture } from 'three/tsl'
import {
  DataTexture,
  ExternalTexture,
  FloatType,
  NearestFilter,
  RedFormat,
  RGBAFormat,
  RGFormat,
  type Texture,
  type TextureNode,
  Vector2,
} from 'three/webgpu'
import type { Plane } from '../../engine/engine'
import type { Int, Vec4 } from '../shading'

type Source = GPUTexture | Float32Array<ArrayBuffer>

const formats = { 1: RedFormat, 2: RGFormat, 4: RGBAFormat } as const

/** Shows one plane after another through the same node, so that no material is rebuilt. */
export class PlaneTexture {
  readonly node: TextureNode
  private readonly size = uniform(new Vector2(1, 1), 'ivec2')
  private readonly format: (typeof formats)[Plane['channels']]
  private texture: Texture
  private source: Source | undefined
  private version = -1

  constructor(channels: Plane['channels']) {
    this.format = formats[channels]
    this.texture = this.upload(new Float32Array(channels), 1, 1)
    this.node = uniformTexture(this.texture)
  }

  /** Switches to a plane; costs nothing if it is unchanged. */
  show(plane: Plane): void {
    const source = plane.texture ?? plane.array
    const version = plane.texture ? 0 : plane.version
    const { width, height } = this.size.value
    const sameSize = width === plane.width && height === plane.height
    if (source === this.source && version === this.version && sameSize) return
    if (source === this.source && sameSize) this.texture.needsUpdate = true
    else this.replace(plane)
    this.source = source
    this.version = version
    this.size.value.set(plane.width, plane.height)
  }

  private replace(plane: Plane): void {
    const old = this.texture
    this.texture = plane.texture
      ? this.adopt(plane.texture)
      : this.upload(plane.array, plane.width, plane.height)
    this.node.value = this.texture
    old.dispose()
  }

  private adopt(texture: GPUTexture): Texture {
    const adopted = new ExternalTexture(texture)
    adopted.type = FloatType
    adopted.format = this.format
    return withoutFilter(adopted)
  }

  private upload(array: Float32Array<ArrayBuffer>, width: number, height: number): Texture {
    const texture = new DataTexture(array, width, height, this.format, FloatType)
    texture.needsUpdate = true
    return withoutFilter(texture)
  }

  /** Texel (x, y). */
  at(x: Int, y: Int): Vec4 {
    return textureLoad(this.node, ivec2(x, y))
  }

  /** Texel number i, row after row. */
  item(i: Int): Vec4 {
    const width = int(this.size.x)
    return this.at(i.mod(width), i.div(width))
  }

  dispose(): void {
    this.texture.dispose()
  }
}

/** float32 needs an optional feature for filtering, so every look-up is by whole texels. */
function withoutFilter(texture: Texture): Texture {
  texture.minFilter = NearestFilter
  texture.magFilter = NearestFilter
  texture.generateMipmaps = false
  texture.flipY = false
  return texture
}
