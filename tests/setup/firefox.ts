/**
 * Drives an installed Firefox by Marionette, the protocol that every build has: others, such as
 * playwright's, need a build of their own.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** FIREFOX_PATH, or the first that is found; null if there is none. */
export function findFirefox(): string | null {
  const { FIREFOX_PATH, PATH = '' } = process.env
  if (FIREFOX_PATH) return FIREFOX_PATH
  const places = PATH.split(delimiter).flatMap((folder) =>
    ['firefox', 'firefox-esr'].map((name) => join(folder, name)),
  )
  return places.find(existsSync) ?? null
}

/** Only ends a hang. */
const patience = 120_000

const preferences = {
  'dom.webgpu.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
  // A free port, which Firefox writes into the profile.
  'marionette.port': 0,
  'devtools.console.stdout.content': true,
  'app.update.disabledForTesting': true,
  'datareporting.policy.dataSubmissionEnabled': false,
}

export class Firefox {
  private readonly profile = mkdtempSync(join(tmpdir(), 'steepest-firefox-'))
  private readonly child: ChildProcess
  private socket: Socket | null = null
  private received = Buffer.alloc(0)
  private readonly waiting: ((message: unknown) => void)[] = []
  private commands = 0
  private output = ''

  constructor(executable: string) {
    const lines = Object.entries(preferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    )
    writeFileSync(join(this.profile, 'user.js'), lines.join(''))
    const flags = ['--headless', '--marionette', '--no-remote', '--profile', this.profile]
    this.child = spawn(executable, flags, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk) => {
        this.output += chunk
      })
    }
  }

  /** Errors of the page's console since the last call. */
  errors(): string[] {
    // RSLoader is a part of Firefox, which looks for lists of its own in the network.
    const found = this.output.match(/^(console\.error|JavaScript error): (?!RSLoader).*$/gm) ?? []
    this.output = ''
    return found.filter((line) => line.includes('127.0.0.1') || line.startsWith('console'))
  }

  async start(width: number, height: number): Promise<void> {
    const port = await this.port()
    this.socket = connect(port, '127.0.0.1')
    this.socket.on('data', (chunk) => this.take(chunk))
    await this.next()
    await this.send('WebDriver:NewSession', {})
    await this.send('WebDriver:SetTimeouts', { script: patience, pageLoad: patience })
    await this.send('WebDriver:SetWindowRect', { width, height })
  }

  async visit(url: string): Promise<void> {
    await this.send('WebDriver:Navigate', { url })
  }

  /** The value of an expression in the page, awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const script = `const done = arguments[0]; Promise.resolve().then(() => ${expression}).then(done, (reason) => done('failed: ' + reason))`
    const { value } = (await this.send('WebDriver:ExecuteAsyncScript', {
      script,
      args: [],
      // The page's own objects, not copies of their built-in parts.
      sandbox: null,
    })) as {
      value: unknown
    }
    return value
  }

  async stop(): Promise<void> {
    this.socket?.destroy()
    const { exitCode, signalCode } = this.child
    const hasEnded = exitCode !== null || signalCode !== null
    const ended = hasEnded || new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill()
    await ended
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }

  private async port(): Promise<number> {
    const file = join(this.profile, 'MarionetteActivePort')
    for (let waited = 0; waited < patience; waited += 100) {
      if (existsSync(file)) return Number(readFileSync(file, 'utf8'))
      if (this.child.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`Firefox did not start. It said: ${this.output.slice(-500)}`)
  }

  private async send(name: string, parameters: object): Promise<unknown> {
    const message = JSON.stringify([0, ++this.commands, name, parameters])
    this.socket?.write(`${Buffer.byteLength(message)}:${message}`)
    const [, , error, result] = (await this.next()) as [number, number, object | null, unknown]
    if (error) throw new Error(`${name}: ${JSON.stringify(error).slice(0, 500)}`)
    return result
  }

  private next(): Promise<unknown> {
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  /** Messages come one after the other, each as its length in bytes, a colon, and JSON. */
  private take(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk])
    for (;;) {
      const colon = this.received.indexOf(':')
      if (colon < 0) return
      const end = colon + 1 + Number(this.received.subarray(0, colon))
      if (this.received.length < end) return
      const message = JSON.parse(String(this.received.subarray(colon + 1, end)))
      this.received = this.received.subarray(end)
      this.waiting.shift()?.(message)
    }
  }
}
