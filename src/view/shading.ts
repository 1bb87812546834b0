/** Names for the types of shader nodes, and how materials that write display colours are made. */
import { vec3 } from 'three/tsl'
import { type Node, NodeMaterial } from 'three/webgpu'
import { parseColour } from '../state/colours'

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
  /** Whether it hides what is behind, or is blended over it. */
  solid: boolean
  /** Whether nearer parts of the surface hide it. */
  hidden: boolean
}

/** A material from where its corners are and what colour its fragments have. */
export function createMaterial({ clip, colour, solid, hidden }: Layer): NodeMaterial {
  const material = new NodeMaterial()
  material.vertexNode = clip
  material.fragmentNode = colour
  material.transparent = !solid
  material.depthWrite = solid && hidden
  material.depthTest = hidden
  return material
}

/** A colour of the tables as it is displayed: nothing converts it, see createRenderer. */
export function displayColour(hex: string): Vec3 {
  const [red, green, blue] = parseColour(hex)
  return vec3(red, green, blue)
}
