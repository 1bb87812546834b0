/** The browsers of tests/setup/page.ts offer what they promise. */
import { expect, test } from 'vitest'
import { type Graphics, useBrowser } from '../setup/page'

const promised: Record<Graphics, { property: boolean; adapter: boolean; webgl: boolean }> = {
  webgpu: { property: true, adapter: true, webgl: true },
  'no-adapter': { property: true, adapter: false, webgl: true },
  webgl: { property: false, adapter: false, webgl: true },
  none: { property: false, adapter: false, webgl: false },
}

for (const graphics of Object.keys(promised) as Graphics[]) {
  const browser = useBrowser(graphics)
  test(`a browser of the kind '${graphics}'`, async () => {
    const { page } = await browser.open()
    const found = await page.evaluate(async () => ({
      property: 'gpu' in navigator,
      adapter: Boolean(await navigator.gpu?.requestAdapter()),
      webgl: document.createElement('canvas').getContext('webgl2') !== null,
    }))
    expect(found).toEqual(promised[graphics])
  })
}
