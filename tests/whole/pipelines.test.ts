/** Drivers that cannot build a pipeline. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from '../setup/page'
import { apply, refusal, settled } from './steepest'

const browser = useBrowser()
const viewport = { width: 1280, height: 800 }

/** Compute pipelines with this label, or all, are refused as a driver would. */
const refuseCompute = (refused: string) => {
  const { createComputePipelineAsync: create } = GPUDevice.prototype
  GPUDevice.prototype.createComputePipelineAsync = function (descriptor) {
    if (refused !== 'all' && descriptor.label !== refused) return create.call(this, descriptor)
    const reason = { reason: 'internal' } as const
    return Promise.reject(new GPUPipelineError('D3D12: E_OUTOFMEMORY 0x8007000E', reason))
  }
}

const refuseRender = (how: string) => {
  const { createRenderPipeline: create } = GPUDevice.prototype
  GPUDevice.prototype.createRenderPipeline = function (descriptor) {
    if (how === 'throws') throw new GPUPipelineError('vkCreate: -13', { reason: 'internal' })
    // No device can take this many samples.
    return create.call(this, { ...descriptor, multisample: { count: 3 } })
  }
}

async function open(before: (how: string) => void, how: string) {
  const query = '?grid=64&side=8&step=20&map=64'
  const opened = await browser.open({
    viewport,
    query,
    before: { content: `(${before})("${how}")` },
  })
  await settled(opened.page)
  return opened
}

const kindOf = (page: Page) => page.evaluate(() => window.steepest.engine?.kind)

async function noticesOf(page: Page): Promise<string> {
  const texts = (await page.locator('.notice p').allTextContents()).join(' ')
  expect(texts).not.toMatch(/D3D12|vkCreate|GPUPipelineError|TypeError/)
  return texts
}

test.for([
  [refuseCompute, 'all'],
  [refuseRender, 'throws'],
  [refuseRender, 'is invalid'],
] as const)('the processor takes over: %o %s', async ([before, how]) => {
  const { page, pageErrors } = await open(before, how)
  await expect.poll(() => kindOf(page)).toBe('cpu')
  await apply(page, {})
  expect(await noticesOf(page)).toMatch(/The graphics driver cannot .*The processor takes over\.$/)
  const { minima } = await page.evaluate(() => window.steepest.stationaryPoints())
  expect(minima).toHaveLength(2)
  expect(pageErrors).toEqual([])
})

test('maps that cannot be computed say so; all else goes on', async () => {
  const { page, pageErrors } = await open(refuseCompute, 'classifyOutcomes')
  expect(await noticesOf(page)).toBe('')
  await page.locator('.lenses [data-lens=starts]').click()
  await page.locator('.notice').waitFor()
  const sentence =
    'The graphics driver cannot build the program that finds where descents end, so whatever ' +
    'needs it stays empty; it works with the engine CPU.'
  expect(await noticesOf(page)).toBe(sentence)
  const request = { w: [-1, 1, 4], b: [-1, 1, 4], learningRate: 1, steps: 9 }
  expect(await refusal(page, 'classify', request)).toBe(sentence)
  await apply(page, { lens: 'descend' })
  expect(await kindOf(page)).toBe('gpu')
  await apply(page, { lens: 'starts', engine: 'cpu' })
  expect(await kindOf(page)).toBe('cpu')
  expect(pageErrors).toEqual([])
})
