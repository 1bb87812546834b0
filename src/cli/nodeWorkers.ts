/** Makes node's workers look like a browser's, as far as the CPU engine and comlink need. */
import { Worker as NodeWorker } from 'node:worker_threads'

type Listener = ((event: { data: unknown; message?: string }) => void) | EventListenerObject

interface Emitter {
  on(type: string, listener: (value: unknown) => void): unknown
  off(type: string, listener: (value: unknown) => void): unknown
}

/** `addEventListener` and `removeEventListener` for node's events. */
export function eventsOf(emitter: Emitter) {
  const listeners = new Map<Listener, (value: unknown) => void>()
  return {
    addEventListener(type: string, listener: Listener): void {
      const heard = (value: unknown) => {
        const message = value instanceof Error ? value.message : String(value)
        const event = type === 'error' ? { data: null, message } : { data: value }
        if (typeof listener === 'function') listener(event)
        // comlink reads nothing but data and message of an Event.
        else listener.handleEvent(event as unknown as Event)
      }
      listeners.set(listener, heard)
      emitter.on(type, heard)
    },
    removeEventListener(type: string, listener: Listener): void {
      const heard = listeners.get(listener)
      if (heard) emitter.off(type, heard)
      listeners.delete(listener)
    },
  }
}

/** A worker of worker.ts, whose build is next to this file. */
export function createNodeWorker(): Worker {
  const worker = new NodeWorker(new URL('./worker.mjs', import.meta.url))
  const wrapped = {
    ...eventsOf(worker),
    postMessage: worker.postMessage.bind(worker),
    terminate: () => void worker.terminate(),
  }
  // Everything that WorkerPool and comlink call on it.
  return wrapped as unknown as Worker
}
