/** A pool of workers that process the parts of a job one after another. */
import { type Remote, wrap } from 'comlink'
import { newWorker } from './newWorker'
import type { WorkerTasks } from './worker'

export interface JobPart<Result> {
  /** Sends the part to a worker. */
  run(worker: Remote<WorkerTasks>): Promise<Result>
  /** Receives the result, on the thread of the caller. */
  take(result: Result): void
}

export class WorkerPool {
  /** Resolves with a sentence when a worker fails outside any task. */
  readonly lost: Promise<string>
  readonly size: number
  private readonly workers: readonly Worker[]
  private readonly idle: Remote<WorkerTasks>[]
  private readonly waiting: ((worker: Remote<WorkerTasks>) => void)[] = []
  /** Rejects the pending jobs, which could not end without their workers. */
  private readonly jobs = new Set<(reason: Error) => void>()
  private ended: string | null = null

  /** Throws a sentence if there can be no workers. */
  constructor(size: number, createWorker: () => Worker) {
    this.size = size
    this.workers = Array.from({ length: size }, () => newWorker(createWorker))
    this.lost = new Promise((resolve) => {
      for (const worker of this.workers) {
        worker.addEventListener('error', ({ message }) => {
          const sentence = `A worker has failed: ${message || 'it could not be loaded'}.`
          resolve(sentence)
          this.end(sentence)
        })
      }
    })
    this.idle = this.workers.map((worker) => wrap<WorkerTasks>(worker))
  }

  /**
   * Runs all parts, as many at a time as there are workers. Rejects when a part fails, when aborted,
   * and when the pool is lost or disposed of; then no further part starts.
   */
  async runAll<Result>(
    parts: Iterable<JobPart<Result>>,
    options: { signal?: AbortSignal | undefined; onPart?(): void } = {},
  ): Promise<void> {
    const { signal, onPart } = options
    if (this.ended) throw new Error(this.ended)
    const iterator = parts[Symbol.iterator]()
    const runOne = async () => {
      for (let next = iterator.next(); !next.done; next = iterator.next()) {
        const part = next.value
        const worker = await this.borrow()
        try {
          signal?.throwIfAborted()
          const result = await part.run(worker)
          signal?.throwIfAborted()
          part.take(result)
        } finally {
          this.giveBack(worker)
        }
        onPart?.()
      }
    }
    let fail: (reason: Error) => void = () => {}
    const failed = new Promise<never>((_, reject) => {
      fail = reject
    })
    // `lost.then` would hold every finished job, with its arrays, until the pool ends.
    this.jobs.add(fail)
    try {
      await Promise.race([failed, Promise.all(Array.from({ length: this.size }, runOne))])
    } finally {
      this.jobs.delete(fail)
      iterator.return?.()
    }
  }

  private end(sentence: string): void {
    this.ended ??= sentence
    for (const fail of this.jobs) fail(new Error(this.ended))
  }

  private borrow(): Promise<Remote<WorkerTasks>> {
    const worker = this.idle.pop()
    if (worker) return Promise.resolve(worker)
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  private giveBack(worker: Remote<WorkerTasks>): void {
    const next = this.waiting.shift()
    if (next) next(worker)
    else this.idle.push(worker)
  }

  dispose(): void {
    for (const worker of this.workers) worker.terminate()
    this.end('The workers have been stopped.')
  }
}
