/** Taylor's polynomial at a place, laid on the surface: the tangent plane or quadratic bowl. */
import {
  abs,
  dot,
  float,
  fract,
  fwidth,
  max,
  min,
  positionGeometry,
  smoothstep,
  step,
  uniform,
  varying,
  vec2,
  vec4,
} from 'three/tsl'
import { DoubleSide, GreaterDepth, Mesh, Vector2, Vector3 } from 'three/webgpu'
import type { TaylorPicture } from '../picture'
import { createMaterial, displayColour, type Vec2 } from '../shading'
import type { Space } from '../space'
import { ink } from '../theme'
import type { SurfaceField } from './surfaceField'
import { createSheet } from './surfaceMesh'

const side = 64
/** Heights outside this range, in heights of the surface, are cut off. */
const [lowest, highest] = [-0.25, 1.2]
const lines = 8

export class TaylorSheet {
  /** The part that the surface does not hide, and, faintly, the part that it does. */
  readonly meshes: readonly [seen: Mesh, hidden: Mesh]
  private readonly at = uniform(new Vector2())
  private readonly reach = uniform(1)
  private readonly loss = uniform(0)
  private readonly gradient = uniform(new Vector2())
  /** (ww, wb, bb); zero for the plane. */
  private readonly hessian = uniform(new Vector3())

  constructor(
    private readonly field: SurfaceField,
    space: Space,
  ) {
    const local = vec2(positionGeometry.xy).mul(2).sub(1).toVar()
    const away = local.mul(this.reach).toVar()
    const uv = field.toUv(away.add(this.at)).toVar()
    const h = this.hessian
    const bend = h.x
      .mul(away.x)
      .mul(away.x)
      .add(h.y.mul(away.x).mul(away.y).mul(2))
      .add(h.z.mul(away.y).mul(away.y))
    const value = this.loss.add(dot(this.gradient, away)).add(bend.mul(0.5))
    const height = field.linearHeight(value).toVar()
    const place = varying(local)
    const level = varying(height)
    const inside = (of: Vec2) =>
      step(0, of.x).mul(step(of.x, 1)).mul(step(0, of.y)).mul(step(of.y, 1))
    const distance = place.length()
    // One line passes through the place itself.
    const from = place.mul(lines / 2).toVar()
    const grid = abs(fract(from.sub(0.5)).sub(0.5)).div(fwidth(from).max(1e-4))
    const line = smoothstep(float(0.5), float(1.5), min(grid.x, grid.y)).oneMinus()
    const cut = step(lowest, level)
      .mul(step(level, highest))
      .mul(inside(varying(uv)))
      .mul(step(distance, 1))
    const rim = smoothstep(float(0.97), float(0.985), distance)
    const alpha = max(max(line.mul(0.75), rim.mul(0.9)), float(0.3))
    const sheet = createSheet(side)
    const createMesh = (isBehind: boolean) => {
      const opacity = alpha.mul(cut).mul(isBehind ? 0.35 : 1)
      const material = createMaterial({
        clip: space.clip(uv, height),
        colour: vec4(displayColour(ink.light), opacity),
        solid: false,
        hidden: true,
      })
      material.side = DoubleSide
      if (isBehind) material.depthFunc = GreaterDepth
      const mesh = new Mesh(sheet, material)
      mesh.frustumCulled = false
      mesh.visible = false
      return mesh
    }
    this.meshes = [createMesh(false), createMesh(true)]
  }

  show(picture: TaylorPicture | null): void {
    const isShown = picture !== null && this.field.scale.kind === 'linear'
    for (const mesh of this.meshes) mesh.visible = isShown
    if (!picture) return
    const { at, loss, gradient, hessian, reach } = picture
    this.at.value.set(at[0], at[1])
    this.reach.value = reach
    this.loss.value = loss
    this.gradient.value.set(gradient[0], gradient[1])
    this.hessian.value.set(hessian?.ww ?? 0, hessian?.wb ?? 0, hessian?.bb ?? 0)
  }
}
