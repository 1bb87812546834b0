/** Measurements and verdicts as text. */
import type { Measurement } from './contest'
import type { Verdict } from './targets'

/** One line each; `vs best` is the rate in units of the best of the same job on that adapter. */
export function measurementTable(measurements: readonly Measurement[]): string {
  const lines = measurements.map(({ name, engine, adapter, seconds, rate }) => {
    const rivals = measurements.filter((line) => line.name === name && line.adapter === adapter)
    const best = Math.max(...rivals.map((line) => line.rate))
    return [adapter, name, engine, milliseconds(seconds), perSecond(rate), (rate / best).toFixed(2)]
  })
  return columns([['adapter', 'job', 'engine', 'ms', 'per second', 'vs best'], ...lines], 3)
}

export function verdictTable(verdicts: readonly Verdict[], adapter: string): string {
  const lines = verdicts.map(({ what, found, wanted, isOk }) => [
    adapter,
    what,
    found.toFixed(2),
    wanted,
    isOk ? 'ok' : 'short',
  ])
  return columns(lines, 2)
}

const milliseconds = (seconds: number) => (seconds * 1000).toFixed(1)
const perSecond = (rate: number) =>
  rate < 1e5 ? rate.toFixed(rate < 10 ? 2 : 0) : `${(rate / 1e6).toFixed(1)} million`

/** The first `texts` columns to the left, the others, numbers, to the right. */
function columns(lines: readonly (readonly string[])[], texts: number): string {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => line[i].length)))
  return lines
    .map((line) =>
      line
        .map((text, i) => (i < texts ? text.padEnd(widths[i]) : text.padStart(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
