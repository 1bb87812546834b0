/** A browser and a server of built files, for as long as they are needed. */
import { type Browser, chromium } from 'playwright-core'
import { preview } from 'vite'
import { findChromium } from '../setup/chromium.mjs'

export async function withBrowser<Result>(
  use: (browser: Browser) => Promise<Result>,
  moreArgs: readonly string[] = [],
): Promise<Result> {
  const { executablePath, args, env } = findChromium()
  const browser = await chromium.launch({
    executablePath,
    args: [...args, ...moreArgs],
    env: { ...process.env, ...env },
  })
  try {
    return await use(browser)
  } finally {
    await browser.close()
  }
}

/** Serves a built folder on a free port; `use` is given its address, ending in '/'. */
export async function withServed<Result>(
  root: string,
  outDir: string,
  use: (address: string) => Promise<Result>,
): Promise<Result> {
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, open: false },
  })
  try {
    const address = server.resolvedUrls?.local[0]
    if (!address) throw new Error('The server gave no address, expected one on 127.0.0.1.')
    return await use(address)
  } finally {
    await server.close()
  }
}
