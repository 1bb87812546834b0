/** Endings of descents in words. */
import { noMinimum, type OutcomeName } from '../model/outcomes/outcome'

/** What each class means, in a sentence. */
export const hints: Record<OutcomeName, string> = {
  minimum: 'The last steps are near this minimum, and it can hold descent at this rate.',
  plateau: 'There is nearly no gradient: saturated, as good as stuck.',
  oscillating: 'The loss still goes up and down: a cycle or chaos.',
  moving: 'On its way after all steps: more of them would tell.',
  diverged: 'w or b beyond a million.',
  receding: 'The loss falls towards a limit at infinity, where there is no minimum.',
  stationary: 'On a saddle, or at a minimum too sharp for the rate, and not leaving.',
  frozen: 'A step is smaller than 32-bit floats can tell.',
}

/** "minimum 2", or the class where there is no minimum: null, or as maps write it. */
export function endingName(outcome: OutcomeName, minimum: number | null): string {
  return minimum === null || minimum === noMinimum ? outcome : `minimum ${minimum + 1}`
}

/** As people read them; the conventions of squared error have the same basins. */
export const lossNames = {
  mean: 'squared error',
  half: 'squared error',
  crossEntropy: 'cross-entropy',
}
