/** The stage's picture in every lens, from the settings and their newest results. */
import type { Crowd } from '../engine/engine'
import type { Results } from '../results/results'
import type { Settings } from '../settings/settings'
import { isWarmUp, shownDescents, shownHeight, shownView, shows } from '../settings/shown'
import type { Picture, Place } from '../stage/picture'

export function stagePicture(settings: Settings, results: Results, pointer: Place | null): Picture {
  const { surface, crowd, runs, stationary } = results
  return {
    settings: drawnSettings(settings),
    surface: surface.value,
    crowd: shownCrowd(settings, results),
    runs: runs.value?.map(({ path }) => path) ?? [],
    stale: {
      surface: surface.isStale,
      crowd: crowd.isStale,
      runs: runs.isStale,
      stationary: stationary.isStale,
    },
    stationary: isWarmUp(settings) ? null : stationary.value,
    outcomes: null,
    why: null,
    step: settings.step,
    pointer,
  }
}

function drawnSettings(settings: Settings): Settings {
  const height = shownHeight(settings)
  if (isWarmUp(settings)) {
    const { start } = shownDescents(settings)
    return { ...settings, height, start, view: shownView(settings) }
  }
  return height === settings.height ? settings : { ...settings, height }
}

/** The crowd, if the lens shows one. */
export function shownCrowd(settings: Settings, { crowd }: Results): Crowd | null {
  return shows(settings, 'crowd') ? (crowd.value?.crowd ?? null) : null
}
