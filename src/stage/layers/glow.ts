/** A large crowd's positions: a glow on the surface, the brighter the more heads lie in a place. */
import { float, int, mix, positionGeometry, uniform, vec2, vec4 } from 'three/tsl'
import { Mesh } from 'three/webgpu'
import type { Crowd, Plane } from '../../engine/engine'
import { densitySide } from '../../model/headDensity'
import { createMaterial, type Int, type Vec2, type Vec4 } from '../shading'
import type { Space } from '../space'
import type { Destinations } from './destinations'
import { PlaneTexture } from './planeTexture'
import type { SurfaceField } from './surfaceField'
import { createSheet } from './surfaceMesh'

/** Opacity is d / (1 + d) of density times exposure: one head alone can be seen, at a quarter of it. */
const mostExposure = 4
/** Exposure of the mean density, so that a million heads spread evenly are a veil and no sheet. */
const meanExposure = 0.35

export class GlowSource {
  private readonly plane = new PlaneTexture(4)
  private readonly exposure = uniform(1)
  private readonly opacity = uniform(1)
  private isShown = false

  constructor(
    private readonly field: SurfaceField,
    private readonly destinations: Destinations,
  ) {}

  /** @param density null for a crowd that is drawn head by head */
  show(density: Plane | null, { finished }: Crowd, stale: boolean): void {
    this.isShown = density !== null
    if (!density) return
    this.plane.show(density)
    const mean = finished / densitySide ** 2
    this.exposure.value = Math.min(mostExposure, meanExposure / Math.max(mean, 1e-6))
    this.opacity.value = stale ? 0.45 : 0.95
  }

  /** @param side vertices along each side of the mesh */
  createMesh(space: Space, side: number): Mesh {
    const uv = vec2(positionGeometry.xy)
    const height = space.solid ? this.field.heightAt(uv) : float(0)
    const kinds = this.sample(uv).toVar()
    const count = kinds.x.add(kinds.y).add(kinds.z).add(kinds.w).toVar()
    const light = count.mul(this.exposure).toVar()
    const [none, first, second, third] = [0, 1, 2, 3].map((kind) =>
      this.destinations.colour(int(kind)),
    )
    // Descents of several destinations in one place give the mean of their colours.
    const sum = none.mul(kinds.x).add(first.mul(kinds.y)).add(second.mul(kinds.z))
    const colour = sum.add(third.mul(kinds.w)).div(count.max(1e-6))
    const material = createMaterial({
      clip: space.clip(uv, height, 0.01),
      colour: vec4(colour, light.div(light.add(1)).mul(this.opacity)),
      solid: false,
      hidden: space.solid,
    })
    const mesh = new Mesh(createSheet(side), material)
    mesh.frustumCulled = false
    return mesh
  }

  update(mesh: Mesh, visible: boolean): void {
    mesh.visible = visible && this.isShown
  }

  /** Bilinear between the middles of four cells. */
  private sample(uv: Vec2): Vec4 {
    const at = uv
      .mul(densitySide)
      .sub(0.5)
      .clamp(0, densitySide - 1.001)
      .toVar()
    const [x, y] = [int(at.x).toVar(), int(at.y).toVar()]
    const row = (j: Int) => mix(this.plane.at(x, j), this.plane.at(x.add(1), j), at.x.fract())
    return mix(row(y), row(y.add(1)), at.y.fract())
  }

  dispose(): void {
    this.plane.dispose()
  }
}
