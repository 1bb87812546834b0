/** Which results a lens shows, and which of them a change of each setting makes out of date. */
import { leadingRunner } from './runners'
import type { Result, Settings } from './settings'

/** What each lens shows; the rest waits until it is shown. */
export function shownResults({ lens, map, rates, why }: Settings): readonly Result[] {
  if (lens === 'descend') return ['surface', 'crowd', 'runs', 'stationary']
  if (lens === 'rates') {
    const shown: readonly Result[] = ['surface', 'runs', 'stationary', 'scores']
    return rates.part === 'race' ? shown : [...shown, rates.part === 'sweep' ? 'sweep' : 'crowds']
  }
  if (lens === 'why') {
    const shown: readonly Result[] = ['surface', 'runs', 'stationary', 'magnified']
    return why.map === 'loss' ? shown : [...shown, 'trust']
  }
  const shown: readonly Result[] = ['surface', 'runs', 'stationary', 'outcomes']
  return map.bothLosses ? [...shown, 'beside'] : shown
}

const maps: readonly Result[] = ['outcomes', 'beside']
/** The step under the magnifier is one of a run. */
const paths: readonly Result[] = ['runs', 'magnified']
const comparisons: readonly Result[] = ['scores', 'sweep', 'crowds']
export const nothing = (): readonly Result[] => []
export const descents = (): readonly Result[] => ['crowd', ...paths, ...maps, ...comparisons]
export const everything = (): readonly Result[] => [...grids(), 'stationary', ...descents()]
export const crowd = (): readonly Result[] => ['crowd']
const surface = (): readonly Result[] => ['surface']
/** All that is computed on a grid over the view. */
export const grids = (): readonly Result[] => ['surface', 'trust']
export const classes = (): readonly Result[] => [...maps, ...comparisons]
export const followed = (): readonly Result[] => ['crowd', ...paths, 'scores']
export const magnified = (): readonly Result[] => ['magnified']
/** Crowd, maps and sweep follow the first visible runner; which others are hidden is not theirs. */
export const followers = (settings: Settings, before: Settings): readonly Result[] => {
  const [now, old] = [settings, before].map((each) => leadingRunner(each).runner)
  const isRuleNew = JSON.stringify(now.rule) !== JSON.stringify(old.rule)
  const isNew = isRuleNew || now.learningRate !== old.learningRate
  // A map with an axis of rates has all of them, whatever the runner's.
  const areMapsNew = settings.map.axes === 'w,b' ? isNew : isRuleNew
  return [
    ...paths,
    'scores',
    'crowds',
    ...(isNew ? (['crowd', 'trust'] as const) : []),
    ...(areMapsNew ? maps : []),
    ...(isRuleNew ? (['sweep'] as const) : []),
  ]
}
/** Starts are spread over the view, unless there is only the chosen one. */
export const viewed = ({ starts }: Settings): readonly Result[] => [
  ...grids(),
  'stationary',
  // Their classes name the minima that are found in the view, enlarged.
  ...comparisons,
  ...maps,
  ...(starts.arrangement === 'one' ? [] : crowd()),
]
export const chosen = ({ starts, map }: Settings): readonly Result[] => [
  ...paths,
  'scores',
  'sweep',
  ...(starts.arrangement === 'one' ? crowd() : []),
  ...(map.axes === 'w,b' ? [] : maps),
]
export const drawn = (): readonly Result[] => [...maps, 'crowds']
/** The surface of the stage shows the part that the map is zoomed to. */
export const zoomed = (): readonly Result[] => [...surface(), ...drawn()]
export const zoomedSurface = ({ map }: Settings) =>
  map.columns || map.rows ? surface() : nothing()
export const zoomedRates = (settings: Settings) =>
  settings.lens === 'rates' ? zoomedSurface(settings) : nothing()
