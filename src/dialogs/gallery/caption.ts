/** Name and sentence of a scene below the page, large enough for the last row of a hall. */
import type { Scene } from '../../settings/scenes'
import './gallery.css'

export type Caption = ReturnType<typeof createCaption>

/** Appears at the end of `container`, the body, while it is shown. */
export function createCaption(container: HTMLElement) {
  const caption = document.createElement('p')
  caption.className = 'caption'
  caption.setAttribute('aria-live', 'polite')
  caption.hidden = true
  caption.innerHTML = '<b></b> <span></span>'
  const [title, sentence] = caption.children
  container.append(caption)

  return {
    get isShown() {
      return !caption.hidden
    },
    show(scene: Scene) {
      title.textContent = scene.title
      sentence.textContent = scene.sentence
      caption.hidden = false
      container.dataset.caption = ''
    },
    hide() {
      caption.hidden = true
      delete container.dataset.caption
    },
  }
}
