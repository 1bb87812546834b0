/** The gallery: pictures of scenes, made by the program itself (`npm run pictures`). */
import type { Scene } from '../../settings/scenes'
import './gallery.css'

export interface GalleryEvents {
  onScene(scene: Scene): void
  onKiosk(): void
  onBenchmark(): void
  onCaptions(): void
  /** Null if the browser has no full screen. */
  onFullScreen: (() => void) | null
}

/** Maps the paths of the pictures to their addresses. */
const pictures = import.meta.glob<string>('./pictures/*.webp', {
  eager: true,
  query: '?url',
  import: 'default',
})

const head = `
  <header class="gallery-head">
    <h2 id="gallery-title">Gallery</h2>
    <button type="button" class="button" data-act="kiosk" title="Show one scene after another until somebody takes over">Run by itself</button>
    <button type="button" class="button" data-act="captions" title="Name and sentence of the scene below the page (C)">Captions</button>
    <button type="button" class="button" data-act="benchmark" title="How fast this machine computes, and whether its numbers are right">Benchmark</button>
    <button type="button" class="button" data-act="fullScreen" title="Full screen (F)">Full screen</button>
    <button type="button" class="button icon-button" data-act="close" aria-label="Close">×</button>
  </header>`

/** A dialog at the end of `container`. Its cards are links, to copy or to open in a tab. */
export function createGalleryDialog(
  container: HTMLElement,
  scenes: readonly Scene[],
  events: GalleryEvents,
) {
  const dialog = document.createElement('dialog')
  dialog.className = 'gallery'
  dialog.setAttribute('aria-labelledby', 'gallery-title')
  dialog.innerHTML = `${head}<ul class="scenes">${scenes.map(card).join('')}</ul>`
  container.append(dialog)
  const cards = [...dialog.querySelectorAll<HTMLAnchorElement>('.scene')]
  const button = (act: string) => dialog.querySelector<HTMLElement>(`[data-act="${act}"]`)!
  button('kiosk').addEventListener('click', () => events.onKiosk())
  button('benchmark').addEventListener('click', () => {
    dialog.close()
    events.onBenchmark()
  })
  button('captions').addEventListener('click', () => events.onCaptions())
  button('fullScreen').hidden = events.onFullScreen === null
  button('fullScreen').addEventListener('click', () => events.onFullScreen?.())
  button('close').addEventListener('click', () => dialog.close())

  dialog.addEventListener('click', (event) => {
    // A click on the backdrop has the dialog itself as its target.
    if (event.target === dialog) return dialog.close()
    const index = cards.indexOf((event.target as Element).closest<HTMLAnchorElement>('.scene')!)
    if (index < 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    dialog.close()
    events.onScene(scenes[index])
  })
  dialog.addEventListener('keydown', (event) => {
    // After closing, the dialog keeps the focus until the next frame.
    if (!dialog.open) return
    // The page below has keys of its own.
    event.stopPropagation()
    const index = cards.indexOf(document.activeElement as HTMLAnchorElement)
    const next = index < 0 ? undefined : neighbour(cards, index, event.key)
    if (!next) return
    event.preventDefault()
    next.focus()
  })

  return {
    /** Opens with the focus on the scene of this name, or on the first. */
    open(name: string | null) {
      if (dialog.open) return
      dialog.showModal()
      const index = scenes.findIndex((scene) => scene.name === name)
      cards[Math.max(index, 0)].focus()
      for (const [i, each] of cards.entries()) {
        if (i === index) each.setAttribute('aria-current', 'true')
        else each.removeAttribute('aria-current')
      }
    },
    showCaptions(areOn: boolean) {
      button('captions').setAttribute('aria-pressed', String(areOn))
    },
  }
}

function card({ name, title, sentence, query }: Scene): string {
  const href = query.replaceAll('&', '&amp;')
  return `
    <li>
      <a class="scene" href="${href}">
        <img src="${pictures[`./pictures/${name}.webp`]}" alt="" width="320" height="200">
        <b>${title}</b>
        <span>${sentence}</span>
      </a>
    </li>`
}

/** The card that an arrow leads to; above or below, it is the one in the same column. */
function neighbour(
  cards: readonly HTMLElement[],
  index: number,
  key: string,
): HTMLElement | undefined {
  const columns = cards.filter(({ offsetTop }) => offsetTop === cards[0].offsetTop).length
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  }
  if (key === 'Home') return cards[0]
  if (key === 'End') return cards[cards.length - 1]
  return cards[index + (steps[key] ?? Number.NaN)]
}
