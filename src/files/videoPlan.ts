/** Chooses which steps a video shows, and when. */

export interface VideoPlan {
  /** The step of each frame, from 0 to the last one. */
  steps: readonly number[]
  framesPerSecond: number
}

/** In seconds: longer runs are played faster. */
const longest = 60
const mostFramesPerSecond = 60

/**
 * A frame for each step at the given steps per second; if that is more than 60, or takes longer
 * than a minute, steps are skipped evenly.
 */
export function planVideo(steps: number, speed: number): VideoPlan {
  const seconds = Math.min(longest, steps / speed)
  const frames = Math.min(steps, Math.ceil(seconds * mostFramesPerSecond))
  return {
    steps: Array.from({ length: frames + 1 }, (_, i) => Math.round((i * steps) / frames)),
    // A short run of fast steps is slowed down.
    framesPerSecond: Math.min(mostFramesPerSecond, frames / seconds),
  }
}
