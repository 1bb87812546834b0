import { expect, test } from 'vitest'
import { speedFactor } from '../../src/dialogs/gallery/kiosk'
import { readAddress } from '../../src/settings/address'

test.each([
  ['?kiosk', 1],
  ['?kiosk=3', 3],
  ['?v=1&kiosk=0.5', 0.5],
  ['?kiosk=abc', 1],
  ['?kiosk=-5', 1],
  ['?kiosk=1e9', 100],
])('%s is %d times as fast', (query, factor) => {
  expect(speedFactor(readAddress(query).given.get('kiosk'))).toBe(factor)
})
