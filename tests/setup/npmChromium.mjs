/**
 * The Chromium of the npm package @sparticuz/chromium, unpacked once into node_modules/.cache.
 * It brings SwiftShader, the Vulkan loader, nss and a font, so a bare Linux x64 needs nothing else.
 */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const installed = join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json')
const cache = join(root, 'node_modules', '.cache', 'steepest-chromium')

/** The package has machine code for this platform only. */
export const npmChromiumRunsHere = process.platform === 'linux' && process.arch === 'x64'

/** @returns {{ executablePath: string, folder: string, env: Record<string, string> }} */
export function npmChromium() {
  if (!npmChromiumRunsHere) {
    throw new Error(
      `The npm package @sparticuz/chromium runs on linux x64, this is ${process.platform} ${process.arch}. ` +
        'Install Chrome or Chromium, or set CHROMIUM_PATH to one.',
    )
  }
  // One folder for each version, so that a new version is unpacked anew.
  const { version } = JSON.parse(readFileSync(installed, 'utf8'))
  const folder = join(cache, version)
  if (!existsSync(folder)) unpack(folder)
  return {
    executablePath: join(folder, 'chromium'),
    folder,
    env: {
      // In a bare C locale its language is en-US@posix, which Intl, and therefore uPlot, rejects.
      LC_ALL: 'en_US.UTF-8',
      LD_LIBRARY_PATH: [folder, join(folder, 'al2023', 'lib')].join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  }
}

/**
 * Unpacks beside the target and renames, so that no interrupted or parallel run leaves half of it.
 * @param {string} folder
 */
function unpack(folder) {
  mkdirSync(cache, { recursive: true })
  const staging = mkdtempSync(`${folder}-`)
  try {
    inflate(staging)
    writeFileSync(join(staging, 'fonts.conf'), fontsConf)
    renameSync(staging, folder)
  } catch (error) {
    // Another process was faster: its folder is just as good.
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/**
 * The package unpacks into the folder for temporary files, and its al2023 libraries only if it
 * believes it is on Amazon's machines. Variables tell it both, in a process of its own.
 * @param {string} target
 */
function inflate(target) {
  const script = "(await import('@sparticuz/chromium')).default.executablePath()"
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', `await ${script}`], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: target, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  })
  if (run.status !== 0) {
    throw new Error(
      `Unpacking @sparticuz/chromium ended with ${run.status ?? run.signal}, expected 0; ` +
        `it takes about 210 MB of disk. It said: ${run.stderr.trim()}`,
    )
  }
}

// The package's own file names folders of Amazon's machines. Relative, so the project can move.
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`
