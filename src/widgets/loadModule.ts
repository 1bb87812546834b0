/**
 * Loads parts of the page, also when an earlier try has failed. Vite asks for a style sheet only
 * once, so that the second try would show the part without it, and browsers remember a script that
 * has failed under its address for as long as the page lives.
 */
const failedSheets = new Set<HTMLLinkElement>()

let tries = 0

// The event does not bubble, but can be captured on its way down.
document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') failedSheets.add(target)
  },
  true,
)

/** Rejects if the part or one of its style sheets cannot be loaded. */
export async function loadModule<Part>(load: () => Promise<Part>): Promise<Part> {
  await Promise.all([...failedSheets].map(loadAgain))
  return load().catch((reason) => {
    // Its own imports keep their addresses, so that nothing else is there twice.
    const address = /https?:\S+\.js/.exec(String(reason))?.[0]
    if (!address) throw reason
    // The address is known at run time alone, so that vite has nothing to look for.
    return import(/* @vite-ignore */ `${address}?${++tries}`)
  })
}

function loadAgain(failed: HTMLLinkElement): Promise<void> {
  const link = failed.cloneNode() as HTMLLinkElement
  failedSheets.delete(failed)
  failed.replaceWith(link)
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve())
    link.addEventListener('error', () => reject(new Error(`${link.href} could not be loaded.`)))
  })
}
