/** A worker of the CPU engine in node: a stand-in for a browser's worker, then the same code. */
import { parentPort } from 'node:worker_threads'
import { eventsOf } from './nodeWorkers'

if (!parentPort) throw new Error('This file is a worker; it is started by the command line.')
Object.assign(globalThis, eventsOf(parentPort), {
  postMessage: parentPort.postMessage.bind(parentPort),
})
await import('../engine/worker')
