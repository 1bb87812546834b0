/** The targets of the figures: ratios between figures of one run, never times. */
import type { Measurement } from './contest'

export interface Verdict {
  what: string
  found: number
  wanted: string
  isOk: boolean
}

/** @param cores of the CPU engine, null where it did not take part */
export function suiteVerdicts(
  measurements: readonly Measurement[],
  cores: number | null,
): Verdict[] {
  const groups = (...names: string[]) =>
    names
      .map((name) => ({ name, run: measurements.filter((line) => line.name.startsWith(name)) }))
      .filter(({ run }) => run.length > 0)
  return [
    ...groups('descents', 'grid').flatMap(({ name, run }) => contestVerdicts(name, run, cores)),
    ...groups('outcomes').flatMap(({ name, run }) => outcomeVerdicts(name, run)),
    ...groups('rules').map(({ run }) => ruleVerdict(run)),
    ...groups('more trajectories', 'more steps').map(({ name, run }) =>
      proportionVerdict(name, run),
    ),
  ]
}

/** Ratios of one job on one adapter. */
function contestVerdicts(
  name: string,
  run: readonly Measurement[],
  cores: number | null,
): Verdict[] {
  const rate = (engine: string) =>
    Math.max(...run.filter((line) => line.engine.startsWith(engine)).map((line) => line.rate))
  const { adapter } = run[0]
  const gpu = rate('GPU engine')
  const thread = rate('one thread')
  const verdicts = [
    atLeast(`${name}: GPU engine / one thread`, gpu / thread, leastOverThread(adapter)),
    atLeast(`${name}: GPU engine / best bare kernel`, gpu / rate('bare:'), 0.9),
  ]
  if (cores === null) return verdicts
  const share = rate('CPU engine') / (cores * thread)
  return [...verdicts, atLeast(`${name}: CPU engine / (${cores} cores x one thread)`, share, 0.8)]
}

/** Tells what the classes cost, and whether it is worth a GPU. */
function outcomeVerdicts(name: string, run: readonly Measurement[]): Verdict[] {
  const rate = (engine: string) =>
    Math.max(...run.filter((line) => line.engine.startsWith(engine)).map((line) => line.rate))
  const gpu = rate('GPU engine')
  const cost = rate('bare descents') / gpu
  return [
    atLeast(`${name}: GPU engine / one thread`, gpu / rate('one thread'), 2),
    { what: `${name}: time / bare descents`, found: cost, wanted: '<= 1.3', isOk: cost <= 1.3 },
  ]
}

/** Adam carries four times as much along, and divides. */
function ruleVerdict(run: readonly Measurement[]): Verdict {
  const rate = (name: string) => run.find(({ engine }) => engine === name)?.rate ?? Number.NaN
  return atLeast('rules: Adam / gradient descent', rate('adam') / rate('gradientDescent'), 0.5)
}

/** SwiftShader has vectors of four, lavapipe of eight and a faster exponential. */
function leastOverThread(adapter: string): number {
  if (/swiftshader/i.test(adapter)) return 2
  return 6
}

/**
 * How far time is from proportional to work: the largest time of one step over the smallest, less
 * one. So it holds for each doubling and for all of them together.
 */
function proportionVerdict(what: string, run: readonly Measurement[]): Verdict {
  const rates = run.map(({ rate }) => rate)
  const deviation = Math.max(...rates) / Math.min(...rates) - 1
  return {
    what: `${what}: largest deviation from proportional`,
    found: deviation,
    wanted: '<= 0.15',
    isOk: deviation <= 0.15,
  }
}

function atLeast(what: string, found: number, least: number): Verdict {
  return { what, found, wanted: `>= ${least}`, isOk: found >= least }
}

export function below(what: string, found: number, limit: number): Verdict {
  return { what, found, wanted: `< ${limit}`, isOk: found < limit }
}

export function atMost(what: string, found: number, most: number): Verdict {
  return { what, found, wanted: `<= ${most}`, isOk: found <= most }
}
