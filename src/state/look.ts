/** What a lens changes in how the settings are drawn. */
import type { Settings } from './settings'

/** w^3 + b^2 is on the stage, in place of the neuron's loss. */
export function isWarmUp({ lens, why }: Settings): boolean {
  return lens === 'why' && why.part === 'cubicAndSquare'
}

/** A plane is a plane, and a negative value is a value, on a linear axis alone. */
export function shownHeight(settings: Settings): Settings['height'] {
  const isLaid = settings.lens === 'why' && settings.why.surface !== 'none'
  return isLaid || isWarmUp(settings) ? 'linear' : settings.height
}

/** What the heights and colours of the stage show. */
export function valueName(settings: Settings): string {
  return isWarmUp(settings) ? 'f' : 'loss'
}

/** Beside maps and charts, what plays would only slow them down. */
export function playsByItself({ lens, rates }: Settings): boolean {
  return lens === 'descend' || (lens === 'rates' && rates.part === 'race')
}
