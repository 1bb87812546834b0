import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

// Only the page. Everything about tests is in tests/setup/vitest.config.ts, so building and serving
// need no development dependency.
const loopback = '127.0.0.1'

// three.js from its sources, without the classic materials, which the view does not use: the first
// load is 16 kB gzip smaller than with its bundles.
const three = [
  { find: /^three\/webgpu$/, replacement: 'three/src/Three.WebGPU.Nodes.js' },
  { find: /^three\/tsl$/, replacement: 'three/src/Three.TSL.js' },
  { find: /^three$/, replacement: 'three/src/Three.Core.js' },
]

// Its other form imports a file for node, whose stand-in would bring 0.26 kB of CommonJS into the
// first load.
const mediabunny = {
  find: /^mediabunny$/,
  replacement: fileURLToPath(
    new URL('node_modules/mediabunny/dist/bundles/mediabunny.mjs', import.meta.url),
  ),
}

/** Removes comments from the built page's shaders; keeps line numbers the same for errors. */
const shadersWithoutComments: Plugin = {
  name: 'shaders-without-comments',
  apply: 'build',
  enforce: 'pre',
  load: {
    filter: { id: /\.wgsl\?raw$/ },
    async handler(id) {
      const text = await readFile(id.replace('?raw', ''), 'utf8')
      return `export default ${JSON.stringify(text.replace(/ *\/\/.*$/gm, ''))}`
    },
  },
}

const licences = 'licences.txt'

/** Puts our own licence first, and says where mediabunny's source is, as the MPL demands. */
const ownLicence: Plugin = {
  name: 'own-licence',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const file = join(dir, licences)
    const own = await readFile(new URL('LICENSE', import.meta.url), 'utf8')
    const source = 'The source of mediabunny is at https://github.com/Vanilagy/mediabunny.'
    await writeFile(file, `# Steepest\n\n${own}\n${await readFile(file, 'utf8')}\n${source}\n`)
  },
}

export default defineConfig({
  plugins: [shadersWithoutComments, ownLicence],
  resolve: { alias: [...three, mediabunny] },
  // Relative addresses: the built folder works under any path on any host.
  base: './',
  build: {
    // The licence texts that the libraries want included in copies; markup.ts links to them.
    license: { fileName: licences },
    // All browsers with WebGPU support this edition of the language.
    target: 'es2022',
    // The page's Content-Security-Policy is default-src 'self': data: addresses would be refused.
    assetsInlineLimit: 0,
    // The same browsers know modulepreload, so the polyfill would be dead weight.
    modulePreload: {
      polyfill: false,
      // A script whose preloading has failed once can never be imported again in that page.
      resolveDependencies: (_, dependencies, { hostType }) =>
        dependencies.filter((file) => hostType === 'html' || file.endsWith('.css')),
    },
    // Files loaded later by `import()` get their own folder, so the first load is easy to weigh.
    rolldownOptions: {
      // It reports a slow machine, and reads as if something were wrong.
      checks: { pluginTimings: false },
      output: {
        // One file rather than ten: compressed alone, each would start without the others' context.
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
        assetFileNames: ({ names }) => {
          const isLazy = names.some(
            (name) => name.endsWith('.webp') || (name.endsWith('.css') && name !== 'index.css'),
          )
          return `assets/${isLazy ? 'lazy/' : ''}[name]-[hash][extname]`
        },
        chunkFileNames: ({ isDynamicEntry }) =>
          `assets/${isDynamicEntry ? 'lazy/' : ''}[name]-[hash].js`,
      },
    },
    // `npm run check` measures the first load (.size-limit.json); vite's own warning would be noise.
    chunkSizeWarningLimit: 1024,
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'assets/workers/[name]-[hash].js' } },
  },
  server: { host: loopback },
  preview: { host: loopback },
})
