/** Schedules: a learning rate as a function of the step. */

export type Schedule =
  | { kind: 'constant' }
  /** decay^t */
  | { kind: 'exponential'; decay: number }
  /** 1 / (1 + decay t) */
  | { kind: 'inverse'; decay: number }
  /** decay^floor(t / every) */
  | { kind: 'step'; decay: number; every: number }
  /** (1 + cos(pi t / steps)) / 2 */
  | { kind: 'cosine' }

/** Factor on the learning rate at step t of `steps`: computed in f64, rounded to f32 once. */
export function scheduleFactor(schedule: Schedule, t: number, steps: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1
    case 'exponential':
      return Math.fround(schedule.decay ** t)
    case 'inverse':
      return Math.fround(1 / (1 + schedule.decay * t))
    case 'step':
      return Math.fround(schedule.decay ** Math.floor(t / schedule.every))
    case 'cosine':
      return Math.fround((1 + Math.cos((Math.PI * t) / steps)) / 2)
  }
}
