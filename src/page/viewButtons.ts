/** The header's buttons: undo and redo, the camera, links, files and dialogs. */
import type { PageActions } from './actions'

type ViewActions = Pick<
  PageActions,
  'undo' | 'redo' | 'resetCamera' | 'topView' | 'copyLink' | 'files' | 'gallery' | 'showKeys'
>

/**
 * Icons are paths on a 16 x 16 grid; a short header shows them without words. The first two never
 * have words, because everyone knows them.
 */
const buttons: readonly {
  label: string
  hint: string
  icon: string
  /** Its name in the style sheet, which also says what it does. */
  action: string
  run(actions: ViewActions): unknown
}[] = [
  {
    label: '',
    hint: 'Undo (Ctrl+Z)',
    icon: 'M3 6h6.5a3.5 3.5 0 0 1 0 7H6M5.5 3L2.5 6l3 3',
    action: 'undo',
    run: (a) => a.undo(),
  },
  {
    label: '',
    hint: 'Redo (Ctrl+Y)',
    icon: 'M13 6H6.5a3.5 3.5 0 0 0 0 7H10M10.5 3l3 3-3 3',
    action: 'redo',
    run: (a) => a.redo(),
  },
  {
    label: 'Reset view',
    hint: 'Reset the camera (R)',
    icon: 'M3 8a5 5 0 1 0 1.6-3.7M3 2v3h3',
    action: 'resetCamera',
    run: (a) => a.resetCamera(),
  },
  {
    label: 'Top view',
    hint: 'Look from above (T)',
    icon: 'M8 1.5v6m-2.5-2.5L8 7.5l2.5-2.5M2 11l6-2.5 6 2.5-6 3z',
    action: 'topView',
    run: (a) => a.topView(),
  },
  {
    label: 'Copy link',
    hint: 'Copy a link to what is shown',
    icon: 'M6.5 9.5l3-3M7 4.5l1.7-1.7a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.7 1.7a2.8 2.8 0 0 1-4-4L5 7.5',
    action: 'copyLink',
    run: (a) => a.copyLink(),
  },
  {
    label: 'Save…',
    hint: 'Save a file, or open one',
    icon: 'M8 2v8m-3-3l3 3l3-3M3 13.5h10',
    action: 'save',
    run: (a) => a.files(),
  },
  {
    label: 'Gallery',
    hint: 'Scenes worth a look (G)',
    icon: 'M2 2.5h5v4.5H2zm7 0h5v4.5H9zM2 9h5v4.5H2zm7 0h5v4.5H9z',
    action: 'gallery',
    run: (a) => a.gallery('open'),
  },
  {
    label: 'Keys',
    hint: 'List of keys (?)',
    icon: 'M1.5 4.5h13v7h-13zM4 7h.01M6.7 7h.01M9.300 7h.01M12 7h.01M5 9.5h6',
    action: 'keys',
    run: (a) => a.showKeys(),
  },
]

/** Fills `container`, a toolbar, with the view's buttons. */
export function createViewButtons(container: HTMLElement, actions: ViewActions) {
  container.innerHTML = buttons
    .map(
      ({ label, hint, icon, action }) => `
        <button type="button" class="button view-button" data-action="${action}" title="${hint}">
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="${icon}" /></svg>
          <span class="view-label">${label}</span>
        </button>`,
    )
    .join('')
  const all = container.querySelectorAll('button')
  all.forEach((button, index) => {
    button.addEventListener('click', () => void buttons[index].run(actions))
  })
  return {
    show({ canUndo, canRedo }: { canUndo(): boolean; canRedo(): boolean }) {
      all[0].disabled = !canUndo()
      all[1].disabled = !canRedo()
    },
  }
}
