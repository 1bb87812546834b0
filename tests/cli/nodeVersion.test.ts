/** Which node is told that it is too old. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { complaintAbout } from '../../src/cli/nodeVersion.mjs'

const enginesOf = (path: string): string =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).engines.node

test('one too old is told in a sentence which is wanted', () => {
  for (const version of ['16.20.2', '18.20.8', '20.18.3', '21.7.3', '22.11.0']) {
    expect(complaintAbout(version)).toBe(
      `Steepest needs node 20.19, 22.12 or later, from nodejs.org; this is node ${version}.`,
    )
  }
})

test('one new enough is told nothing', () => {
  for (const version of ['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.1.0', '100.0.0']) {
    expect(complaintAbout(version)).toBeNull()
  }
})

test('package.json and vite say the same', () => {
  expect(enginesOf('../../package.json')).toBe('^20.19 || >=22.12')
  expect(enginesOf('../../node_modules/vite/package.json')).toBe('^20.19.0 || >=22.12.0')
})
