/** Kernel checks in Chromium, on the device that the page would use. */
import { expect, test } from 'vitest'
import { requestGpu } from '../../src/gpu/device'
import { kernelChecks } from '../gpu/kernelChecks'

const { device } = await requestGpu(navigator.gpu)
const problems: string[] = []
device.addEventListener('uncapturederror', ({ error }) => {
  problems.push(error.message)
})

const checks = kernelChecks.filter(({ kind }) => kind === undefined)

test.for(checks)('Chromium: $name', async ({ run }) => {
  await expect(run(device)).resolves.toMatch(/./)
  expect(problems.splice(0), 'errors outside of any error scope').toEqual([])
})
