/**
 * The body of `npm test`: sets what must be set before a process starts, then runs vitest with its
 * arguments. `npm test -- tests/model` runs one folder, `npm test -- --project node` one kind.
 */
import '../../src/cli/nodeVersion.mjs'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './chromium.mjs'
import { swiftShaderEnv } from './vulkan.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
)
const config = join('tests', 'setup', 'vitest.config.ts')

const { executablePath, origin } = findChromium()
console.log(`Browser (${origin}): ${executablePath}`)

const run = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', config, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...swiftShaderEnv() } },
)
if (run.error) throw run.error
process.exitCode = run.status ?? 1
