/** Builds the command line for node: two entry files, with everything but Dawn bundled. */
import { fileURLToPath } from 'node:url'

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))

/** @type {import('vite').UserConfig} */
export default {
  root: here('../..'),
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['webgpu'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: process.env.STEEPEST_CLI_OUT ?? here('../../dist/cli'),
    emptyOutDir: true,
    rolldownOptions: {
      input: { main: here('main.ts'), worker: here('worker.ts') },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
}
