/** Timing of contestants against each other, fairly on a machine that also does other things. */

export interface Contestant {
  /** Who computes, as the table names it. */
  engine: string
  /** The part of the job that it does, from its beginning: 1 is all. */
  share: number
  /** Computes its share of the job, and resolves when it is done. */
  run(): Promise<void> | void
  /** Computes it once more and gives what came out, to be compared between contestants. */
  result(): Promise<ArrayLike<number>> | ArrayLike<number>
}

/** One line of the table, and one object of the JSON file. */
export interface Measurement {
  /** The job. */
  name: string
  engine: string
  /** The place of the run: the graphics adapter and the browser or runtime of that run. */
  adapter: string
  /** Trajectory steps, or cells. */
  work: number
  /** The best of all rounds. */
  seconds: number
  /** work / seconds */
  rate: number
}

export interface Job {
  name: string
  adapter: string
  work: number
}

/**
 * The best time of each contestant: A B C, A B C, ..., so that what slows the machine for a while
 * slows all of them. The round before the first is not timed: code is compiled then, and the
 * engines learn their speed.
 */
export async function interleave(
  contestants: readonly Pick<Contestant, 'run'>[],
  rounds: number,
): Promise<number[]> {
  const best = contestants.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round <= rounds; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const begin = performance.now()
      await contestant.run()
      const seconds = (performance.now() - begin) / 1000
      if (round > 0) best[i] = Math.min(best[i], seconds)
    }
  }
  return best
}

/** @throws Error where a contestant computes something else than the first one */
export async function compete(
  job: Job,
  contestants: readonly Contestant[],
  rounds: number,
): Promise<Measurement[]> {
  await expectAgreement(contestants)
  const best = await interleave(contestants, rounds)
  return contestants.map(({ engine, share }, i) =>
    measurement({ ...job, work: job.work * share }, engine, best[i]),
  )
}

export function measurement(job: Job, engine: string, seconds: number): Measurement {
  return { ...job, engine, seconds, rate: job.work / seconds }
}

/**
 * Nine values of ten must agree to 0.001. Not all: where basins interleave, the last bit of f32
 * decides where a descent ends. Exact comparison is the business of tests/gpu.
 */
async function expectAgreement(contestants: readonly Contestant[]): Promise<void> {
  const wanted = Float64Array.from(await contestants[0].result())
  for (const { engine, share, result } of contestants) {
    const found = Float64Array.from(await result())
    const length = wanted.length * share
    if (found.length !== length) {
      throw new Error(`${engine} gives ${found.length} values; it must give ${length}.`)
    }
    const agreeing = found.filter((value, i) => Math.abs(value - wanted[i]) < 1e-3).length
    if (agreeing < 0.9 * length) {
      const whose = contestants[0].engine
      throw new Error(
        `${agreeing} of ${length} values of ${engine} agree with ${whose}; 90 % must.`,
      )
    }
  }
}
