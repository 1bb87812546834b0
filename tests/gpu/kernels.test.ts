/** Every kernel check in Dawn, the implementation of Chromium. */
import { expect, test } from 'vitest'
import { requestDawnDevice } from '../setup/dawn'
import { kernelChecks } from './kernelChecks'

const device = await requestDawnDevice()

test.for(kernelChecks)('Dawn in node: $name', async ({ name, run, isTold }) => {
  const said = await run(device)
  expect(said).toMatch(/./)
  if (isTold) console.info(`${name}: ${said}`)
})
