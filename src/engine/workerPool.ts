/** Workers that take the parts of a job one after another. */
import { type Remote, wrap } from 'comlink'
import type { WorkerTasks } from './worker'

export interface Part<Result> {
  /** Sends the part to a worker. */
  run(worker: Remote<WorkerTasks>): Promise<Result>
  /** Takes the result in, on the thread of the caller. */
  take(result: Result): void
}

export class WorkerPool {
  /** Resolves with a sentence when a worker fails outside of any task. */
  readonly lost: Promise<string>
  readonly size: number
  private readonly workers: Worker[] = []
  private readonly idle: Remote<WorkerTasks>[] = []
  private readonly waiting: ((worker: Remote<WorkerTasks>) => void)[] = []

  constructor(size: number, createWorker: () => Worker) {
    this.size = size
    this.lost = new Promise((resolve) => {
      for (let i = 0; i < size; i++) {
        const worker = createWorker()
        worker.addEventListener('error', ({ message }) => {
          resolve(`A worker has failed: ${message || 'it could not be loaded'}.`)
        })
        this.workers.push(worker)
        this.idle.push(wrap<WorkerTasks>(worker))
      }
    })
  }

  /**
   * Runs all parts, as many at a time as there are workers. Rejects when aborted or when the pool
   * is lost; results that come later are dropped.
   */
  async runAll<Result>(
    parts: Iterable<Part<Result>>,
    options: { signal?: AbortSignal | undefined; onPart?(): void } = {},
  ): Promise<void> {
    const { signal, onPart } = options
    const failed = this.lost.then((sentence) => Promise.reject(new Error(sentence)))
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
    await Promise.race([failed, Promise.all(Array.from({ length: this.size }, runOne))])
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
  }
}
