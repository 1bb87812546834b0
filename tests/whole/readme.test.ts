/** The README's examples work as they stand there. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAddress } from '../../src/settings/address'
import { useBrowser } from '../setup/page'
import { settingsOf, settled } from './steepest'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const browser = useBrowser()
const plain = useBrowser('none')

test('the script runs in the page, line by line, with the results it names', async () => {
  const script = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  expect(script).toContain('steepest.descend')
  const { page, expectQuiet } = await browser.open({
    viewport: { width: 800, height: 600 },
    query: '?grid=64&side=8&step=0',
  })
  await settled(page)
  const found = await page.evaluate(`(async () => {
    ${script}
    return [loss.length, dLdw.length, dLdb.length, positions.length, recordedSteps.length]
  })()`)
  const records = 101
  expect(found).toEqual([512 * 512, 512 * 512, 512 * 512, 2 * records * 2, records])
  expect((await settingsOf(page)).steps).toBe(500)
  expectQuiet()
})

test('the licences that the page links have the text of each library that is in it', async () => {
  const { page } = await plain.open({ query: '?grid=64&side=8&step=0' })
  const href = await page.locator('.about a').getAttribute('href')
  const answer = await page.request.get(new URL(href ?? '', page.url()).href)
  expect(answer.headers()['content-type']).toMatch(/^text\/plain/)
  const [own, ...others] = (await answer.text()).split(/^## /m)
  expect(own).toContain('the Steepest authors')
  const { dependencies } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { dependencies: Record<string, string> }
  // vite builds the page, and is not in it.
  const { vite: _, ...inPage } = dependencies
  expect(others.map((text) => text.split(' - ')[0])).toEqual(Object.keys(inPage))
  for (const text of others) expect(text.length, text.slice(0, 40)).toBeGreaterThan(500)
  expect(others.join()).toContain('Mozilla Public License Version 2.0')
  expect(others.join()).toContain('https://github.com/Vanilagy/mediabunny')
})

test('every address in it is read without a complaint', () => {
  const addresses = [...readme.matchAll(/`(\?[^`\s]{2,})`/g)].map(([, query]) => query)
  expect(addresses.length).toBeGreaterThanOrEqual(4)
  for (const query of addresses) expect(readAddress(query).complaints, query).toEqual([])
})

test('every npm script that it names exists', () => {
  const { scripts } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { scripts: Record<string, string> }
  const named = [...readme.matchAll(/npm (?:run )?(start|test|dev|check|bench)\b/g)]
  expect(named.length).toBeGreaterThan(5)
  for (const [, name] of named) expect(Object.keys(scripts)).toContain(name)
})
