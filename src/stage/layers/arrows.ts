/** Arrows in the plane, laid on the surface: one instanced mesh, an instance for each arrow. */
import {
  attribute,
  float,
  min,
  mix,
  positionGeometry,
  select,
  varying,
  vec2,
  vec4,
} from 'three/tsl'
import {
  BufferAttribute,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
} from 'three/webgpu'
import { parseColour, type Rgb } from '../../display/colours'
import type { Arrow } from '../picture'
import { createMaterial } from '../shading'
import type { Space } from '../space'
import { onSurface, safePlace } from '../space'
import { ink } from '../theme'
import type { SurfaceField } from './surfaceField'

const mostArrows = 1024
/** Each arrow is laid on the surface in so many pieces. */
const pieces = 8
/** Length of an arrowhead, in widths of its line. */
const headLength = 5
const casing = 1.2

export class ArrowSource {
  /** (tail w, tail b, head w, head b) */
  private readonly places = new InstancedBufferAttribute(new Float32Array(mostArrows * 8), 4)
  private readonly tints = new InstancedBufferAttribute(new Float32Array(mostArrows * 6), 3)
  /** (width and outline in CSS pixels, 1 with a head) */
  private readonly styles = new InstancedBufferAttribute(new Float32Array(mostArrows * 6), 3)
  private shown: readonly Arrow[] = []
  private count = 0

  constructor(private readonly field: SurfaceField) {}

  /** Draws dark casings first, so that no arrow is crossed by another's casing. */
  show(arrows: readonly Arrow[]): void {
    if (arrows === this.shown) return
    this.shown = arrows
    const kept = arrows.slice(0, mostArrows)
    this.count = 2 * kept.length
    const dark = parseColour(ink.dark)
    kept.forEach((arrow, i) => {
      this.put(i, arrow, dark, casing)
      this.put(kept.length + i, arrow, parseColour(arrow.colour), 0)
    })
    this.places.needsUpdate = true
    this.tints.needsUpdate = true
    this.styles.needsUpdate = true
  }

  private put(
    i: number,
    { tail, head, width, hasHead }: Arrow,
    colour: Rgb,
    outline: number,
  ): void {
    this.places.setXYZW(i, tail[0], tail[1], head[0], head[1])
    this.tints.setXYZ(i, colour[0], colour[1], colour[2])
    this.styles.setXYZ(i, width, outline, hasHead ? 1 : 0)
  }

  createMesh(space: Space): Mesh {
    const places = attribute<'vec4'>('places', 'vec4')
    const style = attribute<'vec3'>('style', 'vec3')
    // The map is small, so its arrows are smaller too.
    const share = space.solid ? 1 : 0.7
    const [width, outline, hasHead] = [style.x.mul(share), style.y.mul(share), style.z]
    const tail = safePlace(this.field.toUv(places.xy))
    const head = safePlace(this.field.toUv(places.zw))
    const at = (of: typeof along) => {
      const uv = mix(tail.uv, head.uv, of.clamp(0, 1)).toVar()
      const height = space.solid ? this.field.heightAt(uv) : float(0)
      return { uv, clip: space.clip(uv, height, 0.012).toVar() }
    }
    const pixels = ({ clip }: ReturnType<typeof at>) => clip.xy.div(clip.w).mul(space.halfSize)
    // position = (share of the way, side, 1 for a corner of the head)
    const [along, side, isHead] = [positionGeometry.x, positionGeometry.y, positionGeometry.z]
    const place = at(along)
    const half = 0.5 / pieces
    const way = pixels(at(along.add(half)))
      .sub(pixels(at(along.sub(half))))
      .toVar()
    const towards = way.div(way.length().max(1e-4)).toVar()
    const across = vec2(towards.y.negate(), towards.x)
    const whole = pixels(at(float(1)))
      .sub(pixels(at(float(0))))
      .length()
    const long = min(width.mul(headLength), whole.mul(0.6)).mul(hasHead).toVar()
    // The line ends inside its head, whose tip is the place itself.
    const back = select(along.greaterThan(0.999), long.mul(0.7), float(0))
    const onLine = across.mul(side.mul(width.mul(0.5).add(outline))).sub(towards.mul(back))
    // The tip extends by more than the outline, because it is sharp.
    const ahead = mix(outline.mul(2), long.add(outline).negate(), side.abs())
    const wide = side.mul(long.mul(0.45).add(outline.mul(1.6)))
    const onHead = across.mul(wide).add(towards.mul(ahead))
    const offset = mix(onLine, onHead, isHead)
    const { clip } = place
    const material = createMaterial({
      clip: vec4(clip.xy.add(offset.div(space.halfSize).mul(clip.w)), clip.zw),
      colour: vec4(
        varying(attribute<'vec3'>('tint', 'vec3')),
        varying(onSurface(place.uv)).mul(varying(tail.valid.mul(head.valid))),
      ),
      solid: false,
      hidden: space.solid,
    })
    const geometry = createArrowGeometry()
    geometry.setAttribute('places', this.places)
    geometry.setAttribute('tint', this.tints)
    geometry.setAttribute('style', this.styles)
    const mesh = new Mesh(geometry, material)
    mesh.frustumCulled = false
    return mesh
  }

  update(mesh: Mesh): void {
    mesh.visible = this.count > 0
    ;(mesh.geometry as InstancedBufferGeometry).instanceCount = this.count
  }
}

function createArrowGeometry(): InstancedBufferGeometry {
  const corners: number[] = []
  for (let piece = 0; piece < pieces; piece++) {
    const [from, to] = [piece / pieces, (piece + 1) / pieces]
    corners.push(from, -1, 0, to, -1, 0, to, 1, 0, from, -1, 0, to, 1, 0, from, 1, 0)
  }
  corners.push(1, 0, 1, 1, 1, 1, 1, -1, 1)
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(corners), 3))
  return geometry
}
