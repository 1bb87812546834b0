/** Wrong usage: exit code 2 and a sentence with what was found and what is wanted. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { commandNames, commands } from '../../src/cli/commands'
import { run } from '../../src/cli/main'
import { createProgress } from '../../src/cli/output'

const folder = mkdtempSync(join(tmpdir(), 'steepest-usage-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** In this process: nothing here gets as far as an engine. */
async function answer(...words: string[]) {
  let [out, err] = ['', '']
  const code = await run(words, {
    write: async (chunk) => {
      out += chunk
    },
    say: (text) => {
      err += text
    },
    isInteractive: false,
    signal: new AbortController().signal,
  })
  return { code, out, err }
}

const map = ['classify', '--w', '-6,10,64']

test.each<[words: string[], sentence: string]>([
  [[], 'got no command; it must be one of grid, descend, classify, sweep, explain, join, bench'],
  [['clasify'], 'has no command "clasify"'],
  [['--foo'], 'has no command "--foo"'],
  [['grid', '--foo', '1'], 'grid has no option --foo; it takes --permalink'],
  [['grid', '--steps', '1'], 'grid has no option --steps'],
  [['grid', 'x'], 'grid got "x", which belongs to no option'],
  [['grid', '--w'], 'The option --w has no value; it must be MIN,MAX,COUNT'],
  [['grid', '--w', '1,2,3', '--w', '1,2,3'], '--w is given twice'],
  [['grid', '--quiet=1'], '--quiet has "1"; it takes no value'],
  [['grid', '--w', '1'], 'The option --w is "1"; it must be MIN,MAX,COUNT.'],
  [['grid', '--w', '-6,ten,64'], 'The option w is [-6, "ten"]; it must be [min, max]'],
  [
    ['grid', '--w', '-6,10,1'],
    'The option w[2], the count, is 1; it must be a whole number from 2',
  ],
  [['grid', '--w', '-6,10,5000'], 'is 5000; it must be a whole number from 2 to 4096'],
  [['grid', '--learningRate', '0'], 'The option learningRate is 0; it must be a number from'],
  [[...map, '--steps', '1.5'], 'The setting steps is 1.5; it must be a whole number'],
  [[...map, '--loss', 'mse'], 'The setting loss is "mse"; it must be one of mean, half'],
  [[...map, '--engine', 'tpu'], 'The setting engine is "tpu"; it must be one of auto, gpu, cpu'],
  [[...map, '--rule', 'adma'], 'has "adma" as a rule; it must be one of'],
  [[...map, '--rule', 'adam:beta3=1'], 'it takes beta1, beta2, epsilon'],
  [[...map, '--rule', 'adam:1', '--learningRate', '2'], 'both have a rate; give one'],
  [[...map, '--rule', '__proto__'], 'as a rule; it must be one of'],
  [[...map, '--axes', 'w,w'], 'The option --axes is "w,w"; it must be one of w,b'],
  [[...map, '--axes', 'b,log10Rate'], 'and --w is neither; --axes sets them'],
  [
    [...map, '--tile', '1/2'],
    'A tile is written to a .part file, for steepest join; --out is missing',
  ],
  [[...map, '--tile', '1/2', '--out', 'a.json'], '--out is "a.json"'],
  [[...map, '--tile', '0/2', '--out', 'a.part'], '--tile is "0/2"; it must be I/N with 1 <= I'],
  [[...map, '--tile', '3/2', '--out', 'a.part'], '--tile is "3/2"'],
  [[...map, '--b', '0,1,4', '--tile', '1/5', '--out', 'a.part'], 'N <= 4, the rows'],
  [[...map, '--format', 'png'], '--format is "png"; it must be json or csv'],
  [[...map, '--out', 'a.gif'], '--out is "a.gif"; classify writes .json, .csv, .png, .part'],
  [[...map, '--out', 'a.csv', '--format', 'csv'], 'Both --out and --format'],
  [['descend', '--out', 'a.png'], 'descend writes .json, .csv'],
  [['descend', '--start', '1'], 'The setting start is [1]; it must be two numbers'],
  [['descend', '--starts', '1,2;3'], 'The option starts[1] is [3]; it must be two numbers'],
  [['descend', '--starts', 'grid'], 'starts.perSide is ""'],
  [['descend', '--starts', 'circle:3'], '--starts is "circle:3"; it must be W,B'],
  [['descend', '--start', '1,2', '--starts', '1,2'], 'Both --start and --starts'],
  [['sweep', '--rates', '1,x'], 'The option rates[1] is "x"; it must be a number'],
  [['sweep', '--rates', '1', '--sweep', '0,1,5'], 'Both --rates and --sweep'],
  [['sweep', '--sweep', '0,1,1'], 'it must be 2 to 4096'],
  [['sweep', '--sweep', '5,1,9'], 'The setting rates.sweep is [5, 1]'],
  [['explain', '--w', 'a'], 'The option w is "a"; it must be a number'],
  [['explain', '--direction', '1'], 'The option direction is [1]; it must be two numbers'],
  [['bench', '--format', 'csv'], 'The option --format is "csv"; it must be txt or json.'],
  [['bench', '--out', 'a.csv'], 'bench writes .txt, .json'],
  [['bench', '--steps', '1'], 'bench has no option --steps'],
  [['join'], 'join got no parts'],
  [['join', 'a.part', '--out', 'b.part'], 'join writes .json, .csv, .png'],
  [['grid', '--permalink', 'hello'], 'must be an address or its part from ? on'],
  [['grid', '--permalink', '?v=1&steps=0'], 'In the permalink: The setting steps is 0'],
  [['grid', '--permalink', '?v=9'], 'has version 9'],
  [['grid', '--samples', 'preset:none'], 'no preset "none"; it must be one of odd'],
  [['grid', '--samples', '1,2;3'], 'The setting samples is'],
])('%j', async (words, sentence) => {
  const { code, out, err } = await answer(...words)
  expect(err).toContain('steepest')
  expect(err).toContain(sentence)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
  expect([code, out]).toEqual([2, ''])
})

test('files that cannot be read or have no points fail with 1', async () => {
  writeFileSync(join(folder, 'bad.csv'), 'x,y\n1,2\n3\n')
  const bad = await answer('grid', '--samples', join(folder, 'bad.csv'))
  expect([bad.code, bad.err]).toEqual([
    1,
    expect.stringContaining('Row 3, column 2: The cell is empty'),
  ])
  const missing = await answer('grid', '--samples', join(folder, 'none.csv'))
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('(ENOENT)')])
  const part = await answer('join', join(folder, 'bad.csv'))
  expect([part.code, part.err]).toEqual([1, expect.stringContaining('is not a part')])
  expect(readdirSync(folder)).toEqual(['bad.csv'])
})

test('help of every command names its options and has examples', async () => {
  const general = await answer('--help')
  expect(general).toMatchObject({ code: 0, err: '' })
  for (const name of commandNames) {
    expect(general.out).toContain(`  ${name}`)
    const { code, out } = await answer(name, '--help')
    expect(code).toBe(0)
    for (const option of commands[name].takes) expect(out).toContain(`--${option}`)
    expect(out).toContain('Examples:\n  steepest ')
    expect((await answer('help', name)).out).toBe(out)
  }
  expect((await answer('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('progress: a line for each tenth in a log, one line written over on a screen, none if quiet', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const saidBy = (isInteractive: boolean, isQuiet: boolean) => {
    let said = ''
    const terminal = {
      write: async () => {},
      say: (text: string) => {
        said += text
      },
      isInteractive,
      signal: new AbortController().signal,
    }
    const progress = createProgress(terminal, 'map', isQuiet)
    for (const share of [0.04, 0.12, 0.13, 0.55, 1]) {
      vi.advanceTimersByTime(600)
      progress.at(share)
    }
    progress.end()
    return said
  }
  expect(saidBy(false, false)).toBe('map: 12 %\nmap: 55 %\nmap: 100 %\n')
  expect(saidBy(true, false)).toMatch(/^\rmap: 4 %\rmap: 12 %[\s\S]*\rmap: 100 %\r +\r$/)
  expect(saidBy(true, true)).toBe('')
  vi.useRealTimers()
})
