/** Which steps a video shows, and when. */

export interface VideoPlan {
  /** The step of each frame, from 0 to the last one. */
  steps: readonly number[]
  framesPerSecond: number
}

/** Seconds: longer runs are shown faster. */
const longest = 60
const mostFramesPerSecond = 60

/**
 * A frame for each step at so many steps a second; faster than 60 a second, or longer than a minute,
 * steps are left out evenly.
 */
export function planVideo(steps: number, speed: number): VideoPlan {
  const seconds = Math.min(longest, steps / speed)
  const frames = Math.min(steps, Math.ceil(seconds * mostFramesPerSecond))
  return {
    steps: Array.from({ length: frames + 1 }, (_, i) => Math.round((i * steps) / frames)),
    // A run of a few fast steps is slowed down.
    framesPerSecond: Math.min(mostFramesPerSecond, frames / seconds),
  }
}
