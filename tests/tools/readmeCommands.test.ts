/** CI runs what the README promises; a README that promises anything else must not go unseen. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { promisedCommands, startCommands } from '../readme/commands.mjs'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

test('the README has the two start commands, and others in both sections', () => {
  const { start, test: tests, servers, others } = promisedCommands(readme)
  expect([start, tests]).toEqual(startCommands)
  expect(servers).toEqual(['npm run dev'])
  expect(others).toContain('npm run check')
  // A command split over two lines counts as one.
  expect(others.filter((command) => /^seq .* --tile .* --out /.test(command))).toHaveLength(1)
})

describe('the README is refused', () => {
  const [first, second] = startCommands
  test.each([
    [
      'without the section',
      (text: string) => text.replace('## Start', '## Begin'),
      /no section "Start"/,
    ],
    ['without its block', (text: string) => text.replace('```sh', '```'), /has the commands none/],
    ['with one alone', (text: string) => text.replace(second, ''), /must have/],
    ['with another', (text: string) => text.replace(first, `${first} --open`), /start --open/],
    ['with a third', (text: string) => text.replace(second, `${second}\nnpm run bench`), /bench/],
    [
      'without commands for the command line',
      (text: string) => text.replaceAll(/```sh\n[^`]*npx steepest[^`]*```/g, ''),
      /"Without a browser" of the README has no command/,
    ],
    [
      'without commands for working on it',
      (text: string) => text.replaceAll('| `npm', '| npm'),
      /"Working on it" of the README has no command/,
    ],
  ])('%s', (_, change, sentence) => {
    const changed = change(readme)
    expect(changed).not.toBe(readme)
    expect(() => promisedCommands(changed)).toThrow(sentence)
  })
})
