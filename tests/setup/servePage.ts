/** Builds the page before the page tests and serves it as `npm start` does, on a free port. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { preview } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the served page, ending in '/'. */
    pageAddress: string
  }
}

export default async function servePage(project: TestProject): Promise<() => Promise<void>> {
  const root = project.vitest.config.root
  build(root)
  const server = await preview({
    root,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, open: false },
  })
  const address = server.resolvedUrls?.local[0]
  if (!address) {
    throw new Error('The server of the built page gave no address, expected one on 127.0.0.1.')
  }
  project.provide('pageAddress', address)
  return () => server.close()
}

/** In a process of its own: vitest sets NODE_ENV to 'test', but the page must be as published. */
function build(root: string): void {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const run = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  if (run.status !== 0) {
    throw new Error(`vite build ended with ${run.status ?? run.signal}, expected 0; see above.`)
  }
}
