import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import pageConfig from '../../vite.config.ts'
import { findChromium } from './chromium.mjs'

const gpuTests = process.env.STEEPEST_GPU_TESTS ?? 'on'
if (gpuTests !== 'on' && gpuTests !== 'off') {
  throw new Error(`STEEPEST_GPU_TESTS is '${gpuTests}', expected 'on', 'off' or nothing.`)
}
if (gpuTests === 'off') {
  console.warn(
    'STEEPEST_GPU_TESTS=off: tests/{gpu,whole} and *.browser.test.ts do NOT run; no shader is tested.',
  )
}

const { executablePath, args, env } = findChromium()

/** Milliseconds that end a hang. They measure nothing: polling ends on success, on any machine. */
const limits = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
}

const setupFiles = ['tests/setup/seed.ts']

/** Tests that need a document or a browser's GPU, then tests of the page; node has the rest. */
const inBrowser = 'tests/**/*.browser.test.ts'
const onPage = 'tests/whole/**/*.test.ts'

/** Dawn lives in the process, and crashes in a vm or a thread: hence forks. */
const node = {
  test: {
    name: 'node',
    environment: 'node',
    pool: 'forks' as const,
    include: ['tests/**/*.test.ts'],
    exclude: [
      ...[inBrowser, onPage],
      ...(gpuTests === 'off' ? ['tests/gpu/**', 'tests/cli/gpu.test.ts'] : []),
    ],
    setupFiles,
    ...limits,
    // The default leaves one core free, which is half of two: 182 s instead of 260 with all cores.
    maxWorkers: '100%',
    sequence: { groupOrder: 0 },
  },
}

const browser = {
  // Uses the same three.js as the page.
  resolve: pageConfig.resolve ?? {},
  // Listed in advance: vite reloads the page if it first meets a package during a test.
  optimizeDeps: {
    include: [
      'comlink',
      'd3-dsv',
      'fast-check',
      'lil-gui',
      'three/addons/controls/OrbitControls.js',
      'three/src/renderers/common/Renderer.js',
      'three/src/renderers/webgl-fallback/WebGLBackend.js',
      'three/src/renderers/webgpu/WebGPUBackend.js',
      'three/src/renderers/webgpu/nodes/BasicNodeLibrary.js',
      'three/tsl',
      'three/webgpu',
      'uplot',
      'valibot',
    ],
  },
  test: {
    name: 'browser',
    include: [inBrowser],
    setupFiles,
    ...limits,
    // SwiftShader takes every core: files in parallel would only wait for each other.
    fileParallelism: false,
    sequence: { groupOrder: 1 },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      api: { host: '127.0.0.1' },
      viewport: { width: 640, height: 480 },
      provider: playwright({
        launchOptions: { executablePath, args, env: { ...process.env, ...env } },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
}

const page = {
  test: {
    name: 'whole',
    environment: 'node',
    pool: 'forks' as const,
    include: [onPage],
    globalSetup: ['tests/setup/servePage.ts'],
    ...limits,
    // Two processes, each with its own browsers: half of the pages draw nothing in software.
    maxWorkers: 2,
    isolate: false,
    sequence: { groupOrder: 2 },
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    projects: gpuTests === 'off' ? [node] : [node, browser, page],
    // A focused test left behind would silently switch the others off.
    allowOnly: false,
  },
})
