/**
 * The body of .ci/run: does what the README says, word for word, as somebody who has just cloned the
 * repository and has nothing but node and npm. Of the working tree only what is committed is tried.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisedCommands } from './commands.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Milliseconds that end a hang; they measure nothing. */
const patience = { server: 10 * 60_000, command: 60 * 60_000 }

/** @type {{ what: string, seconds: number }[]} */
const parts = []
const folder = mkdtempSync(join(tmpdir(), 'steepest-readme-'))
let clones = 0

/** @returns {string} a folder with what is committed, and no node_modules */
function clone() {
  const target = join(folder, `clone-${++clones}`)
  const { status, stderr } = spawnSync('git', ['clone', '--quiet', root, target], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`git clone ended with ${status}: ${stderr}`)
  return target
}

/**
 * Starts a command in bash with PATH and HOME alone.
 * @param {string} command @param {string} cwd @param {number} limit
 */
function start(command, cwd, limit) {
  console.log(`\n$ ${command}`)
  const { PATH, HOME } = process.env
  const child = spawn('bash', ['-c', command], {
    cwd,
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which is ended as a whole.
    detached: true,
  })
  const run = { output: '', isOver: false }
  for (const [stream, copy] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    stream.setEncoding('utf8').on('data', (text) => {
      run.output += text
      copy.write(text)
    })
  }
  const end = () => {
    if (!run.isOver && child.pid) process.kill(-child.pid, 'SIGKILL')
  }
  const timer = setTimeout(end, limit)
  process.on('exit', end)
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      run.isOver = true
      clearTimeout(timer)
      process.off('exit', end)
      resolve(code)
    })
  })
  return { run, ended, end }
}

/**
 * Until the printed address answers with the page and its script.
 * @param {string} command @param {string} cwd
 */
async function tryServer(command, cwd) {
  const { run, ended, end } = start(command, cwd, patience.server)
  try {
    while (!addressIn(run.output)) {
      if (run.isOver) throw new Error(`"${command}" ended with ${await ended} and no address.`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const address = /** @type {string} */ (addressIn(run.output))
    const page = await read(address, 'text/html')
    const script = /<script type="module"[^>]* src="([^"]+)"/.exec(page)?.[1]
    if (!page.includes('<title>Steepest') || !script) {
      throw new Error(`${address} answers with something else than the page: ${page.slice(0, 200)}`)
    }
    await read(new URL(script, address).href, 'text/javascript')
  } finally {
    end()
    await ended
  }
  expectNoWarning(command, run.output)
}

/** The address as vite prints it, without the colours. @param {string} output */
function addressIn(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one
  return /Local: +(http:\/\/\S+\/)/.exec(output.replaceAll(/\x1b\[[\d;]*m/g, ''))?.[1]
}

/** @param {string} address @param {string} type */
async function read(address, type) {
  const answer = await fetch(address)
  const found = answer.headers.get('content-type') ?? ''
  if (!answer.ok || !found.startsWith(type)) {
    throw new Error(`${address} answers ${answer.status}, ${found}; it must be 200, ${type}.`)
  }
  return answer.text()
}

/** @param {string} command @param {string} cwd */
async function tryCommand(command, cwd) {
  const { run, ended } = start(command, cwd, patience.command)
  const code = await ended
  if (code !== 0) throw new Error(`"${command}" ended with ${code}; it must be 0.`)
  expectNoWarning(command, run.output)
}

/** @param {string} command @param {string} output */
function expectNoWarning(command, output) {
  const [warning] = /^npm warn .*/im.exec(output) ?? []
  if (warning) throw new Error(`"${command}" shows a warning: ${warning}`)
}

/** @param {string} what @param {() => Promise<void>} run */
async function timed(what, run) {
  const begin = performance.now()
  await run()
  parts.push({ what, seconds: (performance.now() - begin) / 1000 })
}

const promised = promisedCommands(readFileSync(join(root, 'README.md'), 'utf8'))
try {
  await timed(promised.start, () => tryServer(promised.start, clone()))
  const whole = clone()
  await timed(promised.test, () => tryCommand(promised.test, whole))
  for (const command of promised.servers) await timed(command, () => tryServer(command, whole))
  for (const command of promised.others) await timed(command, () => tryCommand(command, whole))
} finally {
  rmSync(folder, { recursive: true, force: true })
  console.log('\nEach command of the README, in seconds:')
  for (const { what, seconds } of parts) console.log(`${seconds.toFixed(1).padStart(7)}  ${what}`)
}
