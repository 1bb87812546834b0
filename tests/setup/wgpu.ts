/**
 * A second implementation of WebGPU: wgpu and naga, the family of Firefox, in Deno. A shader that
 * passes here and in Dawn is portable. Deno does not know `?raw`, so vite bundles the entry first.
 */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { lavapipeEnv, swiftShaderEnv } from './vulkan.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, 'node_modules', '.cache')

export interface WgpuOptions {
  /** Default swiftshader. lavapipe comes from the system: see hasLavapipe(). */
  driver?: 'swiftshader' | 'lavapipe'
  /** Arguments of the script, Deno.args there. */
  args?: string[]
  /** Default 60,000 ms. */
  timeout?: number
}

export interface WgpuRun {
  /** 0 if the script ended well; null if it was stopped by the timeout. */
  exitCode: number | null
  stdout: string
  stderr: string
}

export function hasLavapipe(): boolean {
  return lavapipeEnv() !== undefined
}

/**
 * Bundles `entry` (a path from the project's root) and runs it in Deno, without network.
 * The script has `navigator.gpu`, and fails by throwing.
 */
export async function runInWgpu(entry: string, options: WgpuOptions = {}): Promise<WgpuRun> {
  const { driver = 'swiftshader', args = [], timeout = 60_000 } = options
  const bundle = await bundleForDeno(resolve(root, entry))
  // Only reading and the environment: the tests must work without a network.
  const permissions = ['--unstable-webgpu', '--allow-read', '--allow-env', '--deny-net']
  const offline = ['--no-remote', '--no-npm', '--no-config', '--no-lock']
  return runDeno(['run', ...permissions, ...offline, bundle, ...args], driverEnv(driver), timeout)
}

function driverEnv(driver: 'swiftshader' | 'lavapipe'): Record<string, string> {
  if (driver === 'swiftshader') return swiftShaderEnv()
  const env = lavapipeEnv()
  if (!env) {
    throw new Error(
      'The driver lavapipe was asked for and no lvp_icd file found in the Vulkan folders. ' +
        "Install Mesa's Vulkan drivers, or use the driver swiftshader.",
    )
  }
  return env
}

/** Makes one file with everything in it. @returns its path */
async function bundleForDeno(entry: string): Promise<string> {
  // The name has the whole path, because files of the same name in two folders may run at once.
  const name = relative(root, entry).replace(/\W+/g, '-')
  const outDir = join(cache, 'steepest-wgpu', name)
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'webworker' },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      target: 'esnext',
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
  })
  return join(outDir, `${name}.mjs`)
}

function runDeno(args: string[], env: Record<string, string>, timeout: number): Promise<WgpuRun> {
  const child = spawn(denoExecutable(), args, {
    cwd: root,
    timeout,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      ...env,
      DENO_DIR: join(cache, 'deno'),
      DENO_NO_UPDATE_CHECK: '1',
      NO_COLOR: '1',
    },
  })
  const run: WgpuRun = { exitCode: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text
  })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (exitCode) => done({ ...run, exitCode }))
  })
}

/** Finds the binary the way the package does, which works even if install scripts do not run. */
function denoExecutable(): string {
  const { runInstall } = createRequire(import.meta.url)('deno/install_api.cjs') as {
    runInstall(): string
  }
  return runInstall()
}
