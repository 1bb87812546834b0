/**
 * A short benchmark of an engine as it is, on the machine of whoever asks: rates of computing, and
 * a check of the numbers. The page and the command line show the same.
 */
import type { Engine } from '../engine/engine'
import { type BenchmarkCase, benchmarkCases, type CaseCheck, sizesFor } from './cases'

/** One line of the table. */
export interface Measured {
  name: string
  unit: BenchmarkCase['unit']
  /** In `unit`, of the fastest try. */
  work: number
  seconds: number
  /** work / seconds */
  rate: number
  check: CaseCheck
}

export interface BenchmarkOptions {
  signal: AbortSignal
  /** Called when a case begins, with its name and the share of all cases that have ended. */
  onCase?(name: string, share: number): void
  onMeasured?(measured: Measured): void
}

/** Milliseconds that a try must take to be believed, and that all tries of a case may take. */
const enough = 200
const patience = 600

/** A try does at most this many times the work of the one before. */
const growth = 16

/** Rejects with the signal's reason when aborted. */
export async function runBenchmark(
  engine: Engine,
  { signal, onCase, onMeasured }: BenchmarkOptions,
  sizes = sizesFor[engine.kind],
  now = () => performance.now(),
): Promise<Measured[]> {
  const cases = benchmarkCases(sizes)
  const all: Measured[] = []
  for (const each of cases) {
    onCase?.(each.name, all.length / cases.length)
    try {
      const { name, unit } = each
      const timed = await fastest((amount) => each.run(engine, amount, signal), each, now)
      const check = await each.check(engine, signal)
      const measured = { name, unit, ...timed, rate: timed.work / timed.seconds, check }
      all.push(measured)
      onMeasured?.(measured)
    } finally {
      each.dispose?.()
    }
  }
  return all
}

/** The fastest try of those that are long enough; before them, programs are compiled once. */
export async function fastest(
  run: (amount: number) => Promise<number>,
  { least, most }: Pick<BenchmarkCase, 'least' | 'most'>,
  now: () => number,
): Promise<{ work: number; seconds: number }> {
  const timed = async (amount: number) => {
    const begin = now()
    const work = await run(amount)
    return { work, milliseconds: Math.max(now() - begin, 0.1) }
  }
  await timed(least)
  let amount = least
  let best = await timed(amount)
  while (best.milliseconds < enough && amount < most) {
    const factor = Math.min(growth, Math.max(2, (1.5 * enough) / best.milliseconds))
    amount = Math.min(most, amount * factor)
    best = await timed(amount)
  }
  let spent = best.milliseconds
  while (spent < patience) {
    const next = await timed(amount)
    spent += next.milliseconds
    if (next.work / next.milliseconds > best.work / best.milliseconds) best = next
  }
  return { work: best.work, seconds: best.milliseconds / 1000 }
}
