/**
 * The body of `npm run bench`. node 20 reads no TypeScript, so vite reads main.ts for it.
 *
 *     npm run bench -- [--only descents,grid,proportion,page] [--adapter swiftshader,lavapipe]
 *                      [--rounds 5] [--json FILE]
 *     npm run bench -- --only kiosk [--minutes 10]
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const { module } = await runnerImport(join(here, 'main.ts'), {
  root: join(here, '..', '..'),
  configFile: false,
  logLevel: 'warn',
})
await module.main(process.argv.slice(2))
