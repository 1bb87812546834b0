/** A map of outcomes as an image for the flat map: made once for each map, drawn with every step. */
import { keyOf, type Pixels, paintOutcomes } from './outcomePixels'
import type { Lit, OutcomePicture } from './picture'

/** Keeps the last image, and makes a new one only when something in it changed. */
export class OutcomeImage {
  private image: ImageData | null = null
  private key: readonly unknown[] = []

  /** Null where the plane is a texture. */
  get(shown: OutcomePicture, lit: Lit | null, pixels: Pixels): ImageData | null {
    const { plane, nodeStep } = shown.map
    if (!plane.array) return null
    const key = [
      plane.array,
      plane.version,
      nodeStep,
      shown.stale,
      JSON.stringify(lit),
      ...keyOf(pixels),
    ]
    if (this.image && key.every((part, i) => part === this.key[i])) return this.image
    this.key = key
    const { map, stale } = shown
    this.image = paintOutcomes(
      {
        cells: plane.array,
        columns: plane.width,
        rows: plane.height,
        steps: map.job.steps,
        nodeStep,
        stale,
        lit,
      },
      pixels,
    )
    return this.image
  }
}
