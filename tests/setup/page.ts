/**
 * The built page in a real browser, for tests/whole. Each of the two processes that run them keeps
 * one browser of each kind for all its files, because a browser's first page takes some seconds
 * longer than the next. A page without graphics opens in a quarter of the time of one with WebGPU:
 * use it for everything that needs neither the GPU to compute nor three.js to draw.
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
 * The graphics that the browser offers the page:
 * - webgpu: everything
 * - no-adapter: navigator.gpu, which finds no adapter; WebGL2
 * - webgl: no navigator.gpu; WebGL2
 * - none: neither
 */
export type Graphics = 'webgpu' | 'no-adapter' | 'webgl' | 'none'

export interface OpenOptions {
  /** Starts with '?' or '#'. Default: none. */
  query?: string
  /** Size in CSS pixels. Default 960 x 600. */
  viewport?: { width: number; height: number }
  /**
   * Other options of a playwright context: colorScheme, reducedMotion, hasTouch, ... A CSS pixel is
   * half a screen pixel unless deviceScaleFactor is given: software drawing costs by the pixel.
   */
  context?: BrowserContextOptions
  /** Runs in the page before its own scripts. */
  before?: (() => void) | { content: string }
}

export interface VisitOptions extends Pick<OpenOptions, 'query' | 'viewport'> {
  /** Default dark. */
  colorScheme?: 'dark' | 'light'
}

export interface OpenedPage {
  readonly page: Page
  /** Errors and warnings of the console, as 'error: text' or 'warning: text'. */
  readonly consoleProblems: string[]
  /** Uncaught exceptions, with their stacks. */
  readonly pageErrors: string[]
  /** The address of every request, in order, whether answered or not. */
  readonly requests: string[]
  /**
   * Fails on console problems other than those allowed, on uncaught exceptions, and on requests to
   * another host. A browser without an adapter reports that itself: allow `noAdapterMessage`.
   */
  expectQuiet(allowed?: RegExp[]): void
  close(): Promise<void>
}

/**
 * Chromium's message on the console when requestAdapter() finds nothing.
 *
 * @public
 */
export const noAdapterMessage = /No available adapters|Failed to create WebGPU Context Provider/

export interface PageBrowser {
  /** Every page has its own context, with empty storage, and is closed after its test. */
  open(options?: OpenOptions): Promise<OpenedPage>
  /**
   * One page for many tests, as settled as after `steepest.ready`: it gets the settings of the
   * query, its dialogs and notices are closed, and no pipeline is recompiled. Not for tests of
   * opening (give a step: it does not start to play), nor of Undo, which knows earlier tests. If a
   * test fails, the next gets a new page. So does every test without WebGPU, because that is cheap.
   */
  visit(options?: VisitOptions): Promise<OpenedPage>
  /** Really loses the browser's GPU device, once: for a browser that is `own`. Closes no page. */
  crashGpu(): Promise<void>
}

declare global {
  /** Browsers of one process that runs page tests, one file after another. */
  var steepestBrowsers: Map<Graphics, Promise<Browser>> | undefined
  /** The page that `visit` returns for the browser with WebGPU. */
  var steepestPage: OpenedPage | undefined
}

/**
 * Starts the browser with the first page. Call it outside tests.
 * @param own whether the file has a browser of its own, which is closed at its end
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

/** Setting a step stops it; otherwise it would take processor time from all later tests. */
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
  // A worker answers somewhat later than everything else, and the last test's results are dimmed.
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

// No flag of Chromium 147 to 156 removes navigator.gpu (--disable-features=WebGPU and
// --disable-blink-features=WebGPU change nothing): flags remove the adapter, a script the property.
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
  // Only ends a hang, like the limits of vitest.config.ts.
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
 * WebGL driver messages about its own speed: they depend on how its queue happens to be filled.
 * Errors have another word in this place.
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
