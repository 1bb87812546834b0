/** Settings in the address: `?v=1&data=0.5,0.2;2.5,0.9&eta=...`, without default values. */
import { type Change, changeSettings, nested, valueAt, withFittingBatches } from './change'
import { fields } from './fields'
import { defaults, pointsInAddress, type Settings } from './settings'

/** Increases when an old address would be misread. */
const version = '1'

/**
 * Parameters that other sites append to links, to follow their visitors. They are not ours to name;
 * a misspelt key of ours is.
 */
const appended = new RegExp(
  [
    '^(utm|mtm|matomo|piwik|pk|hsa|_?hs|mc|_?ga|gad|fb|li|oly|vero|at|wt|guce|__s|trk|mkt|sc|s_|ck|amp|cm|iesrc|zanpid|elq|rb|wickedid|scid|dm_i|gs_l|ns|otc|tw|ic|ut)_',
    'cl(k|ck|ick)?_?id$',
    '^(gbraid|wbraid|igshid?|srsltid|epik|ref|ref_?(src|url)|referrer|referer|source|src|si|feature|spm|scm|ncid|icid|cid|cmpid|campaign|campaignid|xtor|usqp|guccounter|share|shared|mibextid|_gl|_ga|_openstat|__hstc|__hssc|__hsfp|_hsenc|_hsmi|hsctatracking|msockid|amp|trk|fbc|fbp|cn-reloaded|spm_id_from|vd_source)$',
  ].join('|'),
  'i',
)

const fieldByKey = new Map(fields.map((field) => [field.key, field]))

/**
 * The query of the address, empty if all is default. Lists of more than 64 are left out.
 *
 * @param here the defaults of this machine: what differs from them is written as well, because on
 * another machine it would not be the default
 */
export function writeAddress(settings: Settings, here = defaults): string {
  const written = withWrittenLists(settings)
  const parts = fields.flatMap(({ path, key, kind }) => {
    const text = kind.format(valueAt(written, path))
    const isDefault = [defaults, here].every((each) => text === kind.format(valueAt(each, path)))
    return isDefault ? [] : [`${key}=${readable(text)}`]
  })
  return parts.length === 0 ? '' : `?v=${version}&${parts.join('&')}`
}

/** The settings that an address restores: if it omits the points, batches fit the default ones. */
function withWrittenLists(settings: Settings): Settings {
  const { samples, starts } = settings
  const isListWritten = starts.list.length <= pointsInAddress
  const written = {
    ...settings,
    starts: isListWritten ? starts : { ...starts, list: defaults.starts.list },
  }
  if (samples.length <= pointsInAddress) return written
  return withFittingBatches({ ...written, samples: defaults.samples })
}

/** Escapes what an address must escape, and leaves the separators readable. */
function readable(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3B|3A|3D)/g, decodeURIComponent)
}

/** An address that has been read. */
export interface Address extends Change {
  /** Everything that it names, as text by key: settings, and how to show the page. */
  given: ReadonlyMap<string, string>
}

/** Reads settings from an address; each bad value becomes its default and a complaint. */
export function readAddress(query: string): Address {
  let settings = defaults
  const complaints: string[] = []
  const parameters = new URLSearchParams(query)
  // The first of a key that stands twice.
  const given = new Map([...parameters].reverse())
  const found = parameters.get('v')
  if (found !== null && found !== version) {
    complaints.push(`The address has version ${found}; this page reads version ${version}.`)
  }
  for (const [key, text] of batchesLast(parameters)) {
    // These say how to read or show the page; they are not settings.
    if (['v', 'kiosk', 'bench'].includes(key)) continue
    const field = fieldByKey.get(key)
    if (!field && appended.test(key)) continue
    if (!field) {
      complaints.push(`The address has "${key.slice(0, 40)}", which is not a setting.`)
      continue
    }
    const change = changeSettings(settings, nested(field.path, field.kind.parse(text)))
    settings = change.settings
    complaints.push(...change.complaints)
  }
  return { settings, complaints, given }
}

/** Puts the runners after the points: whether a batch fits is known only then. */
function batchesLast(parameters: URLSearchParams): readonly (readonly [string, string])[] {
  const isRun = ([key]: readonly [string, string]) => key === 'run'
  const all = [...parameters]
  return [...all.filter((each) => !isRun(each)), ...all.filter(isRun)]
}

/** Computes in 64 bits, imitates a GPU, or is one. */
export type Machine = 'processor' | 'software' | 'gpu'

/** How much there is unless somebody asks for more or less: what each machine shows at once. */
const amounts: Record<Machine, { perSide: number; resolution: number }> = {
  processor: { perSide: 16, resolution: 256 },
  software: { perSide: 32, resolution: 512 },
  gpu: { perSide: 128, resolution: 512 },
}

export const machines = Object.keys(amounts) as readonly Machine[]

/** The defaults where this machine computes. */
export function defaultsFor(machine: Machine): Settings {
  const { perSide, resolution } = amounts[machine]
  return {
    ...defaults,
    starts: { ...defaults.starts, perSide },
    view: { ...defaults.view, resolution },
  }
}

/** Fills whatever the address leaves open with the defaults of a machine. */
export function withDefaultsFor(
  machine: Machine,
  { settings, given }: Omit<Address, 'complaints'>,
): Settings {
  const { starts, view } = settings
  const { perSide, resolution } = amounts[machine]
  // Somebody may have changed them since they were read.
  const isOpen = {
    side: starts.perSide === defaults.starts.perSide && !given.has('side'),
    grid: view.resolution === defaults.view.resolution && !given.has('grid'),
  }
  return {
    ...settings,
    starts: isOpen.side ? { ...starts, perSide } : starts,
    view: isOpen.grid ? { ...view, resolution } : view,
  }
}
