/**
 * The body of `npm run pictures`. node 20 reads no TypeScript, so vite reads scenePictures.ts for it.
 *
 *     npm run pictures -- [--only slow,fast]
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const { module } = await runnerImport(join(here, 'scenePictures.ts'), {
  root: join(here, '..', '..'),
  configFile: false,
  logLevel: 'warn',
})
await module.main(process.argv.slice(2))
