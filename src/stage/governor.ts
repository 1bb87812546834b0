/**
 * Holds the pace of what moves: where the GPU is too slow for a whole picture, trails get fewer
 * vertices, then fewer trails are drawn, then fewer pixels. It goes down a level as soon as frames
 * are too slow, and up again only if the level above would now be fast enough by what it took
 * before, so that it does not hunt.
 */

/** Shares of a whole picture. */
export interface Detail {
  /** Vertices of each trail. */
  vertices: number
  trails: number
  /** Pixels along each side. */
  pixels: number
}

export const wholeDetail: Detail = { vertices: 1, trails: 1, pixels: 1 }

const levels: readonly Detail[] = [
  wholeDetail,
  { vertices: 1 / 2, trails: 1, pixels: 1 },
  { vertices: 1 / 4, trails: 1, pixels: 1 },
  { vertices: 1 / 4, trails: 1 / 4, pixels: 1 },
  { vertices: 1 / 4, trails: 1 / 16, pixels: 1 },
  { vertices: 1 / 4, trails: 1 / 16, pixels: 3 / 4 },
  { vertices: 1 / 4, trails: 1 / 16, pixels: 1 / 2 },
]

/** Milliseconds of the GPU for a frame, at most: 30 frames a second. */
export const frameBudget = 33
/** The level above must fit with room to spare. */
const roomShare = 0.7
/** Frames whose median counts, and the few that are enough if they take far too long. */
const [manyFrames, fewFrames] = [9, 3]
const farTooLong = 1.5

export class Governor {
  private level = 0
  /** Milliseconds of the last frames at this level. */
  private readonly recent: number[] = []
  /** For each level below the first: the medians before it was entered, and just after. */
  private readonly entered: { before: number; after?: number }[] = []

  get detail(): Detail {
    return levels[this.level]
  }

  /** @param milliseconds time of the GPU for a frame with the present detail */
  took(milliseconds: number): void {
    const { recent, entered } = this
    recent.push(milliseconds)
    const isWhole = recent.length === manyFrames
    if (recent.length !== fewFrames && !isWhole) return
    const lately = median(recent)
    if (isWhole) recent.length = 0
    const entry = entered[this.level]
    if (entry) entry.after ??= lately
    if (lately > frameBudget * (isWhole ? 1 : farTooLong)) this.goDown(lately)
    else if (isWhole && entry?.after) {
      const above = entry.before * (lately / entry.after)
      if (above < roomShare * frameBudget) this.level--
    }
  }

  private goDown(before: number): void {
    if (this.level + 1 === levels.length) return
    this.level++
    this.entered[this.level] = { before }
    this.recent.length = 0
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}
