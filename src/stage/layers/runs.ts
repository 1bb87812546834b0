/** The descents from the chosen start: ribbons, with an instance for each runner. */
import {
  abs,
  attribute,
  float,
  fwidth,
  instanceIndex,
  int,
  mix,
  positionGeometry,
  smoothstep,
  step,
  uniform,
  varying,
  vec2,
  vec4,
  vertexIndex,
} from 'three/tsl'
import {
  BufferAttribute,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
} from 'three/webgpu'
import { parseColour, runnerColours } from '../../display/colours'
import { sameItems } from '../../display/remember'
import { createMaterial, displayColour, type Float, type Int, type Vec2 } from '../shading'
import type { Space } from '../space'
import { onSurface, safePlace } from '../space'
import { ink } from '../theme'
import { pieceCount, samplePath } from './pathSampling'
import { PlaneTexture } from './planeTexture'
import type { SurfaceField } from './surfaceField'

export type Runs = readonly Float32Array<ArrayBuffer>[]

const mostPieces = 4096
/** The first steps are the longest; each is laid on the surface in up to so many pieces. */
const mostParts = 16
const verticesOfPiece = 6
const mostRunners = runnerColours.length
const planeWidth = 2048
/** Half the ribbon's width in CSS pixels, including its dark casing. */
const halfWidth = 2.1

export class RunSource {
  private readonly plane = new PlaneTexture(2)
  private readonly length = uniform(1, 'int')
  private readonly skip = uniform(1, 'int')
  private readonly parts = uniform(1, 'int')
  /** The shown step, the last point of each ribbon. */
  private readonly last = uniform(0, 'int')
  private readonly opacity = uniform(1)
  private runs: Runs = []
  private version = 0
  private pieces = 0

  constructor(private readonly field: SurfaceField) {}

  show(runs: Runs, shownStep: number, stale: boolean): void {
    if (!sameItems(runs, this.runs)) this.upload(runs)
    const points = Math.max(1, ...runs.map((run) => run.length / 2))
    const last = Math.min(shownStep, points - 1)
    const sampling = samplePath(points, mostPieces - mostParts, mostParts)
    this.skip.value = sampling.skip
    this.parts.value = sampling.parts
    this.last.value = last
    this.pieces = last === 0 ? 0 : Math.min(mostPieces, pieceCount(sampling, last))
    this.opacity.value = stale ? 0.4 : 1
  }

  /** Plane item runner * length + step = (w, b); a shorter run stays at its end. */
  private upload(runs: Runs): void {
    this.runs = runs
    const length = Math.max(1, ...runs.map((run) => run.length / 2))
    const height = Math.max(1, Math.ceil((length * runs.length) / planeWidth))
    const array = new Float32Array(planeWidth * height * 2)
    runs.forEach((run, runner) => {
      const from = runner * length * 2
      array.set(run, from)
      for (let i = run.length; i < length * 2; i++) array[from + i] = run[run.length - 2 + (i % 2)]
    })
    this.length.value = length
    this.version++
    const version = this.version
    this.plane.show({ width: planeWidth, height, channels: 2, array, version })
  }

  /** Place of this runner at a point of its path, as safe uv. */
  private point(index: Int) {
    const at = index.mul(this.skip)
    const last = int(this.last)
    const shown = float(at).min(float(last))
    return safePlace(
      this.field.toUv(this.plane.item(int(instanceIndex).mul(this.length).add(int(shown))).xy),
    )
  }

  createMesh(space: Space): Mesh {
    const piece = int(vertexIndex).div(verticesOfPiece).toVar()
    const from = this.along(piece)
    const to = this.along(piece.add(1))
    const [end, side] = [positionGeometry.x, positionGeometry.y]
    const place = mix(from.uv, to.uv, end).toVar()
    const corner = space.clip(place, this.height(space, place), 0.012).toVar()
    const other = mix(to.uv, from.uv, end).toVar()
    const beyond = space.clip(other, this.height(space, other), 0.012).toVar()
    const forward = end.mul(2).sub(1).negate()
    const way = beyond.xy
      .div(beyond.w)
      .sub(corner.xy.div(corner.w))
      .mul(space.halfSize)
      .mul(forward)
    const direction = way.div(way.length().max(1e-4)).toVar()
    const across = vec2(direction.y.negate(), direction.x).mul(side)
    // A little longer at both ends, so that pieces meet without a gap.
    const pixels = across.mul(halfWidth).sub(direction.mul(forward).mul(halfWidth * 0.4))
    const clip = vec4(corner.xy.add(pixels.div(space.halfSize).mul(corner.w)), corner.zw)
    const material = createMaterial({
      clip,
      colour: this.colour(varying(side), varying(place), varying(from.valid.mul(to.valid))),
      solid: false,
      hidden: space.solid,
    })
    const mesh = new Mesh(createRibbons(), material)
    mesh.frustumCulled = false
    return mesh
  }

  private along(piece: Int) {
    const point = piece.div(this.parts).toVar()
    const share = float(piece.sub(point.mul(this.parts))).div(float(this.parts))
    const a = this.point(point)
    const b = this.point(point.add(1))
    return { uv: mix(a.uv, b.uv, share), valid: a.valid.mul(b.valid) }
  }

  private height(space: Space, uv: Vec2): Float {
    return space.solid ? this.field.heightAt(uv) : float(0)
  }

  private colour(side: Float, uv: Vec2, valid: Float) {
    const across = abs(side).toVar()
    const soft = fwidth(side).max(1e-3)
    const casing = smoothstep(float(0.55), float(0.55).add(soft), across)
    const edge = smoothstep(float(1).sub(soft), float(1), across).oneMinus()
    const colour = mix(varying(attribute<'vec3'>('tint', 'vec3')), displayColour(ink.dark), casing)
    return vec4(colour, edge.mul(onSurface(uv)).mul(step(0.999, valid)).mul(this.opacity))
  }

  update(mesh: Mesh, visible: boolean): void {
    const geometry = mesh.geometry as InstancedBufferGeometry
    mesh.visible = visible && this.pieces > 0 && this.runs.length > 0
    geometry.instanceCount = Math.min(this.runs.length, mostRunners)
    geometry.setDrawRange(0, this.pieces * verticesOfPiece)
  }

  dispose(): void {
    this.plane.dispose()
  }
}

/** position = (end 0 or 1, side -1 or 1, 0), six for each piece; tint for each runner. */
function createRibbons(): InstancedBufferGeometry {
  const corners = [0, -1, 0, 1, -1, 0, 1, 1, 0, 0, -1, 0, 1, 1, 0, 0, 1, 0]
  const places = new Float32Array(mostPieces * corners.length)
  for (let piece = 0; piece < mostPieces; piece++) places.set(corners, piece * corners.length)
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(places, 3))
  const tints = Float32Array.from(runnerColours.flatMap((hex) => [...parseColour(hex)]))
  geometry.setAttribute('tint', new InstancedBufferAttribute(tints, 3))
  return geometry
}
