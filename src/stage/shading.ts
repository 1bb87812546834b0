/** Names for the types of shader nodes, and materials that write display colours. */
import { int, ivec2, textureLoad, uniformTexture, vec3 } from 'three/tsl'
import { DataTexture, NearestFilter, type Node, NodeMaterial, type TextureNode } from 'three/webgpu'
import { type ColourMap, palette, paletteSize, parseColour } from '../display/colours'

export type Float = Node<'float'>
export type Int = Node<'int'>
export type Vec2 = Node<'vec2'>
export type Vec3 = Node<'vec3'>
export type Vec4 = Node<'vec4'>

export interface Layer {
  /** Corner of the primitive in clip space. */
  clip: Vec4
  /** Display colour (sRGB) and opacity. */
  colour: Vec4
  /** Whether it hides what is behind it, or is blended over it. */
  solid: boolean
  /** Whether nearer parts of the surface hide it. */
  hidden: boolean
}

/** A material made from its corners and the colour of its fragments. */
export function createMaterial({ clip, colour, solid, hidden }: Layer): NodeMaterial {
  const material = new NodeMaterial()
  material.vertexNode = clip
  material.fragmentNode = colour
  material.transparent = !solid
  material.depthWrite = solid && hidden
  material.depthTest = hidden
  return material
}

/** A colour of the tables, unchanged: nothing converts it, see createRenderer. */
export function displayColour(hex: string): Vec3 {
  const [red, green, blue] = parseColour(hex)
  return vec3(red, green, blue)
}

/** The colour map as a small texture that shaders look up. */
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
