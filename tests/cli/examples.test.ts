/** The examples of --help run as they stand, and so does what the README says. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandNames, commands } from '../../src/cli/commands'
import { buildCli } from '../setup/cliCommand'

const folder = mkdtempSync(join(tmpdir(), 'steepest-examples-'))
const bin = join(folder, 'bin')
const command = fileURLToPath(new URL('../../src/cli/steepest.mjs', import.meta.url))

beforeAll(() => {
  buildCli()
  mkdirSync(bin)
  const start = `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`
  writeFileSync(join(bin, 'steepest'), start, { mode: 0o755 })
  // npx without npm, which takes a second each time.
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 })
  writeFileSync(join(folder, 'points.csv'), 'x,y\n0.5,0.2\n2.5,0.9\n-1,0.4\n')
  // Those of join and its own.
  for (const i of [1, 3, 4])
    shell(commands.classify.examples[2].replaceAll(/\b2(\/4|\.part)/g, `${i}$1`))
})
afterAll(() => rmSync(folder, { recursive: true }))

function shell(line: string) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', line], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  expect(status, `${line}: ${stderr}`).toBe(0)
  return stdout
}

const examples = commandNames.flatMap((name) => commands[name].examples)

/** Five cases, of which none is wrong. */
const report =
  /^Steepest .*\nCPU, .*\nnode .*\n(.* (steps|frames)\/s {2}(?!.* not within ).*\n){5}$/

test.each(examples)('%s', (line) => {
  const out = shell(line)
  const [, file] = /--out (\S+)/.exec(line) ?? []
  if (file === 'speed.txt') expect(readFileSync(join(folder, file), 'utf8')).toMatch(report)
  else if (file) expect(statSync(join(folder, file)).size).toBeGreaterThan(100)
  else if (line.endsWith('csv')) expect(out).toMatch(/^# Steepest .*\n/)
  else expect(Object.keys(JSON.parse(out))).toContain('data')
})
