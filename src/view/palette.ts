/** The colour map as a small texture that shaders look up. */

import { int, ivec2, textureLoad, uniformTexture } from 'three/tsl'
import { DataTexture, NearestFilter, type TextureNode } from 'three/webgpu'
import { type ColourMap, palette, paletteSize } from '../state/colours'
import type { Float, Vec3 } from './shading'

export class Palette {
  private readonly node: TextureNode
  private readonly textures: Record<ColourMap, DataTexture> = {
    viridis: createTable('viridis'),
    cividis: createTable('cividis'),
  }

  constructor() {
    this.node = uniformTexture(this.textures.viridis)
  }

  show(map: ColourMap): void {
    this.node.value = this.textures[map]
  }

  /** Display colour of t in 0 to 1. */
  colour(t: Float): Vec3 {
    const entry = int(
      t
        .clamp(0, 1)
        .mul(paletteSize - 1)
        .add(0.5),
    )
    return textureLoad(this.node, ivec2(entry, int(0))).xyz
  }

  dispose(): void {
    for (const table of Object.values(this.textures)) table.dispose()
  }
}

function createTable(map: ColourMap): DataTexture {
  const texture = new DataTexture(palette(map), paletteSize, 1)
  texture.minFilter = NearestFilter
  texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}
