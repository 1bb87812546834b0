/** The colour of where each descent of a crowd ends: white where that is not known. */
import { int, uniformArray } from 'three/tsl'
import { Color, LinearSRGBColorSpace } from 'three/webgpu'
import { parseColour } from '../../display/colours'
import type { Crowd } from '../../engine/engine'
import type { Circle } from '../../model/destinations'
import { destinationColours } from '../circles'
import type { Int, Vec3 } from '../shading'
import { PlaneTexture } from './planeTexture'

const colours = destinationColours.map((hex) =>
  new Color().setRGB(...parseColour(hex), LinearSRGBColorSpace),
)

export class Destinations {
  private readonly plane = new PlaneTexture(1)
  private readonly table = uniformArray<'color'>(colours, 'color')

  show(crowd: Crowd, circles: readonly Circle[]): void {
    this.plane.show(crowd.destinations(circles))
  }

  /** The colour of a trajectory, by its number. */
  colourOf(trajectory: Int): Vec3 {
    return this.colour(int(this.plane.item(trajectory).x))
  }

  /** The colour of a destination: 0 for none, else the number of the minimum. */
  colour(destination: Int): Vec3 {
    // The types of three.js have an element of a colour as a node of an unknown type.
    return this.table.element(destination) as unknown as Vec3
  }

  dispose(): void {
    this.plane.dispose()
  }
}
