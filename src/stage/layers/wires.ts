/** Thin lines of frames and ticks, rewritten whenever the view turns. */
import {
  cameraProjectionMatrix,
  cameraViewMatrix,
  positionGeometry,
  uniform,
  vec4,
} from 'three/tsl'
import { BufferAttribute, BufferGeometry, LineSegments, Vector3 } from 'three/webgpu'
import { parseColour } from '../../display/colours'
import { createMaterial } from '../shading'
import { putValues } from './attributes'

const mostSegments = 128

export type Point3 = readonly [number, number, number]

export class Wires {
  readonly lines: LineSegments
  // Default usage: three.js uploads a DynamicDrawUsage attribute every frame.
  private readonly places = new BufferAttribute(new Float32Array(mostSegments * 6), 3)
  private readonly tint = uniform(new Vector3(1, 1, 1))
  private count = 0

  /** @param flat whether places are clip coordinates of the view, not of the stage's world */
  constructor(flat: boolean) {
    const world = cameraProjectionMatrix.mul(cameraViewMatrix).mul(vec4(positionGeometry, 1))
    const material = createMaterial({
      clip: flat ? vec4(positionGeometry, 1) : world,
      colour: vec4(this.tint, 1),
      solid: false,
      hidden: !flat,
    })
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', this.places)
    this.lines = new LineSegments(geometry, material)
    this.lines.frustumCulled = false
  }

  begin(colour: string): void {
    this.count = 0
    this.tint.value.set(...parseColour(colour))
  }

  add(from: Point3, to: Point3): void {
    if (this.count === mostSegments) return
    putValues(this.places, this.count * 2, from)
    putValues(this.places, this.count * 2 + 1, to)
    this.count++
  }

  end(): void {
    this.lines.geometry.setDrawRange(0, this.count * 2)
    this.lines.visible = this.count > 0
  }
}
