/**
 * Finds Vulkan drivers for WebGPU outside a browser: Dawn in node, wgpu in Deno. Only Linux needs
 * this; on other systems both use the system's own interface, and there is nothing to find.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findChromium, usesRealGpu } from './chromium.mjs'
import { npmChromium, npmChromiumRunsHere } from './npmChromium.mjs'

const swiftShaderIcd = 'vk_swiftshader_icd.json'

/**
 * The variables that make the Vulkan loader choose SwiftShader; none if the choice is left to the
 * system or already made. They must be set before a process starts.
 * @returns {Record<string, string>}
 */
export function swiftShaderEnv() {
  if (process.platform !== 'linux' || usesRealGpu || process.env.VK_ICD_FILENAMES) return {}
  const folder = swiftShaderFolder()
  return { VK_ICD_FILENAMES: join(folder, swiftShaderIcd), LD_LIBRARY_PATH: libraryPath(folder) }
}

/**
 * The same for Mesa's lavapipe, a system package; wgpu takes it, Dawn refuses Debian 12's.
 * @returns {Record<string, string> | undefined} undefined if it is not installed
 */
export function lavapipeEnv() {
  const folders = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d']
  for (const folder of folders.filter(existsSync)) {
    const icd = readdirSync(folder).find((name) => /^lvp_icd.*\.json$/.test(name))
    if (icd) {
      return {
        VK_ICD_FILENAMES: join(folder, icd),
        LD_LIBRARY_PATH: libraryPath(swiftShaderFolder()),
      }
    }
  }
  return undefined
}

/** A browser has SwiftShader and the Vulkan loader next to its executable. */
function swiftShaderFolder() {
  const { executablePath } = findChromium()
  const folders = [
    dirname(realpathSync(executablePath)),
    // The command on PATH may be a script in another folder than the browser.
    ...['/usr/lib/chromium', '/usr/lib64/chromium-browser', '/opt/google/chrome'],
  ]
  const found = folders.find((folder) => existsSync(join(folder, swiftShaderIcd)))
  if (found) return found
  if (npmChromiumRunsHere) return npmChromium().folder
  throw new Error(
    `No ${swiftShaderIcd} found in ${folders.join(', ')}. ` +
      "Set VK_ICD_FILENAMES to a Vulkan driver's file, or STEEPEST_REAL_GPU=1 to use the GPU.",
  )
}

/** The loader, libvulkan.so.1, may be missing from the system. @param {string} folder */
function libraryPath(folder) {
  return [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
}
