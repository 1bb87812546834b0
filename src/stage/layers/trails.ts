/** The crowd's trails: one instanced line, with an instance for each trajectory. */
import {
  exp,
  float,
  instanceIndex,
  int,
  mix,
  select,
  step,
  uniform,
  varying,
  vec4,
  vertexIndex,
} from 'three/tsl'
import { BufferAttribute, InstancedBufferGeometry, Line } from 'three/webgpu'
import type { Crowd } from '../../engine/engine'
import { recordBefore, recordCount } from '../../model/recording'
import type { Detail } from '../governor'
import { createMaterial, type Int, type Vec2 } from '../shading'
import type { Space } from '../space'
import { onSurface, safePlace } from '../space'
import type { Destinations } from './destinations'
import { pieceCount, samplePath } from './pathSampling'
import type { PlaneTexture } from './planeTexture'
import type { SurfaceField } from './surfaceField'

const mostVertices = 2048
const fewestVertices = 32
const mostParts = 4
/** The least points of a trail, and trails of a crowd, however little detail there is. */
const leastEach = 16
const leastTrails = 256

/** Supplies the places of the trails; shared by both views. */
export class TrailSource {
  private readonly trajectories = uniform(1, 'int')
  private readonly skip = uniform(1, 'int')
  private readonly parts = uniform(1, 'int')
  /** Index of the head among the points of a trail. */
  private readonly head = uniform(1, 'int')
  /** Steps between two points, as a share of the steps over which a trail fades. */
  private readonly fade = uniform(1)
  private readonly opacity = uniform(1)
  vertices = 0
  instances = 0

  constructor(
    private readonly field: SurfaceField,
    private readonly records: PlaneTexture,
    private readonly heads: PlaneTexture,
    private readonly destinations: Destinations,
    /** Vertices of all trails together, at most. */
    private readonly budget: number,
  ) {}

  show(crowd: Crowd, shownStep: number, stale: boolean, detail: Detail): void {
    const { recording } = crowd
    const most = Math.max(1, Math.floor(this.budget / fewestVertices))
    const trails = Math.max(leastTrails, Math.floor(most * detail.trails))
    this.instances = Math.min(crowd.finished, most, trails)
    // By the full number, so that nothing changes while a crowd is being computed.
    const drawn = Math.min(crowd.trajectories, most)
    const share = (this.budget * detail.vertices) / drawn
    const each = Math.max(leastEach, Math.min(mostVertices, Math.floor(share)))
    const sampling = samplePath(recordCount(recording), each - 2, mostParts)
    const last = recordBefore(recording, shownStep)
    this.vertices = pieceCount(sampling, last) + 1
    this.trajectories.value = crowd.trajectories
    this.skip.value = sampling.skip
    this.parts.value = sampling.parts
    this.head.value = Math.floor(last / sampling.skip) + 1
    const fadeSteps = Math.max(10, recording.steps / 8)
    this.fade.value = (sampling.skip * recording.stride) / fadeSteps
    // Many overlapping trails should look as dense as few.
    this.opacity.value = Math.min(0.85, 16 / Math.sqrt(this.instances + 1)) * (stale ? 0.4 : 1)
  }

  /** The place of this vertex, as uv. */
  private place(): Vec2 {
    const vertex = int(vertexIndex)
    const point = vertex.div(this.parts).toVar()
    const share = float(vertex.sub(point.mul(this.parts))).div(float(this.parts))
    return this.field.toUv(mix(this.point(point), this.point(point.add(1)), share))
  }

  private point(index: Int): Vec2 {
    const trajectory = int(instanceIndex)
    const record = index.mul(this.skip).mul(this.trajectories).add(trajectory)
    const isHead = index.greaterThanEqual(this.head)
    const recorded = this.records.item(select(isHead, trajectory, record))
    return select(isHead, this.heads.item(trajectory).xy, recorded.xy)
  }

  createLine(space: Space): Line {
    const place = safePlace(this.place())
    const uv = varying(place.uv)
    const valid = varying(place.valid)
    const age = float(this.head).sub(float(int(vertexIndex)).div(float(this.parts)))
    const strength = varying(mix(float(0.3), float(1), exp(age.mul(this.fade).negate())))
    const visible = onSurface(uv).mul(step(0.999, valid))
    const height = space.solid ? this.field.heightAt(place.uv) : float(0)
    const colour = varying(this.destinations.colourOf(int(instanceIndex)))
    const material = createMaterial({
      clip: space.clip(place.uv, height, 0.006),
      colour: vec4(colour, visible.mul(strength).mul(this.opacity)),
      solid: false,
      hidden: space.solid,
    })
    const geometry = new InstancedBufferGeometry()
    // Only its length matters: places come from the records.
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(mostVertices * 3), 3))
    const line = new Line(geometry, material)
    line.frustumCulled = false
    return line
  }

  /** Sets how many vertices are drawn. */
  update(line: Line, visible: boolean): void {
    const geometry = line.geometry as InstancedBufferGeometry
    line.visible = visible && this.instances > 0
    geometry.instanceCount = this.instances
    geometry.setDrawRange(0, Math.min(this.vertices, mostVertices))
  }
}
