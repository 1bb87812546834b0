/** The surface's plane for shaders: loss, slope and height at any place. */
import { float, int, log2, mix, select, uniform, vec2 } from 'three/tsl'
import { Vector2 } from 'three/webgpu'
import { createHeightScale, type HeightKind, type HeightScale } from '../../display/heightScale'
import type { Range } from '../../model/starts'
import type { ShownSurface } from '../picture'
import type { Float, Int, Vec2, Vec4 } from '../shading'
import { PlaneTexture } from './planeTexture'

const kinds: Record<HeightKind, number> = { linear: 0, log: 1, excess: 2 }
const log10Of2 = Math.log10(2)

export class SurfaceField {
  readonly plane = new PlaneTexture(4)
  scale: HeightScale = createHeightScale('linear', 0, 1)
  private readonly counts = uniform(new Vector2(1, 1), 'ivec2')
  private readonly nodeStep = uniform(1, 'int')
  private readonly corner = uniform(new Vector2(0, 0))
  private readonly extent = uniform(new Vector2(1, 1))
  private readonly kind = uniform(0, 'int')
  private readonly lowest = uniform(0)
  private readonly floor = uniform(0)
  private readonly base = uniform(0)
  private readonly span = uniform(1)

  show(surface: ShownSurface, wanted: HeightKind): void {
    const { w, b } = surface.job
    this.plane.show(surface.plane)
    this.counts.value.set(w[2], b[2])
    this.nodeStep.value = surface.nodeStep
    this.setRange([w[0], w[1]], [b[0], b[1]])
    this.scale = createHeightScale(wanted, surface.lowest, surface.highest)
    this.kind.value = kinds[this.scale.kind]
    this.lowest.value = this.scale.lowest
    this.floor.value = this.scale.floor
    this.base.value = this.scale.base
    this.span.value = this.scale.span
  }

  setRange(w: Range, b: Range): void {
    this.corner.value.set(w[0], b[0])
    this.extent.value.set(w[1] - w[0], b[1] - b[0])
  }

  /** (w, b) to uv: 0 to 1 over the surface. */
  toUv(place: Vec2): Vec2 {
    return place.sub(this.corner).div(this.extent)
  }

  /** (loss, dL/dw, dL/db, 0), bilinear between the four valid nodes around uv. */
  sample(uv: Vec2): Vec4 {
    const x = this.cell(uv.x, int(this.counts.x))
    const y = this.cell(uv.y, int(this.counts.y))
    const low = mix(this.plane.at(x.low, y.low), this.plane.at(x.high, y.low), x.share)
    const high = mix(this.plane.at(x.low, y.high), this.plane.at(x.high, y.high), x.share)
    return mix(low, high, y.share)
  }

  /** Valid nodes are 0, nodeStep, 2 nodeStep, ... and the last one. */
  private cell(share: Float, count: Int): { low: Int; high: Int; share: Float } {
    const at = share.clamp(0, 1).mul(float(count.sub(1)))
    const low = int(at).div(this.nodeStep).mul(this.nodeStep).toVar()
    const next = low.add(this.nodeStep)
    const high = select(next.lessThan(count), next, count.sub(1)).toVar()
    const width = float(high.sub(low)).max(1)
    return { low, high, share: at.sub(float(low)).div(width) }
  }

  /** Same as heightOf in height.ts; a loss that is not a number counts as the highest. */
  height(loss: Float): Float {
    const excess = log2(loss.sub(this.lowest).max(0).add(1e-3)).mul(log10Of2)
    const log = log2(loss.max(this.floor)).mul(log10Of2)
    const value = select(this.kind.equal(2), excess, select(this.kind.equal(1), log, loss))
    const height = value.sub(this.base).div(this.span)
    return select(height.lessThan(1), height.max(0), float(1))
  }

  /** On a linear axis; goes beyond the surface's lowest and highest loss too. */
  linearHeight(loss: Float): Float {
    return loss.sub(this.base).div(this.span)
  }

  heightAt(uv: Vec2): Float {
    return this.height(this.sample(uv).x)
  }

  /** Slope of the height along u and v, from the gradient stored with the loss. */
  slope(cell: Vec4): Vec2 {
    const log10OfE = Math.LOG10E
    const excess = float(log10OfE).div(cell.x.sub(this.lowest).max(0).add(1e-3))
    const log = float(log10OfE).div(cell.x.max(this.floor))
    const rate = select(this.kind.equal(2), excess, select(this.kind.equal(1), log, float(1)))
    return vec2(cell.yz).mul(this.extent).mul(rate.div(this.span))
  }

  dispose(): void {
    this.plane.dispose()
  }
}
