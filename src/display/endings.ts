/** Describes the endings of descents in words. */
import { noMinimum, type OutcomeName } from '../model/outcomes/outcome'

/** The meaning of each class, in a sentence. */
export const hints: Record<OutcomeName, string> = {
  minimum: 'The last steps are near this minimum, and it can hold descent at this rate.',
  plateau: 'There is hardly any gradient: saturated, as good as stuck.',
  oscillating: 'The loss still goes up and down: a cycle or chaos.',
  moving: 'Still on its way after the last step: more steps would tell.',
  diverged: 'w or b is beyond a million.',
  receding: 'The loss falls towards a limit at infinity, where there is no minimum.',
  stationary: 'It stays on a saddle, or at a minimum too sharp for the rate.',
  frozen: 'A step is too small for 32-bit floats to register.',
}

/** "minimum 2", or the class if `minimum` is null or, as in maps, noMinimum. */
export function endingName(outcome: OutcomeName, minimum: number | null): string {
  return minimum === null || minimum === noMinimum ? outcome : `minimum ${minimum + 1}`
}

/** Names for people; both conventions of squared error have the same basins. */
export const lossNames = {
  mean: 'squared error',
  half: 'squared error',
  crossEntropy: 'cross-entropy',
}
