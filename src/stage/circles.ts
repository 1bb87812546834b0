/** The circles around minima in which descents end, and the colour of each. */
import { categories } from '../display/colours'
import type { Circle } from '../model/destinations'
import { maxMinima } from '../model/outcomes/outcome'
import { radiusFor, targetsOf } from '../model/outcomes/targets'
import type { Picture } from './picture'
import { ink } from './theme'

/** The circles of the classes of outcomes; none while the minima are not known. */
export function circlesOf({
  settings,
  stationary,
  stale,
}: Pick<Picture, 'settings' | 'stationary' | 'stale'>): readonly Circle[] {
  if (!stationary || stale.stationary) return []
  const radius = radiusFor(settings.samples, settings.outcomes.radius)
  return targetsOf(stationary, { radius }).filter(({ isMinimum }) => isMinimum)
}

/** The colour of no destination, then of each minimum, as on the maps of outcomes. */
export const destinationColours: readonly string[] = [ink.light, ...categories.slice(0, maxMinima)]
