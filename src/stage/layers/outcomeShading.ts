/** Colours of a map of outcomes: hue shows the minimum, lightness the speed, patterns the rest. */
import {
  dFdx,
  dFdy,
  float,
  floor,
  int,
  ivec2,
  log2,
  mix,
  mod,
  select,
  textureLoad,
  uniform,
  uniformTexture,
  vec2,
  vec3,
} from 'three/tsl'
import { DataTexture, NearestFilter, Vector2 } from 'three/webgpu'
import type { Lit } from '../../display/outcomePixels'
import {
  minimumTiles,
  outcomeTiles,
  slowest,
  tileCount,
  tileSize,
} from '../../display/outcomeTiles'
import type { OutcomeMap } from '../../engine/engine'
import { noMinimum } from '../../model/outcomes/outcome'
import type { Float, Int, Vec2, Vec3, Vec4 } from '../shading'
import { PlaneTexture } from './planeTexture'

/** Four places inside a pixel, as far apart as their rows and columns allow. */
const taps = [
  [-0.375, -0.125],
  [-0.125, 0.375],
  [0.125, -0.375],
  [0.375, 0.125],
] as const

const channels = { class: 0, minimum: 1, arrival: 2, loss: 3 }

export class OutcomeShading {
  private readonly plane = new PlaneTexture(4)
  private readonly tiles = createTiles()
  private readonly tile = uniformTexture(this.tiles)
  private readonly counts = uniform(new Vector2(1, 1), 'ivec2')
  private readonly nodeStep = uniform(1, 'int')
  private readonly logSteps = uniform(1)
  private readonly pixels = uniform(new Vector2(512, 512))
  private readonly stale = uniform(0)
  /** -1 if everything is lit, else the channel that decides. */
  private readonly litChannel = uniform(-1, 'int')
  private readonly litRange = uniform(new Vector2())

  show(map: OutcomeMap, stale: boolean, lit: Lit | null): void {
    this.plane.show(map.plane)
    this.counts.value.set(map.plane.width, map.plane.height)
    this.nodeStep.value = map.nodeStep
    this.logSteps.value = Math.log2(1 + map.job.steps)
    this.stale.value = stale ? 1 : 0
    this.litChannel.value = lit ? channels[lit.channel] : -1
    if (lit) this.litRange.value.set(lit.from, lit.below)
  }

  /** Size of the map in CSS pixels: patterns keep their size on the screen. */
  setSize(width: number, height: number): void {
    this.pixels.value.set(width, height)
  }

  /** Display colour at uv, the mean of four places inside the pixel: basins can be fractal. */
  colour(uv: Vec2): Vec3 {
    const [across, down] = [dFdx(uv).toVar(), dFdy(uv).toVar()]
    const sum = taps
      .map(([x, y]) => this.colourAt(uv.add(across.mul(x)).add(down.mul(y)).toVar()))
      .reduce((total, colour) => total.add(colour))
    const mean = sum.div(taps.length).toVar()
    const grey = vec3(mean.dot(vec3(0.3, 0.59, 0.11)).mul(0.8))
    return mix(mean, grey, this.stale.mul(0.5))
  }

  private colourAt(uv: Vec2): Vec3 {
    const cell = this.cell(uv).toVar()
    const arrives = cell.y.lessThan(noMinimum).toVar()
    const tile = select(arrives, mod(cell.y, minimumTiles), cell.x.add(minimumTiles))
    const at = mod(floor(uv.mul(this.pixels)), tileSize)
    const row = int(tile).mul(tileSize).add(int(at.y))
    const flat = textureLoad(this.tile, ivec2(int(at.x), row)).xyz
    const speed = mix(float(1), float(slowest), log2(cell.z.max(0).add(1)).div(this.logSteps))
    const shaded = flat.mul(select(arrives, speed, float(1)))
    return mix(shaded.mul(0.22), shaded, this.isLit(cell))
  }

  /** The nearest node that is valid: 0, nodeStep, 2 nodeStep, ... and the last one. */
  private cell(uv: Vec2): Vec4 {
    const nearest = (share: Float, count: Int) => {
      const last = count.sub(1)
      const node = share.clamp(0, 1).mul(float(last)).div(float(this.nodeStep)).add(0.5)
      const index = int(node).mul(this.nodeStep).toVar()
      return select(index.lessThan(last), index, last)
    }
    return this.plane.at(nearest(uv.x, int(this.counts.x)), nearest(uv.y, int(this.counts.y)))
  }

  private isLit(cell: Vec4): Float {
    const is = (channel: number) => this.litChannel.equal(channel)
    const low = select(is(0), cell.x, cell.y)
    const value = select(is(2), cell.z, select(is(3), cell.w, low))
    const { x: from, y: below } = this.litRange
    const inside = value.greaterThanEqual(from).and(value.lessThan(below))
    return select(is(-1).or(inside), float(1), float(0))
  }

  dispose(): void {
    this.plane.dispose()
    this.tiles.dispose()
  }
}

/** 1 if a place is inside the map, else 0. */
export function isInside(uv: Vec2): Float {
  const inside = uv.sub(vec2(0.5)).abs()
  return select(inside.x.max(inside.y).lessThan(0.5), float(1), float(0))
}

function createTiles(): DataTexture {
  const texture = new DataTexture(outcomeTiles(), tileSize, tileSize * tileCount)
  texture.minFilter = NearestFilter
  texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}
