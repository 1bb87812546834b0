/**
 * Finds the browser of the tests, and the flags and environment it needs. Plain JavaScript, because
 * it runs before any transpiler. Nothing here starts a browser.
 *
 * - CHROMIUM_PATH          this browser and no other
 * - STEEPEST_BROWSER=npm   the browser from npm, even if the system has one
 * - STEEPEST_REAL_GPU=1    the machine's GPU instead of SwiftShader
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  realpathSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { npmChromium, npmChromiumRunsHere } from './npmChromium.mjs'

/**
 * @typedef {object} Chromium
 * @property {string} executablePath
 * @property {string[]} args flags to launch it with, for a page with WebGPU
 * @property {Record<string, string>} env variables to add to the browser's environment
 * @property {'CHROMIUM_PATH' | 'system' | 'npm'} origin
 */

export const usesRealGpu = process.env.STEEPEST_REAL_GPU === '1'

/** @returns {Chromium} */
export function findChromium() {
  const { CHROMIUM_PATH: wanted, STEEPEST_BROWSER: choice } = process.env
  if (choice !== undefined && choice !== 'npm') {
    throw new Error(`STEEPEST_BROWSER is '${choice}', expected 'npm' or nothing.`)
  }
  if (choice === 'npm') return fromNpm()
  if (wanted) return fromPath(wanted)
  const executablePath = systemCandidates().find(isBrowser)
  if (executablePath) return { executablePath, args: webgpuArgs(), env: {}, origin: 'system' }
  if (npmChromiumRunsHere) return fromNpm()
  throw new Error(
    `No Chrome or Chromium found; looked for ${systemCandidates().join(', ')}. ` +
      'Install one, or set CHROMIUM_PATH to the executable.',
  )
}

/** @returns {Chromium} */
function fromNpm() {
  const { executablePath, env } = npmChromium()
  return { executablePath, args: webgpuArgs(), env, origin: 'npm' }
}

/** @param {string} executablePath @returns {Chromium} */
function fromPath(executablePath) {
  if (!existsSync(executablePath)) {
    throw new Error(
      `CHROMIUM_PATH is '${executablePath}', where there is no file. ` +
        'Set it to the executable of a Chrome or Chromium, or unset it.',
    )
  }
  return { executablePath, args: webgpuArgs(), env: {}, origin: 'CHROMIUM_PATH' }
}

/** Flags for any of our headless browsers, with WebGPU or without. */
export const quietArgs = [
  // The tests open only our own page, and many CI machines allow no user namespaces.
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

// Chromium's WebGPU uses Vulkan on Linux, but only if told to.
const vulkanArgs = ['--enable-features=Vulkan']

/** All are needed for a WebGPU canvas: with fewer, the first presented frame kills the GPU process. */
const swiftShaderArgs = [
  ...vulkanArgs,
  '--use-webgpu-adapter=swiftshader',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
]

function webgpuArgs() {
  const realGpuArgs = process.platform === 'linux' ? vulkanArgs : []
  return [...quietArgs, '--enable-unsafe-webgpu', ...(usesRealGpu ? realGpuArgs : swiftShaderArgs)]
}

/** Places where a Chrome or Chromium may be, best first. @returns {string[]} */
function systemCandidates() {
  if (process.platform === 'win32') return windowsCandidates()
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  const onMac = ['Google Chrome', 'Chromium'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  )
  const elsewhere = ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium']
  return [...onPath, ...(process.platform === 'darwin' ? onMac : elsewhere)]
}

function windowsCandidates() {
  const { ProgramFiles, 'ProgramFiles(x86)': x86, LOCALAPPDATA } = process.env
  return [ProgramFiles, x86, LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
}

/** @param {string} path */
function isBrowser(path) {
  return isExecutable(path) && !isSnap(path)
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * A snap sees neither the profile folder nor the flags that playwright passes. Its command is a
 * link to snap itself, or a small script that calls it.
 * @param {string} path
 */
function isSnap(path) {
  if (realpathSync(path).endsWith('/snap')) return true
  const start = readStart(path)
  return start.startsWith('#!') && start.includes('/snap/')
}

/** @param {string} path */
function readStart(path) {
  const bytes = Buffer.alloc(4096)
  const file = openSync(path, 'r')
  const length = readSync(file, bytes)
  closeSync(file)
  return bytes.toString('latin1', 0, length)
}
