/** What the charts are given, worked out from settings and results. Pure functions. */

import { categories, colourAt } from '../display/colours'
import { createHeightScale, lossTicks, tickText } from '../display/heightScale'
import { formatNumber } from '../display/numbers'
import { activate } from '../model/neuron'
import { createObjective } from '../model/objective'
import { type Decisive, largestRate } from '../model/outcomes/stability'
import type { StationaryPoint, StationaryPoints } from '../model/outcomes/stationaryPoints'
import { type DataPicture, domain } from '../page/data/dataPicture'
import type { LegendPicture } from '../page/legend'
import type { Pointed } from '../page/readout'
import type { StationaryTable } from '../page/stationaryTable'
import type { TimelinePicture } from '../page/timeline/timeline'
import type { Run } from '../results/jobsOf'
import { presets } from '../settings/presets'
import { rules } from '../settings/rules'
import type { RunnerSettings } from '../settings/runners'
import type { Settings } from '../settings/settings'
import { isWarmUp, shownHeight, valueName } from '../settings/shown'
import type { Place } from '../stage/picture'
import { arrowTo } from '../stage/stationaryLabels'

/** Enough for a smooth curve in a plot of 300 px. */
const curvePoints = 129

/** The neuron's curve f(x) at the shown step of the first run. */
export function dataPicture(
  settings: Settings,
  found: Run | null,
  stale: boolean,
  lit: number | null,
): DataPicture {
  // A runner that has just been shown again has no run of its own yet.
  const run = found && found.losses.length > 0 ? found : null
  const { samples, start, step } = settings
  const at = run ? Math.min(step, run.losses.length - 1) * 2 : 0
  const [w, b] = run ? run.path.subarray(at, at + 2) : start
  const [min, max] = domain(samples)
  const curve = Float32Array.from({ length: curvePoints }, (_, i) => {
    const x = min + ((max - min) * i) / (curvePoints - 1)
    return activate(w * x + b).value
  })
  return { samples, w, b, curve, domain: [min, max], step, stale, lit }
}

export function timelineRuns(runs: readonly Run[]): TimelinePicture['runs'] {
  return runs.map(({ losses, runner }, i) => ({
    label: runs.length === 1 ? 'chosen start' : shortName(runner, runs),
    losses,
    colour: categories[i % categories.length],
    ...(runner.hidden && { hidden: true }),
  }))
}

/** As "momentum, η = 2". */
export function runnerName({ rule, learningRate }: RunnerSettings): string {
  return `${rules[rule.name].label}, η = ${formatNumber(learningRate)}`
}

/** The rule alone where no other runner has it, else the rate. */
function shortName({ rule, learningRate }: RunnerSettings, runs: readonly Run[]): string {
  const alike = runs.filter(({ runner }) => runner.rule.name === rule.name).length
  const { label } = rules[rule.name]
  if (alike === 1) return label
  return alike === runs.length
    ? `η = ${formatNumber(learningRate)}`
    : `${label}, ${formatNumber(learningRate)}`
}

/** What the map shows, in words. */
export function mapTitle(settings: Settings): string {
  const { lens, why } = settings
  if (isWarmUp(settings)) return 'w³ + b² from above'
  if (lens !== 'why' || why.map === 'loss') return 'Loss from above'
  return why.map === 'first' ? 'Actual / first order' : 'Actual / first + second'
}

const legendColours = 24

export function legendPicture(settings: Settings, lowest: number, highest: number): LegendPicture {
  const { colours } = settings
  const scale = createHeightScale(shownHeight(settings), lowest, highest)
  return {
    name: valueName(settings),
    colours: Array.from({ length: legendColours }, (_, i) => {
      const [red, green, blue] = colourAt(colours, i / (legendColours - 1))
      return `rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(' ')})`
    }),
    ticks: lossTicks(scale).map(({ at, value }) => ({ at, text: tickText(value) })),
  }
}

/** Loss and gradient at a place, by the model. */
export function pointed({ samples, loss }: Settings, [w, b]: Place): Pointed {
  const objective = createObjective({ kind: 'neuron', samples, loss })
  const gradient = new Float64Array(2)
  objective.gradient(w, b, gradient)
  return { w, b, loss: objective.loss(w, b), gradient: [gradient[0], gradient[1]] }
}

/** The preset that the settings equal in all that a preset sets; it leaves several runners alone. */
export function presetOf(settings: Settings): string | null {
  const found = presets.find(({ settings: { view, runners, ...others } }) => {
    const rest = settings.runners.length > 1 ? others : { ...others, runners }
    const same = (wanted: object, actual: object) =>
      Object.entries(wanted).every(([key, value]) => {
        const found: unknown = actual[key as keyof typeof actual]
        // A thousand points are not written for each preset of five.
        return (
          Object(value).length === Object(found).length &&
          JSON.stringify(value) === JSON.stringify(found)
        )
      })
    return same(rest, settings) && same(view, settings.view)
  })
  return found?.name ?? null
}

/** The names are those of the marks on stage and map. */
export function stationaryTable(
  points: StationaryPoints,
  job: Decisive,
  { w: [minW, maxW], b: [minB, maxB] }: Settings['view'],
  stale: boolean,
): StationaryTable {
  const beyond = (value: number, min: number, max: number) =>
    value < min ? -1 : value > max ? 1 : 0
  const row = (name: string, { w, b, loss, eigenvalues }: StationaryPoint) => {
    const away = [beyond(w, minW, maxW), beyond(b, minB, maxB)]
    return {
      name,
      w,
      b,
      loss,
      eigenvalues,
      isMinimum: eigenvalues[0] > 0,
      largestRate: eigenvalues[0] > 0 ? largestRate(job, eigenvalues[1]) : null,
      arrow: away[0] === 0 && away[1] === 0 ? '' : arrowTo(away[0], away[1]),
    }
  }
  return {
    rows: [
      ...points.minima.map((point, i) => row(String(i + 1), point)),
      ...points.saddles.map((point, i) => row(`S${i + 1}`, point)),
    ],
    sentence: stationarySentence(points),
    stale,
  }
}

/** Where minima are no points, what there is in their place. */
export function stationarySentence({
  line,
  limits,
  fallsForEver,
}: StationaryPoints): string | null {
  if (line) {
    const { point, direction } = line
    const place = `(${formatNumber(point.w)}, ${formatNumber(point.b)})`
    const along = `(${direction.map((part) => formatNumber(part)).join(', ')})`
    return `All x are equal, so the minima are a whole line: from (w, b) = ${place} along ${along}.`
  }
  const [limit] = limits
  if (!fallsForEver || !limit) return null
  const towards = `(${limit.direction.map((part) => formatNumber(part)).join(', ')})`
  return (
    `The loss has no lowest place: it falls for ever towards ${formatNumber(limit.loss)} in the ` +
    `direction (w, b) = ${towards}, where the neuron becomes ${limit.words}.`
  )
}
