/** The stage's picture in every lens, from the settings and their newest results. */
import type { Crowd } from '../engine/engine'
import type { Results } from '../results/results'
import { shownResults } from '../settings/fields'
import type { Settings } from '../settings/settings'
import { shownHeight } from '../settings/shown'
import type { Picture, Place } from '../stage/picture'

export function stagePicture(settings: Settings, results: Results, pointer: Place | null): Picture {
  const { surface, crowd, runs, stationary } = results
  const height = shownHeight(settings)
  return {
    settings: height === settings.height ? settings : { ...settings, height },
    surface: surface.value,
    crowd: shownCrowd(settings, results),
    runs: runs.value?.map(({ path }) => path) ?? [],
    stale: {
      surface: surface.isStale,
      crowd: crowd.isStale,
      runs: runs.isStale,
      stationary: stationary.isStale,
    },
    stationary: stationary.value,
    outcomes: null,
    why: null,
    step: settings.step,
    pointer,
  }
}

/** In a lens that shows one. */
export function shownCrowd(settings: Settings, { crowd }: Results): Crowd | null {
  return shownResults(settings).includes('crowd') ? (crowd.value?.crowd ?? null) : null
}
