/** The surface itself: a mesh in the stage, a rectangle in the map, with the same colours. */
import {
  abs,
  float,
  fract,
  fwidth,
  mix,
  normalize,
  positionGeometry,
  smoothstep,
  uniform,
  uniformArray,
  vec2,
  vec3,
  vec4,
} from 'three/tsl'
import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Mesh,
  Sphere,
  Vector2,
  Vector3,
} from 'three/webgpu'
import type { Tick } from '../../display/heightScale'
import type { Palette } from '../shading'
import {
  createMaterial,
  displayColour,
  type Float,
  type Vec2,
  type Vec3,
  type Vec4,
} from '../shading'
import { heightScale, type Space } from '../space'
import { ink } from '../theme'
import type { SurfaceField } from './surfaceField'

/** Contour lines between two ticks of the loss axis. */
const contoursBetweenTicks = 4
const breakpoints = 9

/** Shared by both views. */
export class SurfaceShading {
  private readonly levels = uniformArray<'float'>(new Array(breakpoints).fill(0), 'float')
  private readonly contours = uniform(1)
  private readonly stale = uniform(0)
  private readonly pointer = uniform(new Vector2())
  private readonly pointing = uniform(0)

  constructor(
    private readonly field: SurfaceField,
    private readonly palette: Palette,
  ) {}

  show(ticks: readonly Tick[], contours: boolean, stale: boolean): void {
    const heights = ticks.map((tick) => tick.at)
    const first = heights.length > 1 ? heights[1] - heights[0] : 1
    const last = heights.length > 1 ? heights[heights.length - 1] - heights[heights.length - 2] : 1
    // The same spacing continues past both ends, far enough to cover heights 0 to 1.
    const levels = [(heights[0] ?? 0) - first, ...heights]
    while (levels.length < breakpoints) levels.push(levels[levels.length - 1] + last)
    this.levels.array = levels
    this.contours.value = contours ? 1 : 0
    this.stale.value = stale ? 1 : 0
  }

  /** The cross-hair, in uv. */
  point(uv: readonly [number, number] | null): void {
    this.pointing.value = uv ? 1 : 0
    if (uv) this.pointer.value.set(uv[0], uv[1])
  }

  /** The palette's colour at uv, without anything else. */
  plain(uv: Vec2): Vec3 {
    return this.palette.colour(this.field.heightAt(uv))
  }

  /** Colour at uv: palette or another ground, light if asked for, contours, cross-hair. */
  paint(uv: Vec2, lit: boolean, ground?: Vec3): Vec4 {
    const cell = this.field.sample(uv).toVar()
    const height = this.field.height(cell.x).toVar()
    const plain = ground ?? this.palette.colour(height)
    const shaded = lit ? plain.mul(this.light(cell)) : plain
    const lined = mix(
      shaded,
      displayColour(ink.dark),
      this.contour(height).mul(this.contours),
    ).toVar()
    const grey = vec3(lined.dot(vec3(0.3, 0.59, 0.11)).mul(0.8))
    const dimmed = mix(lined, grey, this.stale.mul(0.65))
    const cross = this.crossHair(uv).mul(this.pointing).mul(0.55)
    const shown = mix(dimmed, displayColour(ink.light), cross)
    return vec4(shown, 1)
  }

  /** A soft light from above and the left: 0.7 to 1.06 times the colour. */
  private light(cell: Vec4): Float {
    const slope = this.field.slope(cell).mul(heightScale)
    const normal = normalize(vec3(slope.x.negate(), 1, slope.y))
    const direction = normalize(vec3(-0.55, 0.75, 0.4))
    return mix(float(0.62), float(1.12), normal.dot(direction).max(0))
  }

  /** Lines at the ticks and at four steps between two, of constant width on the screen. */
  private contour(height: Float): Float {
    const level = this.level(height).toVar()
    const major = line(level, 1.3)
    const minor = line(level.mul(contoursBetweenTicks), 0.9)
    return major.mul(0.55).max(minor.mul(0.24))
  }

  /** Converts a height to the number of ticks passed, linearly between two ticks. */
  private level(height: Float): Float {
    let passed: Float = float(0)
    for (let i = 0; i + 1 < breakpoints; i++) {
      const from = this.levels.element(i)
      const to = this.levels.element(i + 1)
      passed = passed.add(height.sub(from).div(to.sub(from).max(1e-6)).clamp(0, 1))
    }
    return passed
  }

  private crossHair(uv: Vec2): Float {
    const distance = abs(uv.sub(this.pointer)).div(fwidth(uv).max(1e-7))
    return smoothstep(float(0.4), float(1.4), distance.x.min(distance.y)).oneMinus()
  }
}

/** Coverage of lines at the integers of `value`, `width` pixels wide; fades where they crowd. */
function line(value: Float, width: number): Float {
  const perPixel = fwidth(value).max(1e-6).toVar()
  const distance = abs(fract(value.sub(0.5)).sub(0.5)).div(perPixel)
  const inside = smoothstep(float(width / 2 - 0.5), float(width / 2 + 0.5), distance).oneMinus()
  return inside.mul(smoothstep(float(0.12), float(0.45), perPixel).oneMinus())
}

/** @param side vertices along each side of the mesh */
export function createSurfaceMesh(
  field: SurfaceField,
  space: Space,
  side: number,
  colour: (uv: Vec2) => Vec4,
): Mesh {
  const uv = vec2(positionGeometry.xy)
  const height = space.solid ? field.heightAt(uv) : float(0)
  const material = createMaterial({
    clip: space.clip(uv, height),
    colour: colour(uv),
    solid: true,
    hidden: space.solid,
  })
  material.side = DoubleSide
  const mesh = new Mesh(createSheet(side), material)
  mesh.frustumCulled = false
  return mesh
}

/**
 * The sides of the block, from the base up to the surface's border: they show how high it stands.
 * They are see-through and fade towards the base.
 */
export function createCurtain(
  field: SurfaceField,
  space: Space,
  side: number,
  colour: (uv: Vec2) => Vec3,
): Mesh {
  const uv = vec2(positionGeometry.xy)
  const up = positionGeometry.z
  const material = createMaterial({
    clip: space.clip(uv, field.heightAt(uv).mul(up)),
    colour: vec4(colour(uv).mul(0.55), mix(float(0.06), float(0.5), up.mul(up))),
    solid: false,
    hidden: true,
  })
  material.side = DoubleSide
  // Two passes, one for each side, would need a second program.
  material.forceSinglePass = true
  const mesh = new Mesh(createBand(side), material)
  mesh.frustumCulled = false
  return mesh
}

/** position = (u, v, 0 at the base or 1 at the surface) once around the border. */
function createBand(side: number): BufferGeometry {
  const corners = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ]
  const places: number[] = []
  const triangles: number[] = []
  const count = 4 * (side - 1)
  for (let i = 0; i <= count; i++) {
    const edge = Math.min(3, Math.floor(i / (side - 1)))
    const share = i / (side - 1) - edge
    const [from, to] = [corners[edge], corners[edge + 1]]
    const [u, v] = [0, 1].map((k) => from[k] + (to[k] - from[k]) * share)
    places.push(u, v, 0, u, v, 1)
    if (i < count) triangles.push(2 * i, 2 * i + 1, 2 * i + 2, 2 * i + 2, 2 * i + 1, 2 * i + 3)
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(places), 3))
  geometry.setIndex(triangles)
  return geometry
}

/** A sheet of side x side vertices at (u, v, 0). */
export function createSheet(side: number): BufferGeometry {
  const places = new Float32Array(side * side * 3)
  const triangles = new Uint32Array((side - 1) * (side - 1) * 6)
  // Number by number: an array for each vertex takes three times as long, and the page opens with this.
  for (let i = 0; i < side * side; i++) {
    places[3 * i] = (i % side) / (side - 1)
    places[3 * i + 1] = Math.floor(i / side) / (side - 1)
  }
  let at = 0
  for (let corner = 0; corner < (side - 1) * side; corner++) {
    if (corner % side === side - 1) continue
    const above = corner + side
    triangles[at++] = corner
    triangles[at++] = corner + 1
    triangles[at++] = above + 1
    triangles[at++] = corner
    triangles[at++] = above + 1
    triangles[at++] = above
  }
  const geometry = new BufferGeometry()
  // It holds all corners; three.js, which sorts by it, would go through them.
  geometry.boundingSphere = new Sphere(new Vector3(0.5, 0.5, 0), Math.SQRT1_2)
  geometry.setAttribute('position', new BufferAttribute(places, 3))
  geometry.setIndex(new BufferAttribute(triangles, 1))
  return geometry
}
