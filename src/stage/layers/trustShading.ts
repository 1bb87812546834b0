/** Shows how far Taylor's terms can be trusted, as map colours: actual / predicted change. */
import { float, fwidth, int, length, mix, select, smoothstep, uniform, vec2, vec3 } from 'three/tsl'
import { Vector2 } from 'three/webgpu'
import { noTrust, trustStops } from '../../display/trustColours'
import type { Surface } from '../../engine/engine'
import type { TrustPicture } from '../picture'
import { displayColour, type Float, type Int, type Vec2, type Vec3 } from '../shading'
import { ink } from '../theme'
import { PlaneTexture } from './planeTexture'

export class TrustShading {
  private readonly cells = new PlaneTexture(4)
  private readonly curvature = new PlaneTexture(4)
  private readonly counts = uniform(new Vector2(1, 1), 'ivec2')
  private readonly nodeStep = uniform(1, 'int')
  private readonly learningRate = uniform(1)
  /** 1 if the second-order term is part of the prediction. */
  private readonly second = uniform(0)
  private readonly stale = uniform(0)

  show({ surface, learningRate, order, stale }: TrustPicture & { surface: Surface }): void {
    if (!surface.curvature) return
    this.cells.show(surface.plane)
    this.curvature.show(surface.curvature)
    this.counts.value.set(surface.plane.width, surface.plane.height)
    this.nodeStep.value = surface.nodeStep
    this.learningRate.value = learningRate
    this.second.value = order === 'second' ? 1 : 0
    this.stale.value = stale ? 1 : 0
  }

  /** Display colour at uv, with a line where the change is zero. */
  colour(uv: Vec2): Vec3 {
    const column = this.node(uv.x, int(this.counts.x)).toVar()
    const row = this.node(uv.y, int(this.counts.y)).toVar()
    const gradient = this.cells.at(column, row).yz.toVar()
    const curvature = this.curvature.at(column, row).toVar()
    // Divides by the length first: squares of small gradients would vanish in 32 bits.
    const size = length(vec2(gradient)).toVar()
    const towards = vec2(gradient).div(size.max(1e-30)).toVar()
    const bend = towards.x
      .mul(towards.x)
      .mul(curvature.x)
      .add(towards.x.mul(towards.y).mul(curvature.y).mul(2))
      .add(towards.y.mul(towards.y).mul(curvature.z))
    const eta = this.learningRate
    const first = eta.mul(size).negate()
    const predicted = first.add(eta.mul(eta).mul(size).mul(bend).mul(0.5).mul(this.second))
    const ratio = curvature.w.div(size.max(1e-30)).div(predicted).toVar()
    // Smaller changes are zero in 32 bits, whatever was predicted.
    const isKnown = size.greaterThan(1e-30).and(predicted.abs().mul(size).greaterThan(1e-36))
    const perPixel = fwidth(ratio).max(1e-6).toVar()
    const near = smoothstep(float(0.6), float(1.6), ratio.abs().div(perPixel)).oneMinus()
    // If the ratio changes too fast for a line, only dots of it would be left.
    const line = near.mul(smoothstep(float(0.3), float(0.9), perPixel).oneMinus())
    const painted = mix(mixed(ratio), displayColour(ink.dark), line.mul(0.55))
    const shown = select(isKnown, painted, displayColour(noTrust)).toVar()
    const grey = vec3(shown.dot(vec3(0.3, 0.59, 0.11)).mul(0.8))
    return mix(shown, grey, this.stale.mul(0.5))
  }

  /** The nearest node that is valid: 0, nodeStep, 2 nodeStep, ... and the last one. */
  private node(share: Float, count: Int): Int {
    const last = count.sub(1)
    const at = share.clamp(0, 1).mul(float(last)).div(float(this.nodeStep)).add(0.5)
    const index = int(at).mul(this.nodeStep).toVar()
    return select(index.lessThan(last), index, last)
  }

  dispose(): void {
    this.cells.dispose()
    this.curvature.dispose()
  }
}

function mixed(ratio: Float): Vec3 {
  let colour: Vec3 = displayColour(trustStops[0].colour)
  for (let i = 1; i < trustStops.length; i++) {
    const [from, to] = [trustStops[i - 1].ratio, trustStops[i].ratio]
    const share =
      to > from
        ? ratio
            .sub(from)
            .div(to - from)
            .clamp(0, 1)
        : select(ratio.greaterThanEqual(from), float(1), float(0))
    colour = mix(colour, displayColour(trustStops[i].colour), share)
  }
  return colour
}
