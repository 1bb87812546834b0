/**
 * The body of `npm run search`. node 20 reads no TypeScript, so vite reads findPresets.ts for it.
 *
 *     npm run search -- [--seeds 3000]
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const { module } = await runnerImport(join(here, 'findPresets.ts'), {
  root: join(here, '..', '..'),
  configFile: false,
  logLevel: 'warn',
})
await module.main(process.argv.slice(2))
