/**
 * The linter enforces which folders of src/ may import which. Each rule is fed good imports and bad
 * ones, in a temporary copy of the project's configuration: a pattern with a mistake in it forbids
 * nothing, and does not say so.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const rooms = [
  ...['model', 'display', 'settings', 'gpu', 'engine', 'files', 'results', 'widgets', 'stage'],
  ...['page', 'lenses', 'dialogs', 'benchmark', 'cli'],
] as const
type Room = (typeof rooms)[number]

/** The README's table of rooms, repeated here independently of biome.json. */
const mayImport: Record<Room, readonly string[]> = {
  model: [],
  display: ['model'],
  settings: ['model', 'display'],
  gpu: ['model', 'shaders'],
  engine: ['model', 'gpu'],
  files: ['model', 'display', 'settings', 'engine'],
  results: ['model', 'display', 'settings', 'engine'],
  widgets: ['model', 'display', 'settings'],
  stage: ['model', 'display', 'settings', 'engine', 'widgets'],
  page: ['model', 'display', 'settings', 'engine', 'widgets', 'stage', 'results'],
  lenses: ['model', 'display', 'settings', 'engine', 'widgets', 'stage', 'results', 'page'],
  dialogs: [
    ...['model', 'display', 'settings', 'engine', 'widgets', 'stage', 'results', 'page', 'files'],
    ...['lenses', 'benchmark'],
  ],
  benchmark: ['model', 'display', 'settings', 'engine', 'results'],
  cli: ['model', 'display', 'settings', 'engine', 'files', 'benchmark'],
}

const packages: Record<Room, readonly string[]> = {
  model: [],
  display: [],
  settings: ['valibot'],
  gpu: [],
  engine: ['comlink'],
  files: ['valibot', 'd3-dsv', 'mediabunny'],
  results: [],
  widgets: ['uplot', 'uplot/dist/uPlot.min.css'],
  stage: ['three', 'three/webgpu', 'three/addons/controls/OrbitControls.js'],
  page: ['lil-gui'],
  lenses: ['d3-dsv'],
  dialogs: [],
  benchmark: [],
  cli: ['webgpu', 'node:fs', 'node:fs/promises'],
}

const everyPackage = [...new Set(Object.values(packages).flat()), 'left-pad']

/** Imports of each folder beyond those of its room: imports that climb within the room. */
const folders: readonly { path: string; up: readonly string[]; never: readonly string[] }[] = [
  ...rooms
    .filter((room) => room !== 'dialogs')
    .map((room) => ({ path: room, up: [], never: ['../file'] })),
  { path: 'model/outcomes', up: ['../loss', '../step/file'], never: ['../../app/file'] },
  { path: 'model/rules', up: ['../rule'], never: ['../../settings/../app/file'] },
  { path: 'stage/layers', up: ['../picture', '../flat/file'], never: ['../../file'] },
  { path: 'page/data', up: ['../actions', '../timeline/file'], never: ['../../lenses/lens'] },
  { path: 'lenses/why', up: ['../lens'], never: ['../rates/file', '../lenses', './../rates/file'] },
  {
    path: 'lenses/rates/race',
    up: ['../file', '../sweep/file', '../../lens'],
    never: ['../../why/file', '../race/../../why/file', '../../lenses'],
  },
  {
    path: 'dialogs/save',
    up: ['../../../package.json'],
    never: ['../data/file', '../file', '../../app/pageParts'],
  },
]

function importsOf({ path, up, never }: (typeof folders)[number]) {
  const room = path.split('/')[0] as Room
  const climb = '../'.repeat(path.split('/').length)
  const within = (other: string): string =>
    other === 'shaders' ? `../${climb}shaders/neuron.wgsl?raw` : `${climb}${other}/file`
  const others = [...rooms, 'app', 'shaders'].filter((other) => other !== room)
  const isAllowed = (other: string) => mayImport[room].includes(other)
  return {
    allowed: ['./file', './deeper/file', './worker?worker', ...up]
      .concat(others.filter(isAllowed).map(within))
      .concat(packages[room]),
    forbidden: [`${climb}main`, `../${climb}README.md`, './../../app/file', ...never]
      .concat(others.filter((other) => !isAllowed(other)).map(within))
      .concat(
        mayImport[room]
          .filter((other) => other !== 'shaders')
          .map((other) => `${climb}${other}/../app/file`),
      )
      .concat(everyPackage.filter((name) => !packages[room].includes(name))),
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
  for (const name of ['biome.json', '.gitignore', 'tests/tools/lazyImports.grit']) {
    cpSync(join(root, name), join(project, name))
  }
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

/** Writes the files, lints them with the project's rules, and returns one rule's complaints. */
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
  if (!run.stdout.startsWith('{')) throw new Error(`Biome printed no report: ${run.stderr}`)
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] }
  const ofRule = diagnostics.filter(({ category }) => [rule, `lint/${rule}`].includes(category))
  return new Set(ofRule.map(({ location }) => location.path))
}

test.each(folders.map((folder) => [folder.path, folder] as const))(
  'src/%s may import what its room allows, and nothing else',
  (_, folder) => {
    const { allowed, forbidden } = importsOf(folder)
    const cases = [...allowed, ...forbidden].flatMap((from) =>
      forms.map((form, i) => ({ from, text: form(from), path: `${i}` })),
    )
    cases.forEach((each, index) => {
      each.path = `src/${folder.path}/case${index}.ts`
    })
    const found = complaints(
      'style/noRestrictedImports',
      new Map(cases.map(({ path, text }) => [path, text])),
    )
    const complained = cases.filter(({ path }) => found.has(path)).map(({ text }) => text)
    const expected = cases.filter(({ from }) => forbidden.includes(from)).map(({ text }) => text)
    expect(complained).toEqual(expected)
  },
)

test('src/app and src/main.ts may import every room', () => {
  const text = rooms.map((room) => `import './${room}/file'\n`).join('')
  const files = new Map(['src/main.ts', 'src/app/case.ts'].map((path) => [path, text]))
  expect(complaints('style/noRestrictedImports', files)).toEqual(new Set())
})

test('lenses, dialogs, the video encoder and engines are loaded only when asked for', () => {
  const lazy = [
    ['src/app/pageParts', '../lenses/why/whyLens'],
    ['src/app/pageParts', '../lenses/another/another'],
    ['src/app/pageParts', '../dialogs/save/save'],
    ['src/lenses/lenses', './why/whyLens'],
    ['src/dialogs/save/save', '../../lenses/starts/startsLens'],
    ['src/dialogs/save/save', '../../files/video'],
    ['src/app/sessionKeeper', '../engine/gpuEngine'],
    ['src/app/sessionKeeper', '../engine/cpuEngine'],
  ]
  const [value, type, again, later] = forms
  const files = (wanted: typeof forms) =>
    lazy.flatMap(([path, from], i) =>
      wanted.map((form, k) => [`${path}${i}${k}.ts`, form(from)] as const),
    )
  const refused = new Map(files([value, again, (from) => `import '${from}'\n`]))
  expect(complaints('plugin', refused)).toEqual(new Set(refused.keys()))
  const eager = ['../lenses/lenses', '../files/videoPlan', '../page/layout']
  const accepted = new Map([
    ...files([type, later]),
    ...eager.map((from, i) => [`src/app/eager${i}.ts`, value(from)] as const),
  ])
  expect(complaints('plugin', accepted)).toEqual(new Set())
})

test('rooms that also run in node and workers use neither document nor window', () => {
  const text = 'export const title = document.title + window.name\n'
  const files = new Map(rooms.map((room) => [`src/${room}/page.ts`, text]))
  const withPage: readonly Room[] = ['widgets', 'stage', 'page', 'lenses', 'dialogs']
  const without = rooms.filter((room) => !withPage.includes(room))
  expect(complaints('style/noRestrictedGlobals', files)).toEqual(
    new Set(without.map((room) => `src/${room}/page.ts`)),
  )
})

test('import cycles are refused', () => {
  const files = new Map([
    ['src/model/day.ts', "import { night } from './night'\n\nexport const day = () => night\n"],
    ['src/model/night.ts', "import { day } from './day'\n\nexport const night = () => day\n"],
    ['src/model/noon.ts', "import { day } from './day'\n\nexport const noon = day\n"],
  ])
  const expected = new Set(['src/model/day.ts', 'src/model/night.ts'])
  expect(complaints('suspicious/noImportCycles', files)).toEqual(expected)
  const types = new Map(
    [...files].map(([path, text]) => [path, text.replace('import {', 'import type {')]),
  )
  expect(complaints('suspicious/noImportCycles', types)).toEqual(expected)
})
