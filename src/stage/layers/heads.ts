/** The crowd's positions: one instanced disc for each trajectory, sized in pixels. */
import {
  float,
  fwidth,
  instanceIndex,
  int,
  length,
  mix,
  positionGeometry,
  smoothstep,
  uniform,
  varying,
  vec2,
  vec4,
} from 'three/tsl'
import { BufferAttribute, InstancedBufferGeometry, Mesh } from 'three/webgpu'
import type { Crowd } from '../../engine/engine'
import { createMaterial, displayColour } from '../shading'
import { offsetPixels, onSurface, type Space, safePlace } from '../space'
import { ink } from '../theme'
import type { Destinations } from './destinations'
import type { PlaneTexture } from './planeTexture'
import type { SurfaceField } from './surfaceField'

/** Radius in CSS pixels: a few can be seen from the last row, a million do not hide the surface. */
function headRadius(count: number): number {
  return Math.min(4.5, Math.max(0.9, 2.5 * (1024 / Math.max(count, 1)) ** 0.25))
}

export class HeadSource {
  private readonly radius = uniform(3)
  private readonly opacity = uniform(1)
  private instances = 0

  constructor(
    private readonly field: SurfaceField,
    private readonly heads: PlaneTexture,
    private readonly destinations: Destinations,
  ) {}

  /** @param asGlow whether the crowd is drawn as a glow instead */
  show(crowd: Crowd, stale: boolean, asGlow: boolean): void {
    this.instances = asGlow ? 0 : crowd.finished
    this.radius.value = headRadius(crowd.trajectories)
    this.opacity.value = stale ? 0.45 : 1
  }

  createMesh(space: Space): Mesh {
    const corner = vec2(positionGeometry.xy)
    const place = safePlace(this.field.toUv(this.heads.item(int(instanceIndex)).xy))
    const height = space.solid ? this.field.heightAt(place.uv) : float(0)
    // The map is small, so its discs are smaller too.
    const radius = space.solid ? this.radius : this.radius.mul(0.75)
    const centre = space.clip(place.uv, height, 0.01)
    const visible = varying(onSurface(place.uv).mul(place.valid))
    const distance = length(corner).toVar()
    const soft = fwidth(distance).max(1e-4)
    const coverage = smoothstep(float(1).sub(soft), float(1), distance).oneMinus()
    const rim = smoothstep(float(0.62), float(0.62).add(soft), distance)
    const own = varying(this.destinations.colourOf(int(instanceIndex)))
    const colour = mix(own, displayColour(ink.dark), rim.mul(0.75))
    const material = createMaterial({
      clip: offsetPixels(centre, corner.mul(radius.add(0.5)), space),
      colour: vec4(colour, coverage.mul(visible).mul(this.opacity)),
      solid: false,
      hidden: space.solid,
    })
    const mesh = new Mesh(createInstancedQuad(), material)
    mesh.frustumCulled = false
    return mesh
  }

  update(mesh: Mesh, visible: boolean): void {
    mesh.visible = visible && this.instances > 0
    ;(mesh.geometry as InstancedBufferGeometry).instanceCount = this.instances
  }
}

/** Corners (-1, -1) to (1, 1). */
export function createInstancedQuad(): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry()
  const corners = new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0])
  geometry.setAttribute('position', new BufferAttribute(corners, 3))
  geometry.setIndex([0, 1, 2, 0, 2, 3])
  return geometry
}
