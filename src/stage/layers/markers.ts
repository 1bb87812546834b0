/** Single marks over the surface: the chosen start, the runners' heads, the pointer. */
import {
  abs,
  attribute,
  float,
  fwidth,
  length,
  max,
  mix,
  positionGeometry,
  select,
  smoothstep,
  varying,
  vec2,
  vec4,
} from 'three/tsl'
import { GreaterDepth, InstancedBufferAttribute, Mesh } from 'three/webgpu'
import { parseColour, type Rgb, runnerColours } from '../../display/colours'
import type { StationaryPoint, StationaryPoints } from '../../model/outcomes/stationaryPoints'
import { destinationColours } from '../circles'
import type { Place } from '../picture'
import { createMaterial, displayColour, type Float, type Vec2 } from '../shading'
import { offsetPixels, onSurface, type Space, safePlace } from '../space'
import { ink } from '../theme'
import { putValues } from './attributes'
import { createInstancedQuad } from './heads'
import type { SurfaceField } from './surfaceField'

/** Shape is the second cue beside colour: runners take the first four in turn. */
const shapes = ['disc', 'square', 'diamond', 'triangle', 'ring', 'target', 'cross'] as const
type Shape = (typeof shapes)[number]

interface Mark {
  place: Place
  /** CSS pixels */
  radius: number
  shape: Shape
  colour: Rgb
}

const mostMarks = 40
const white = parseColour(ink.light)
const grey = parseColour('#8b96a3')

export interface MarkInput {
  start: readonly [number, number]
  /** The place of each runner. */
  runners: readonly (readonly [number, number])[]
  pointer: Place | null
  stationary: StationaryPoints | null
  /** They belong to older data. */
  isStationaryStale: boolean
}

function listMarks({ start, runners, pointer, ...points }: MarkInput): Mark[] {
  const { minima, saddles } = points.stationary ?? { minima: [], saddles: [] }
  const stationary = (shape: Shape, radius: number, hex: (i: number) => string) => {
    return ({ w, b }: StationaryPoint, i: number) => {
      const colour = points.isStationaryStale ? grey : parseColour(hex(i))
      return { place: [w, b], radius, shape, colour } as const
    }
  }
  const marks: Mark[] = [
    // Limited, so that the start and the runners always have room.
    ...minima
      .slice(0, 12)
      .map(stationary('disc', 5, (i) => destinationColours[i + 1] ?? ink.light)),
    ...saddles.slice(0, 12).map(stationary('cross', 5, () => ink.light)),
  ]
  marks.push({ place: start, radius: 9, shape: 'target', colour: white })
  runners.slice(0, runnerColours.length).forEach((place, i) => {
    const shape = shapes[i % 4]
    marks.push({ place, radius: 6.5, shape, colour: parseColour(runnerColours[i]) })
  })
  if (pointer) marks.push({ place: pointer, radius: 6, shape: 'ring', colour: white })
  return marks
}

export class MarkerSource {
  /** (w, b, radius, index of the shape) */
  private readonly marks = new InstancedBufferAttribute(new Float32Array(mostMarks * 4), 4)
  private readonly tints = new InstancedBufferAttribute(new Float32Array(mostMarks * 3), 3)
  private count = 0

  constructor(private readonly field: SurfaceField) {}

  show(input: MarkInput): void {
    const marks = listMarks(input)
    marks.forEach(({ place, radius, shape, colour }, i) => {
      putValues(this.marks, i, [place[0], place[1], radius, shapes.indexOf(shape)])
      putValues(this.tints, i, colour)
    })
    this.count = marks.length
  }

  /**
   * Drawn twice in the stage; `behind` draws the part that the surface hides: faint, but a person
   * can always find and grasp it.
   */
  createMesh(space: Space, behind: boolean): Mesh {
    const mark = attribute<'vec4'>('mark', 'vec4')
    const place = safePlace(this.field.toUv(mark.xy))
    const height = space.solid ? this.field.heightAt(place.uv) : float(0)
    const reach = mark.z.add(2)
    const corner = vec2(positionGeometry.xy).mul(reach)
    const material = createMaterial({
      clip: offsetPixels(space.clip(place.uv, height, 0.012), corner, space),
      colour: colourOf(varying(corner), varying(mark.z), varying(mark.w), {
        tint: varying(attribute<'vec3'>('tint', 'vec3')),
        visible: varying(
          onSurface(place.uv)
            .mul(place.valid)
            .mul(behind ? 0.3 : 1),
        ),
      }),
      solid: false,
      hidden: space.solid,
    })
    if (behind) material.depthFunc = GreaterDepth
    const geometry = createInstancedQuad()
    geometry.setAttribute('mark', this.marks)
    geometry.setAttribute('tint', this.tints)
    const mesh = new Mesh(geometry, material)
    mesh.frustumCulled = false
    return mesh
  }

  update(mesh: Mesh, visible: boolean): void {
    mesh.visible = visible
    ;(mesh.geometry as ReturnType<typeof createInstancedQuad>).instanceCount = this.count
  }
}

interface Paint {
  tint: ReturnType<typeof displayColour>
  visible: Float
}

function colourOf(at: Vec2, radius: Float, shape: Float, { tint, visible }: Paint) {
  const distance = signedDistance(at, radius, shape).toVar()
  const pixel = fwidth(at.x).max(1e-3)
  const fill = cover(distance, pixel)
  // A dark casing of 1.5 pixels sets every mark off from every colour.
  const casing = cover(distance.sub(1.5), pixel)
  const colour = mix(displayColour(ink.dark), tint, fill)
  return vec4(colour, max(fill, casing.mul(0.85)).mul(visible))
}

function cover(distance: Float, pixel: Float): Float {
  return smoothstep(pixel.mul(-0.5), pixel.mul(0.5), distance).oneMinus()
}

/** Distance in pixels to the shape's outline, negative inside. */
function signedDistance(at: Vec2, radius: Float, shape: Float): Float {
  const away = length(at).toVar()
  const disc = away.sub(radius.mul(0.9))
  const square = max(abs(at.x), abs(at.y)).sub(radius.mul(0.78))
  const diamond = abs(at.x).add(abs(at.y)).sub(radius.mul(1.15)).mul(Math.SQRT1_2)
  const flank = abs(at.x).mul(0.894).add(at.y.mul(0.447)).sub(radius.mul(0.447))
  const triangle = max(flank, at.y.negate().sub(radius.mul(0.75)))
  const ring = abs(away.sub(radius)).sub(0.9)
  const target = abs(away.sub(radius.sub(1)))
    .sub(1.2)
    .min(away.sub(2.4))
  const cross = abs(abs(at.x).sub(abs(at.y)))
    .mul(Math.SQRT1_2)
    .sub(1)
    .max(away.sub(radius))
  const is = (index: number) => shape.sub(index).abs().lessThan(0.5)
  const round = select(is(0), disc, select(is(4), ring, select(is(6), cross, target)))
  return select(is(1), square, select(is(2), diamond, select(is(3), triangle, round)))
}
