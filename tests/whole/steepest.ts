/** The page API as the tests of the page use it. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { PageApi } from '../../src/app/pageApi'
import type { Settings } from '../../src/settings/settings'

/** Waits for `steepest.ready`, and defines `frames(count)` in the page. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => window.steepest !== undefined)
  await page.evaluate(() => window.steepest.ready)
  await page.evaluate(() => {
    Object.assign(window, {
      async frames(count: number) {
        for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame)
      },
    })
  })
}

export function settingsOf(page: Page): Promise<Settings> {
  return page.evaluate(() => window.steepest.settings)
}

export async function apply(page: Page, partial: object): Promise<void> {
  await page.evaluate((change) => window.steepest.apply(change), partial)
}

/** The sentence with which a call of the page API is refused. */
export async function refusal(
  page: Page,
  method: keyof Pick<
    PageApi,
    | 'apply'
    | 'evaluateGrid'
    | 'descend'
    | 'classify'
    | 'stationaryPoints'
    | 'sweep'
    | 'explainStep'
    | 'save'
  >,
  request: unknown,
): Promise<string> {
  return page.evaluate(
    ([name, argument]) =>
      window.steepest[name](argument as object).then(
        () => 'It was not refused.',
        (reason: Error) => reason.message,
      ),
    [method, request] as const,
  )
}

/** Until the readout is of the pointer: before, it is of the chosen start. */
export async function pointerRead(page: Page): Promise<void> {
  await page.locator('[data-name="at"]').filter({ hasText: 'pointer' }).waitFor()
}

export async function boxOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox()
  expect(box, selector).not.toBeNull()
  return box as NonNullable<typeof box>
}
