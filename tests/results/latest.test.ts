import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JobOptions } from '../../src/engine/engine'
import { Latest } from '../../src/results/latest'

/** A job whose coarse and whole results are given by hand, and which obeys its signals. */
function jobOf(name: string) {
  let options: JobOptions<string> | undefined
  const gates = [gate(), gate()]
  return {
    async run(given: JobOptions<string>): Promise<string> {
      options = given
      await gates[0].promise
      given.coarseSignal?.throwIfAborted()
      given.onCoarse?.(`${name} coarse`)
      await gates[1].promise
      given.signal?.throwIfAborted()
      return name
    },
    /** Lets it come to its coarse result, or to its end. */
    coarse: () => pass(gates[0]),
    finish: () => pass(gates[0]).then(() => pass(gates[1])),
    get begun() {
      return options !== undefined
    },
  }
}

function gate(): { promise: Promise<void>; resolve(): void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve: () => resolve() }
}

async function pass({ resolve }: { resolve(): void }): Promise<void> {
  resolve()
  await new Promise((resolve) => setTimeout(resolve))
}

function latest() {
  const seen: string[] = []
  const errors: unknown[] = []
  const result = new Latest<string>({
    onValue: (value, before) => seen.push(`${before} > ${value}`),
    onProgress: () => {},
    onError: (reason) => errors.push(reason),
  })
  return { result, seen, errors }
}

test('a job gives its coarse result, then the whole', async () => {
  const { result, seen } = latest()
  const a = jobOf('a')
  result.request(a.run)
  expect([result.isStale, result.isComplete]).toEqual([true, false])
  await a.coarse()
  expect([result.value, result.isStale, result.isComplete]).toEqual(['a coarse', false, false])
  await a.finish()
  expect([result.value, result.isStale, result.isComplete]).toEqual(['a', false, true])
  expect(seen).toEqual(['null > a coarse', 'a coarse > a'])
})

test('the coarse result comes although a newer job waits, and counts as stale', async () => {
  const { result } = latest()
  const [a, b, c] = [jobOf('a'), jobOf('b'), jobOf('c')]
  result.request(a.run)
  result.request(b.run)
  result.request(c.run)
  await a.finish()
  expect([result.value, result.isStale, result.isComplete]).toEqual(['a coarse', true, false])
  expect([b.begun, c.begun]).toEqual([false, true])
  await c.finish()
  expect([result.value, result.isStale, result.isComplete]).toEqual(['c', false, true])
})

test('after a cancel nothing older counts as the newest', async () => {
  const { result } = latest()
  const [a, b] = [jobOf('a'), jobOf('b')]
  result.request(a.run)
  await a.coarse()
  result.request(b.run)
  result.cancel()
  await a.finish()
  await result.settled()
  expect([result.value, result.isStale, result.isComplete]).toEqual(['a coarse', true, false])
  expect(b.begun).toBe(false)
})

test('a cancel reaches a coarse part, too', async () => {
  const { result, seen, errors } = latest()
  const a = jobOf('a')
  result.request(a.run)
  result.cancel()
  await a.finish()
  await result.settled()
  expect([seen, errors]).toEqual([[], []])
})

test('results that arrive after clearing are dropped', async () => {
  const { result, seen } = latest()
  const a = jobOf('a')
  result.request(a.run)
  await a.coarse()
  result.clear()
  await a.finish()
  expect(result.value).toBeNull()
  expect(seen).toEqual(['null > a coarse'])
})

test('a failure is reported, and the next job runs', async () => {
  const { result, errors } = latest()
  const failure = new Error('It did not work.')
  result.request(() => Promise.reject(failure))
  await result.settled()
  expect([errors, result.isComplete]).toEqual([[failure], false])
  const a = jobOf('a')
  result.request(a.run)
  await a.finish()
  expect([result.value, result.isComplete]).toEqual(['a', true])
})

test('whatever happens in whatever order, the last job asked for is what is shown', async () => {
  const action = fc.constantFrom('request', 'coarse', 'finish', 'cancel')
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
      const { result, errors } = latest()
      const jobs = [jobOf('0')]
      result.request(jobs[0].run)
      for (const name of actions) {
        if (name === 'request') {
          jobs.push(jobOf(String(jobs.length)))
          result.request(jobs[jobs.length - 1].run)
        } else if (name === 'cancel') result.cancel()
        else await jobs.findLast(({ begun }) => begun)?.[name]()
      }
      const last = jobOf('last')
      result.request(last.run)
      for (const job of [...jobs, last]) await job.finish()
      await result.settled()
      expect([result.value, result.isStale, result.isComplete]).toEqual(['last', false, true])
      expect(errors).toEqual([])
    }),
    { seed: 3, numRuns: 200 },
  )
})
