/**
 * The linter enforces the directions of import between the folders of src/. Each rule is fed good
 * imports and bad ones, in a temporary copy of the project's configuration: a pattern with a
 * mistake in it forbids nothing, and says nothing.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Layer {
  allowed: string[]
  forbidden: string[]
}

const folders = ['model', 'state', 'gpu', 'engine', 'view', 'io', 'ui', 'cli'] as const
type Folder = (typeof folders)[number]

/** The Architecture part of the design, once more and apart from biome.json. */
const mayImport: Record<Folder, readonly (Folder | 'shaders')[]> = {
  model: [],
  state: ['model'],
  gpu: ['model', 'shaders'],
  engine: ['model', 'gpu'],
  view: ['model', 'state', 'engine'],
  io: ['model', 'state', 'engine'],
  ui: ['model', 'state'],
  cli: ['model', 'state', 'engine', 'io'],
}

const packages: Record<Folder, readonly string[]> = {
  model: [],
  state: ['valibot'],
  gpu: [],
  engine: ['comlink'],
  view: [
    ...['three', 'three/webgpu', 'three/addons/controls/OrbitControls.js'],
    ...['uplot', 'uplot/dist/uPlot.min.css'],
  ],
  io: ['valibot', 'd3-dsv', 'mediabunny'],
  ui: ['d3-dsv', 'lil-gui', 'uplot', 'uplot/dist/uPlot.min.css'],
  cli: ['webgpu', 'node:fs', 'node:fs/promises'],
}

const everyPackage = [...new Set(Object.values(packages).flat()), 'left-pad']

function layerOf(folder: Folder): Layer {
  const within = (other: string): string =>
    other === 'shaders' ? '../../shaders/neuron.wgsl?raw' : `../${other}/file`
  const others = [...folders, 'shaders' as const].filter((other) => other !== folder)
  const allowedFolders = mayImport[folder]
  return {
    allowed: ['./file', './deeper/file', './worker?worker']
      .concat(allowedFolders.map(within))
      .concat(packages[folder]),
    forbidden: ['..', '../app', '../main', '../../package.json', '../app', '../app']
      .concat(others.filter((other) => !allowedFolders.includes(other)).map(within))
      .concat(everyPackage.filter((name) => !packages[folder].includes(name))),
  }
}

/** Every way to write an import. */
const forms = [
  (from: string) => `import { value } from '${from}'\n\nexport const copy = value\n`,
  (from: string) => `import type { Value } from '${from}'\n\nexport type Copy = Value\n`,
  (from: string) => `export { value } from '${from}'\n`,
  (from: string) => `export const later = () => import('${from}')\n`,
]

interface Diagnostic {
  category: string
  location: { path: string }
}

let project: string

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'steepest-layers-'))
  // Biome reads .gitignore as well, and would not start without it.
  for (const name of ['biome.json', '.gitignore']) cpSync(join(root, name), join(project, name))
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

/** Writes the files, lints them with the project's rules, and gives the complaints of one rule. */
function complaints(rule: string, files: ReadonlyMap<string, string>): Set<string> {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const options = [`--only=${rule}`, '--reporter=json', '--max-diagnostics=5000']
  const run = spawnSync(process.execPath, [biome, 'lint', ...options, ...files.keys()], {
    cwd: project,
    encoding: 'utf8',
  })
  if (!run.stdout.startsWith('{')) throw new Error(`Biome gave no report: ${run.stderr}`)
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] }
  const ofRule = diagnostics.filter(({ category }) => category === `lint/${rule}`)
  return new Set(ofRule.map(({ location }) => location.path))
}

test.each(folders)('src/%s imports what it may, and nothing else', (folder) => {
  const { allowed, forbidden } = layerOf(folder)
  const imports = [...allowed, ...forbidden].flatMap((from) =>
    forms.map((form) => ({ from, form })),
  )
  const cases = imports.map(({ from, form }, index) => ({
    from,
    path: `src/${folder}/case${index}.ts`,
    text: form(from),
  }))
  const found = complaints(
    'style/noRestrictedImports',
    new Map(cases.map(({ path, text }) => [path, text])),
  )
  const complained = cases.filter(({ path }) => found.has(path)).map(({ text }) => text)
  const expected = cases.filter(({ from }) => forbidden.includes(from)).map(({ text }) => text)
  expect(complained).toEqual(expected)
})

test('src/model/rules imports from src/model, and from nowhere else', () => {
  const allowed = ['./file', '../file']
  const forbidden = ['../../app', '../../state/file', '../rules/../../app', 'left-pad']
  const cases = [...allowed, ...forbidden].map((from, i) => ({
    from,
    path: `src/model/rules/case${i}.ts`,
  }))
  const files = new Map(cases.map(({ from, path }) => [path, forms[0](from)]))
  const complained = complaints('style/noRestrictedImports', files)
  expect(cases.filter(({ path }) => complained.has(path)).map(({ from }) => from)).toEqual(
    forbidden,
  )
})

test('src/app.ts and src/main.ts may import every room', () => {
  const text = folders.map((folder) => `import './${folder}/file'\n`).join('')
  const files = new Map(['src/app.ts', 'src/main.ts'].map((path) => [path, text]))
  expect(complaints('style/noRestrictedImports', files)).toEqual(new Set())
})

test('the rooms that also run in node and in workers know no document and no window', () => {
  const text = 'export const title = document.title + window.name\n'
  const files = new Map(folders.map((folder) => [`src/${folder}/page.ts`, text]))
  const expected = ['model', 'state', 'gpu', 'engine', 'cli'].map((name) => `src/${name}/page.ts`)
  expect(complaints('style/noRestrictedGlobals', files)).toEqual(new Set(expected))
})

test('imports form no cycle', () => {
  const files = new Map([
    ['src/model/day.ts', "import { night } from './night'\n\nexport const day = () => night\n"],
    ['src/model/night.ts', "import { day } from './day'\n\nexport const night = () => day\n"],
    ['src/model/noon.ts', "import { day } from './day'\n\nexport const noon = day\n"],
  ])
  const expected = new Set(['src/model/day.ts', 'src/model/night.ts'])
  expect(complaints('suspicious/noImportCycles', files)).toEqual(expected)
})
