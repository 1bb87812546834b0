/**
 * Files a visitor loads before the first picture: those that index.html names, those they import at
 * once, and those of the one engine in use. Anything that `import()` loads later does not count,
 * wherever it is.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Name prefixes of files that are loaded by `import()`, but right away. */
const engineFiles = {
  gpu: ['gpuEngine', 'WebGPUBackend'],
  cpu: ['cpuEngine', 'WebGLBackend', 'worker'],
}

/**
 * @param {string} outDir the built page
 * @param {keyof typeof engineFiles} engine
 * @returns {string[]} paths inside outDir
 */
export function firstLoad(outDir, engine) {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)]
  const lazy = ['lazy', 'workers'].flatMap((folder) =>
    readdirSync(join(outDir, 'assets', folder)).map((name) => join('assets', folder, name)),
  )
  const wanted = engineFiles[engine].map((name) => {
    const found = lazy.filter((path) => new RegExp(`/${name}-[^/]*\\.js$`).test(path))
    if (found.length !== 1) {
      throw new Error(`${outDir} has ${found.length} files ${name}-*.js; it must have 1.`)
    }
    return found[0]
  })
  /** @type {Set<string>} */
  const loaded = new Set()
  /** @param {string} path */
  const load = (path) => {
    if (loaded.has(path)) return
    loaded.add(path)
    if (!path.endsWith('.js')) return
    const text = readFileSync(join(outDir, path), 'utf8')
    for (const [, imported] of text.matchAll(/(?:from|import)\s*["'`](\.[^"'`]+\.js)["'`]/g)) {
      load(join(dirname(path), imported))
    }
  }
  for (const path of [...named.map(([, path]) => path), ...wanted]) load(path)
  return [...loaded].map((path) => join(outDir, path))
}
