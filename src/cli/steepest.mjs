#!/usr/bin/env node
/**
 * The command `steepest`. Plain JavaScript, since it runs first: builds dist/cli from the sources
 * if it is missing or older than they are, then runs it.
 */
import './nodeVersion.mjs'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const built = join(root, 'dist', 'cli')
const lock = join(root, 'dist', '.cli-build')
/** Milliseconds after which another process's build counts as dead; it takes a second or two. */
const patience = 60_000

/** Milliseconds since 1970 of the newest file in a folder. @param {string} path @returns {number} */
function newest(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function isUpToDate() {
  const main = join(built, 'main.mjs')
  if (!existsSync(main)) return false
  const sources = ['cli', 'engine', 'gpu', 'io', 'model', 'state'].map((name) => join('src', name))
  const all = ['shaders', 'package.json', ...sources].map((name) => join(root, name))
  // Without its sources, there is nothing to be older than.
  return all.filter(existsSync).every((path) => newest(path) <= statSync(main).mtimeMs)
}

/** Builds in a new folder, then replaces the old one: others may be running that. */
function build() {
  const vite = join(
    dirname(createRequire(import.meta.url).resolve('vite/package.json')),
    ...['bin', 'vite.js'],
  )
  const fresh = `${built}.${process.pid}`
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  const config = join(root, 'src', 'cli', 'build.config.mjs')
  const run = spawnSync(process.execPath, [vite, 'build', '--config', config], {
    cwd: root,
    env: { ...env, STEEPEST_CLI_OUT: fresh },
    // Its messages are not output of ours.
    stdio: ['ignore', 2, 2],
  })
  if (run.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new Error(
      `The command line could not be built: vite ended with ${run.status}, see above.`,
    )
  }
  const old = `${fresh}.old`
  if (existsSync(built)) renameSync(built, old)
  renameSync(fresh, built)
  rmSync(old, { recursive: true, force: true })
}

/** Whether this process is the one that builds. */
function takesLock() {
  try {
    mkdirSync(lock)
    return true
  } catch (reason) {
    if (/** @type {NodeJS.ErrnoException} */ (reason).code !== 'EEXIST') throw reason
    return false
  }
}

/** If several are started at once, one builds and the others wait for it. */
async function ensureBuilt() {
  mkdirSync(dirname(built), { recursive: true })
  const begin = Date.now()
  while (!isUpToDate()) {
    if (takesLock()) {
      try {
        if (!isUpToDate()) build()
      } finally {
        rmSync(lock, { recursive: true, force: true })
      }
    } else if (Date.now() - begin > patience) {
      rmSync(lock, { recursive: true, force: true })
    } else {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

try {
  await ensureBuilt()
  const { main } = await import(pathToFileURL(join(built, 'main.mjs')).href)
  process.exitCode = await main(process.argv.slice(2))
} catch (reason) {
  console.error(`steepest: ${reason instanceof Error ? reason.message : reason}`)
  process.exitCode = 1
}
