/** Parts: joined they are the whole, bit for bit; what does not belong together is refused. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkParts } from '../../src/cli/join'
import { parseHeader } from '../../src/files/mapHeader'
import { buildCli, steepest, steepestProcess, wordsOf } from '../setup/cliCommand'

const folder = mkdtempSync(join(tmpdir(), 'steepest-parts-'))
const inFolder = (name: string) => join(folder, name)
const read = (name: string) => readFileSync(inFolder(name))

const job = 'classify --w -6,10,37 --b -8,8,29 --steps 60'
const one = '--engine cpu --workers 1'

async function run(line: string, code = 0): Promise<string> {
  const answer = await steepest(wordsOf(line))
  expect(answer.code, `${line}: ${answer.err}`).toBe(code)
  return answer.err
}

beforeAll(async () => {
  buildCli()
  process.chdir(folder)
  for (const i of [3, 1, 2]) await run(`${job} ${one} --tile ${i}/3 --out map.${i}.part`)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('parts of a map joined are the whole, as JSON, CSV and PNG, byte for byte', async () => {
  for (const extension of ['json', 'csv', 'png']) {
    await run(`${job} ${one} --out whole.${extension}`)
    await run(`join map.2.part map.3.part map.1.part --out joined.${extension}`)
    expect(read(`joined.${extension}`).equals(read(`whole.${extension}`)), extension).toBe(true)
  }
})

test('parts of a grid with curvature joined are the whole', async () => {
  const grid = 'grid --w -6,10,33 --b -8,8,31 --learningRate 3 --engine cpu --workers 1'
  for (const i of [1, 2, 3, 4]) await run(`${grid} --tile ${i}/4 --out grid.${i}.part`)
  for (const extension of ['json', 'png']) {
    await run(`${grid} --out grid.${extension}`)
    const parts = [4, 2, 1, 3].map((i) => `grid.${i}.part`).join(' ')
    await run(`join ${parts} --out rejoined.${extension}`)
    expect(read(`rejoined.${extension}`).equals(read(`grid.${extension}`)), extension).toBe(true)
  }
})

test('a part is the same whoever computes it, and whenever', async () => {
  await run(`${job} --engine cpu --workers 2 --tile 2/3 --out again.part`)
  const [before, again] = [read('map.2.part'), read('again.part')]
  const rows = 10 * 37 * 10
  expect(again.subarray(-rows).equals(before.subarray(-rows))).toBe(true)
})

test.each<[why: string, sentence: string, parts: string]>([
  ['missing', 'Missing 1 of 3 parts: 2. Compute them with --tile I/3.', 'map.1.part map.3.part'],
  ['twice', 'Part 1 of 3 is given twice: map.1.part and map.1.part', 'map.1.part map.1.part'],
  ['no file', 'The part none.part cannot be read (ENOENT)', 'map.1.part none.part'],
])('%s: refused, and nothing is written', async (_, sentence, parts) => {
  expect(await run(`join ${parts} --out refused.json`, 1)).toContain(sentence)
  expect(readdirSync(folder).filter((name) => name.startsWith('refused'))).toEqual([])
})

test.each([
  ['steps', '--steps 61', 'steps is 61 in it, and 60 there'],
  ['rate', '--learningRate 9', 'runner.learningRate is 9 in it, and 10 there'],
  ['axis', '--w -6,10,38', '38'],
  ['data', '--samples "0,0.5;1,0.6"', 'objective.samples'],
  ['parts', '--tile 2/4', 'the number of parts is 4 in it, and 3 there'],
])('a part of other %s is refused', async (_, change, sentence) => {
  const others = wordsOf(change)
  const words = wordsOf(`${job} ${one} --tile 2/3 --out foreign.part`)
  for (let i = 0; i < others.length; i += 2) {
    const at = words.indexOf(others[i])
    if (at >= 0) words.splice(at, 2)
  }
  expect((await steepest([...words, ...others])).code).toBe(0)
  const err = await run('join map.1.part foreign.part map.3.part --out refused.json', 1)
  expect(err).toContain('The part foreign.part belongs to another job than map.1.part')
  expect(err.replace('number of parts', 'the number of parts')).toContain(sentence)
})

test('a byte changed anywhere, a cut and a longer file are refused', async () => {
  const part = read('map.2.part')
  const header = part.indexOf('\n', part.indexOf('\n') + 1)
  const damages: [string, Buffer][] = [
    [`in the checksum`, changedAt(part, 30)],
    ['in the header', changedAt(part, header - 5)],
    ['in the first row', changedAt(part, header + 1)],
    ['in the last byte', changedAt(part, part.length - 1)],
    ['cut', part.subarray(0, part.length - 7)],
    ['longer', Buffer.concat([part, Buffer.alloc(4)])],
  ]
  for (const [where, bytes] of damages) {
    writeFileSync(inFolder('damaged.part'), bytes)
    const err = await run('join map.1.part damaged.part map.3.part --out refused.png', 1)
    expect(err, where).toContain('The part damaged.part is damaged: its checksum does not match.')
    expect(err, where).toContain('Compute that part again.')
  }
  writeFileSync(inFolder('damaged.part'), 'steepest, but no part\n')
  expect(await run('join damaged.part', 1)).toContain('The file damaged.part is not a part')
  writeFileSync(inFolder('damaged.part'), '')
  expect(await run('join damaged.part', 1)).toContain('is not a part')
})

function changedAt(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] ^= 1
  return changed
}

test('a valid checksum does not make the header trusted', async () => {
  const part = read('map.1.part')
  const begin = part.indexOf('\n') + 1
  const end = part.indexOf('\n', begin)
  const header = JSON.parse(part.toString('utf8', begin, end))
  const forged: [object, string][] = [
    [{ ...header, kind: 'other' }, 'its header has kind "other"'],
    [{ ...header, tile: { i: 4, n: 3 } }, 'its header has the tile 4/3'],
    [{ ...header, tile: { i: 1, n: 1e9 } }, 'its header has the tile'],
    [{ ...header, axes: [header.axes[0]] }, 'its header has axes'],
    [{ ...header, steepest: { ...header.steepest, v: 2 } }, 'its header has steepest.v 2'],
    [{ ...header, tile: { i: 1, n: 2 } }, 'bytes; it must have'],
  ]
  for (const [changed, sentence] of forged) {
    const body = Buffer.concat([Buffer.from(JSON.stringify(changed)), part.subarray(end)])
    const checksum = createHash('sha256').update(body).digest('hex')
    const line = `steepest part 1 sha256 ${checksum}\n`
    writeFileSync(inFolder('forged.part'), Buffer.concat([Buffer.from(line), body]))
    expect(await run('join forged.part', 1)).toContain(sentence)
  }
})

test('parts of another engine or version are refused', () => {
  const part = read('map.1.part')
  const begin = part.indexOf('\n') + 1
  const header = parseHeader(part.toString('utf8', begin, part.indexOf('\n', begin)))
  const other = (changes: object) => ({ path: 'other.part', header: { ...header, ...changes } })
  const own = { path: 'map.1.part', header }
  expect(() => checkParts([own, other({ engineKind: 'gpu' })])).toThrow(
    'The part other.part belongs to another job than map.1.part: engine is "gpu" in it, and "cpu" there.',
  )
  const steepest = { ...header.steepest, version: '9.0.0' }
  expect(() => checkParts([own, other({ steepest })])).toThrow('version is "9.0.0" in it')
})

test('cancelled, it ends with 130 and leaves no file', async () => {
  const words = wordsOf(`classify --w -6,10,512 --b -8,8,512 --steps 2000 ${one} --out long.png`)
  const { code, err } = await steepestProcess(words, {
    cwd: folder,
    // Its first tenth is done then, and most of the work is not.
    onText: (kill) => kill('SIGINT'),
  })
  expect(err).toContain('Cancelled; nothing was written.')
  expect(code).toBe(130)
  expect(readdirSync(folder).filter((name) => name.startsWith('long'))).toEqual([])
})
