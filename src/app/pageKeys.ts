/** What the keys of the page do. */
import { movedCamera, pannedCamera } from '../state/camera'
import { createKeyboard } from '../ui/keyboard'
import type { PageActions } from './pageActions'
import type { PageParts } from './pageParts'

/** Shares of a map's sides that a key moves it by. */
const mapStride = 0.1

export function addPageKeys(
  actions: PageActions,
  parts: Pick<PageParts, 'layout' | 'lenses' | 'gallery' | 'partFailed'>,
) {
  // Not those shown: a held key is faster than a slow page.
  const settings = () => actions.current()
  const showList = () => {
    import('../ui/keyList').then(
      ({ openKeyList }) => openKeyList(),
      (reason) => parts.partFailed(reason),
    )
  }
  createKeyboard(document.body, {
    togglePlay: () => actions.togglePlay(),
    step: (delta) => actions.scrub(settings().step + delta),
    first: () => actions.scrub(0),
    last: () => actions.scrub(settings().steps),
    resetCamera: () => actions.resetCamera(),
    topView: () => actions.topView(),
    moveCamera: (...by) => actions.change({ camera: movedCamera(settings().camera, ...by) }),
    move(...by) {
      const [w, b] = by.map((steps) => steps * mapStride)
      const moved = { from: [w, b], to: [1 + w, 1 + b] } as const
      if (parts.lenses.zoom(moved, settings())) return
      actions.change({ camera: pannedCamera(settings().camera, ...by) })
    },
    togglePanel: () => parts.layout.togglePanel(),
    zoomMap: (factor) => actions.onZoom({ at: [0.5, 0.5], factor }),
    undo: () => actions.undo(),
    redo: () => actions.redo(),
    gallery: (act) => void parts.gallery(act),
    showList,
  })
  return { showList }
}
