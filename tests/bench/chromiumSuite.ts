/** Runs the suite in headless Chromium: its WebGPU, its web workers, its JavaScript engine. */
import { join } from 'node:path'
import { build } from 'vite'
import { withBrowser, withServed } from './browser'
import type { Measurement } from './contest'
import type { SuitePart } from './suite'

export interface SuiteRun {
  measurements: Measurement[]
  cores: number
}

export async function runInChromium(
  root: string,
  parts: readonly SuitePart[],
  rounds: number,
): Promise<SuiteRun> {
  const outDir = join(root, 'node_modules', '.cache', 'steepest-bench', 'suite')
  await build({
    root: join(root, 'tests', 'bench'),
    configFile: false,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: join(root, 'tests', 'bench', 'suite.html') },
    },
  })
  return withServed(root, outDir, (address) =>
    withBrowser(async (browser) => {
      const page = await browser.newPage()
      await page.goto(`${address}suite.html`)
      await page.waitForFunction(() => 'runSuite' in window)
      const options = { parts, rounds, adapter: `Chromium ${browser.version()}`, times: 1 }
      return page.evaluate((options) => window.runSuite(options), options)
    }),
  )
}
