/**
 * The built page in a real browser, for tests/whole. Each of the two processes that run them keeps one
 * browser of each kind for all its files, as the first page of a browser takes some seconds longer
 * than the next. A page without graphics opens in a quarter of the time of one with WebGPU: it is for
 * all that neither the GPU computes nor three.js draws.
 *
 *     const browser = useBrowser()
 *     test('...', async () => {
 *       const opened = await browser.open({ query: '?v=1', viewport: { width: 640, height: 360 } })
 *       await opened.page.click('...')
 *       opened.expectQuiet()
 *     })
 */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, expect, inject } from 'vitest'
import { readAddress } from '../../src/settings/address'
import { settled } from '../whole/steepest'
import { findChromium, quietArgs } from './chromium.mjs'

/**
 * What the browser offers the page:
 * - webgpu: everything
 * - no-adapter: navigator.gpu, which finds no adapter; WebGL 2
 * - webgl: no navigator.gpu; WebGL 2
 * - none: neither
 */
export type Graphics = 'webgpu' | 'no-adapter' | 'webgl' | 'none'

export interface OpenOptions {
  /** From the '?' or '#' on. Default: none. */
  query?: string
  /** Size in CSS pixels. Default 960 x 600. */
  viewport?: { width: number; height: number }
  /**
   * Anything else of a playwright context: colorScheme, reducedMotion, hasTouch, ... A CSS pixel is
   * half a pixel of the screen unless deviceScaleFactor is given: drawing in software costs by it.
   */
  context?: BrowserContextOptions
  /** Runs in the page before its own scripts. */
  before?: () => void
}

export interface VisitOptions extends Pick<OpenOptions, 'query' | 'viewport'> {
  /** Default dark. */
  colorScheme?: 'dark' | 'light'
}

export interface OpenedPage {
  readonly page: Page
  /** Errors and warnings of the console, as 'error: text' or 'warning: text'. */
  readonly consoleProblems: string[]
  /** Exceptions that nothing caught, with their stacks. */
  readonly pageErrors: string[]
  /** The address of every request, in order, answered or not. */
  readonly requests: string[]
  /**
   * Fails on console problems other than the allowed, uncaught exceptions, or a request to another
   * host. A browser without adapter says so itself: allow `noAdapterMessage`.
   */
  expectQuiet(allowed?: RegExp[]): void
  close(): Promise<void>
}

/**
 * Chromium's own words on the console when requestAdapter() finds nothing.
 *
 * @public
 */
export const noAdapterMessage = /No available adapters|Failed to create WebGPU Context Provider/

export interface PageBrowser {
  /** Every page is in a context of its own, with empty storage, and is closed after its test. */
  open(options?: OpenOptions): Promise<OpenedPage>
  /**
   * One page for many tests, as settled as after `steepest.ready`: it gets the settings of the query,
   * its dialogs and notices are closed, and no pipeline is compiled anew. Not for what opening does
   * (give a step: it does not begin to play), nor for Undo, which knows the tests before. After a test
   * that fails the next gets a new page. So does every test without WebGPU, where that is cheap.
   */
  visit(options?: VisitOptions): Promise<OpenedPage>
  /** A true loss of the GPU device, once for each browser: for one that is `own`. Closes no page. */
  crashGpu(): Promise<void>
}

declare global {
  /** Of one process that runs page tests, one file after another. */
  var steepestBrowsers: Map<Graphics, Promise<Browser>> | undefined
  /** What `visit` gives of the browser with WebGPU. */
  var steepestPage: OpenedPage | undefined
}

/**
 * Starts the browser with the first page. Call it outside of tests.
 * @param own a browser of its own, which ends with the file
 */
export function useBrowser(graphics: Graphics = 'webgpu', { own = false } = {}): PageBrowser {
  globalThis.steepestBrowsers ??= new Map()
  const browsers = own ? new Map<Graphics, Promise<Browser>>() : globalThis.steepestBrowsers
  const running = () => {
    const found = browsers.get(graphics) ?? launch(graphics)
    browsers.set(graphics, found)
    return found
  }
  const opened = new Set<OpenedPage>()
  let isVisited = false
  afterEach(async ({ task }) => {
    await Promise.all([...opened].map((page) => page.close()))
    opened.clear()
    const kept = globalThis.steepestPage
    if (!isVisited || !kept) return
    isVisited = false
    if (task.result?.state !== 'fail') return stopPlaying(kept.page)
    globalThis.steepestPage = undefined
    await kept.close()
  })
  if (own) afterAll(async () => (await browsers.get(graphics))?.close())
  return {
    async open(options = {}) {
      const page = await openPage(await running(), graphics, options)
      opened.add(page)
      return page
    },
    async visit(options = {}) {
      const isKept = graphics === 'webgpu' && !own
      isVisited = isKept
      const kept = isKept ? globalThis.steepestPage : undefined
      if (kept) await resetPage(kept, options)
      const page = kept ?? (await openSettled(await running(), graphics, options))
      if (isKept) globalThis.steepestPage = page
      else opened.add(page)
      return page
    },
    crashGpu: async () => crashGpu(await running()),
  }
}

async function openSettled(browser: Browser, graphics: Graphics, options: VisitOptions) {
  const { colorScheme = 'dark', ...rest } = options
  const opened = await openPage(browser, graphics, rest)
  await opened.page.emulateMedia({ colorScheme })
  await settled(opened.page)
  return opened
}

/** Another step ends it; it would take its share of the processor from all tests that follow. */
function stopPlaying(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { step } = window.steepest.settings
    return window.steepest.apply({ step: step === 0 ? 1 : 0 })
  })
}

async function resetPage(opened: OpenedPage, options: VisitOptions): Promise<void> {
  const { query = '', viewport = defaultViewport, colorScheme = 'dark' } = options
  const { page, consoleProblems, pageErrors, requests } = opened
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await page.mouse.move(0, 0)
  await page.evaluate(async (settings) => {
    for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) {
      dialog.close()
    }
    for (const button of document.querySelectorAll<HTMLElement>('.notice button')) button.click()
    const { activeElement } = document
    if (activeElement instanceof HTMLElement) activeElement.blur()
    await window.steepest.apply(settings)
  }, readAddress(query).settings)
  // A worker's answers come somewhat later than all else: what is shown of the test before is dimmed.
  await page.evaluate('frames(2)')
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.stale')].every((element) => !element.checkVisibility()),
  )
  for (const list of [consoleProblems, pageErrors, requests]) list.length = 0
}

function launch(graphics: Graphics): Promise<Browser> {
  const { executablePath, args, env } = findChromium()
  return chromium.launch({
    executablePath,
    args: graphics === 'webgpu' ? args : [...quietArgs, ...reducedArgs[graphics]],
    env: { ...process.env, ...env },
  })
}

// No flag of Chromium 147 to 156 takes navigator.gpu away (--disable-features=WebGPU and
// --disable-blink-features=WebGPU change nothing): flags take the adapter, a script the property.
const softwareWebgl = ['--disable-gpu', '--enable-unsafe-swiftshader']
const reducedArgs = {
  'no-adapter': softwareWebgl,
  webgl: softwareWebgl,
  none: ['--disable-gpu', '--disable-software-rasterizer'],
}

function removeNavigatorGpu(): void {
  Reflect.deleteProperty(Navigator.prototype, 'gpu')
}

const defaultViewport = { width: 960, height: 600 }

async function openPage(
  browser: Browser,
  graphics: Graphics,
  options: OpenOptions,
): Promise<OpenedPage> {
  const { query = '', viewport = defaultViewport, before } = options
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 0.5,
    ...options.context,
  })
  // It ends a hang, as the limits of vitest.config.ts do.
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  const recorded = record(page)
  if (graphics === 'webgl' || graphics === 'none') await page.addInitScript(removeNavigatorGpu)
  if (before) await page.addInitScript(before)
  const address = inject('pageAddress')
  await page.goto(address + query)
  return {
    page,
    ...recorded,
    expectQuiet: (allowed = []) => expectQuiet(recorded, address, allowed),
    close: () => context.close(),
  }
}

type Recorded = Pick<OpenedPage, 'consoleProblems' | 'pageErrors' | 'requests'>

function record(page: Page): Recorded {
  const recorded: Recorded = { consoleProblems: [], pageErrors: [], requests: [] }
  page.on('console', (message) => {
    const type = message.type()
    if (type === 'error' || type === 'warning') {
      recorded.consoleProblems.push(`${type}: ${message.text()}`)
    }
  })
  page.on('pageerror', (error) =>
    recorded.pageErrors.push(error.stack || `${error.name}: ${error.message}`),
  )
  page.on('request', (request) => recorded.requests.push(request.url()))
  return recorded
}

/**
 * What the driver of WebGL says of its own speed: whether it does depends on how its queue happens
 * to be filled. Its errors have another word in this place.
 */
const driverPerformance = /GL Driver Message \(OpenGL, Performance, /

function expectQuiet(recorded: Recorded, address: string, allowed: RegExp[]): void {
  const { consoleProblems, pageErrors, requests } = recorded
  const accepted = [driverPerformance, ...allowed]
  const problems = consoleProblems.filter((text) => !accepted.some((pattern) => pattern.test(text)))
  const origins = ['blob:', 'data:', address]
  const foreign = requests.filter((url) => !origins.some((origin) => url.startsWith(origin)))
  expect.soft(pageErrors, 'exceptions that nothing caught').toEqual([])
  expect.soft(problems, 'errors and warnings of the console').toEqual([])
  expect.soft(foreign, `requests outside of ${address}`).toEqual([])
}

async function crashGpu(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession()
  await session.send('Browser.crashGpuProcess')
  await session.detach()
}
