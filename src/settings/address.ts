/** Settings in the address: `?v=1&data=0.5,0.2;2.5,0.9&eta=...`, only what is not the default. */
import { type Change, changeSettings, nested, valueAt, withFittingBatches } from './change'
import { fields } from './fields'
import { defaults, type Settings, samplesInAddress } from './settings'

/** Grows when an old address would be read wrongly. */
const version = '1'

const fieldByKey = new Map(fields.map((field) => [field.key, field]))

/** The query of the address, empty where all is default. More than 64 points are left out. */
export function writeAddress(settings: Settings): string {
  const written = withWrittenSamples(settings)
  const parts = fields.flatMap(({ path, key, kind }) => {
    const text = kind.format(valueAt(written, path))
    return text === kind.format(valueAt(defaults, path)) ? [] : [`${key}=${readable(text)}`]
  })
  return parts.length === 0 ? '' : `?v=${version}&${parts.join('&')}`
}

/** What the address stands for: where it leaves the points out, batches fit the default ones. */
function withWrittenSamples(settings: Settings): Settings {
  if (settings.samples.length <= samplesInAddress) return settings
  return withFittingBatches({ ...settings, samples: defaults.samples })
}

/** Escapes what an address must escape, and leaves the separators readable. */
function readable(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3B|3A|3D)/g, decodeURIComponent)
}

/** An address that has been read. */
export interface Address extends Change {
  /** All that it names, as text by key: settings, and how the page is shown. */
  given: ReadonlyMap<string, string>
}

/** Settings of an address; each bad value falls back to its default and is complained about. */
export function readAddress(query: string): Address {
  let settings = defaults
  const complaints: string[] = []
  const parameters = new URLSearchParams(query)
  // The first of a key that stands twice.
  const given = new Map([...parameters].reverse())
  const found = parameters.get('v')
  if (found !== null && found !== version) {
    complaints.push(`The address is of version ${found}; this page reads version ${version}.`)
  }
  for (const [key, text] of batchesLast(parameters)) {
    // How the page is shown, which is no setting.
    if (key === 'v' || key === 'kiosk') continue
    const field = fieldByKey.get(key)
    if (!field) {
      complaints.push(`The address has "${key.slice(0, 40)}", which is no setting.`)
      continue
    }
    const change = changeSettings(settings, nested(field.path, field.kind.parse(text)))
    settings = change.settings
    complaints.push(...change.complaints)
  }
  return { settings, complaints, given }
}

/** The runners behind the points: that a batch fits is known only then. */
function batchesLast(parameters: URLSearchParams): readonly (readonly [string, string])[] {
  const isRun = ([key]: readonly [string, string]) => key === 'run'
  const all = [...parameters]
  return [...all.filter((each) => !isRun(each)), ...all.filter(isRun)]
}

/** On the processor, smaller defaults for whatever the address leaves open. */
export function withSmallerDefaults({ settings, given }: Omit<Address, 'complaints'>): Settings {
  const { starts, view } = settings
  const isDefault = {
    side: starts.perSide === defaults.starts.perSide && !given.has('side'),
    grid: view.resolution === defaults.view.resolution && !given.has('grid'),
  }
  return {
    ...settings,
    starts: isDefault.side ? { ...starts, perSide: 16 } : starts,
    view: isDefault.grid ? { ...view, resolution: 256 } : view,
  }
}
