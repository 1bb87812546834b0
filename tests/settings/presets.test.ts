import { expect, test } from 'vitest'
import { changeSettings } from '../../src/settings/change'
import { presets } from '../../src/settings/presets'
import { defaults } from '../../src/settings/settings'

test('there are at least five presets, each with a name of its own, source and reason', () => {
  expect(presets.length).toBeGreaterThanOrEqual(5)
  expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length)
  for (const { source, reason } of presets) {
    expect(source).toMatch(/\w{3}.*\.$/)
    expect(reason).toMatch(/\w{3}.*\.$/)
  }
})

test.for([...presets])('the preset $name is acceptable in every value', ({ settings }) => {
  expect(changeSettings(defaults, settings).complaints).toEqual([])
})

test.for([...presets])('the start of the preset $name is in its view', ({ settings }) => {
  const { start, view } = settings
  expect(start[0]).toBeGreaterThanOrEqual(view.w[0])
  expect(start[0]).toBeLessThanOrEqual(view.w[1])
  expect(start[1]).toBeGreaterThanOrEqual(view.b[0])
  expect(start[1]).toBeLessThanOrEqual(view.b[1])
})

test('the first preset is the default', () => {
  expect(changeSettings(defaults, presets[0].settings).settings).toEqual(defaults)
})
