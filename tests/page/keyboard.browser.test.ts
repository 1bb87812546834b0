/** The keys of the page: what each does, and where it is meant. */
import { GUI } from 'lil-gui'
import { expect, onTestFinished, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createKeyboard, type KeyActions } from '../../src/page/keyboard'
import { setSingleKeys } from '../../src/page/singleKeys'
import { createSlider } from '../../src/widgets/numberField'
import { mount } from '../setup/mount'

function createKeys() {
  const actions: { [Name in keyof KeyActions]: ReturnType<typeof vi.fn> } = {
    togglePlay: vi.fn(),
    step: vi.fn(),
    first: vi.fn(),
    last: vi.fn(),
    resetCamera: vi.fn(),
    topView: vi.fn(),
    moveCamera: vi.fn(),
    move: vi.fn(),
    togglePanel: vi.fn(),
    zoomMap: vi.fn(),
    undo: vi.fn(),
    redo: vi.fn(),
    gallery: vi.fn(),
    showList: vi.fn(),
  }
  // A mock of vitest has another type than the action it stands for.
  const stop = createKeyboard(document.body, actions as unknown as KeyActions)
  onTestFinished(stop)
  const called = () =>
    Object.entries(actions).flatMap(([name, { mock }]) => mock.calls.map((args) => [name, ...args]))
  return { called }
}

test('each key does what the list says', async () => {
  const { called } = createKeys()
  await userEvent.keyboard(' {ArrowLeft}{ArrowRight}{Home}{End}rtpadwseqikjl+-gcf?')
  expect(called().sort()).toEqual(
    [
      ['togglePlay'],
      ['step', -1],
      ['step', 1],
      ['first'],
      ['last'],
      ['resetCamera'],
      ['topView'],
      ['togglePanel'],
      ['moveCamera', -5, 0, 1],
      ['moveCamera', 5, 0, 1],
      ['moveCamera', 0, 5, 1],
      ['moveCamera', 0, -5, 1],
      ['moveCamera', 0, 0, 0.9],
      ['moveCamera', 0, 0, 1 / 0.9],
      ['move', 0, 1],
      ['move', 0, -1],
      ['move', -1, 0],
      ['move', 1, 0],
      ['zoomMap', 0.5],
      ['zoomMap', 2],
      ['gallery', 'open'],
      ['gallery', 'toggleCaption'],
      ['gallery', 'toggleFullScreen'],
      ['showList'],
    ].sort(),
  )
})

test('Ctrl or Cmd undoes and does again, and does nothing else', async () => {
  const { called } = createKeys()
  await userEvent.keyboard('{Control>}zyr{Shift>}z{/Shift}{/Control}{Meta>}z{/Meta}y')
  expect(called()).toEqual([['undo'], ['undo'], ['redo'], ['redo']])
  const container = mount(200, 100)
  container.innerHTML = '<input type="text" /><select></select>'
  container.querySelector('input')!.focus()
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(called()).toHaveLength(4)
  // The data editor does so.
  container.addEventListener('keydown', (event) => event.stopPropagation())
  container.querySelector('select')!.focus()
  await userEvent.keyboard('z{Control>}z{/Control}')
  expect(called().filter(([name]) => name === 'undo')).toHaveLength(3)
  expect(called()).toHaveLength(5)
})

test('Ctrl+Z in a number is the page’s, except while one types', async () => {
  const { called } = createKeys()
  const container = mount(300, 100)
  const { show } = createSlider(
    container,
    'rate',
    { min: 0, max: 10, integer: false, logarithmic: false },
    (value) => show(Number(value)),
  )
  show(10)
  const input = container.querySelector<HTMLInputElement>('input[type=text]')!
  await userEvent.fill(input, '3')
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(called()).toEqual([])
  await userEvent.fill(input, '4')
  await userEvent.keyboard('{Enter}{Control>}z{/Control}r')
  expect(called()).toEqual([['undo']])
})

test('letters and signs can be switched off, as a dictation types them, and stay off', async () => {
  onTestFinished(() => setSingleKeys(true))
  const { called } = createKeys()
  setSingleKeys(false)
  expect(localStorage.length).toBe(1)
  await userEvent.keyboard('loading?+-rg')
  expect(called()).toEqual([])
  await userEvent.keyboard(' {ArrowLeft}{Home}{Control>}z{/Control}')
  expect(called().sort()).toEqual([['first'], ['step', -1], ['togglePlay'], ['undo']])
  setSingleKeys(true)
  expect(localStorage.length).toBe(0)
  await userEvent.keyboard('r')
  expect(called()).toContainEqual(['resetCamera'])
})

/** The way in which a keyboard of another alphabet tells of its keys. */
function press(key: string, code: string, held: KeyboardEventInit = {}): void {
  const init = { key, code, bubbles: true, cancelable: true, ...held }
  document.body.dispatchEvent(new KeyboardEvent('keydown', init))
}

test('on other alphabets a key is known by its place', () => {
  const { called } = createKeys()
  const ctrlKey = true
  press('к', 'KeyR')
  press('ρ', 'KeyR')
  press('я', 'KeyZ', { ctrlKey })
  press('Я', 'KeyZ', { ctrlKey, shiftKey: true })
  // A sign stands where Q is, on Hebrew keyboards; the question mark of a French one where M is.
  press('/', 'KeyQ')
  press('?', 'KeyM', { shiftKey: true })
  expect(called()).toEqual([
    ['resetCamera'],
    ['resetCamera'],
    ['moveCamera', 0, 0, 1 / 0.9],
    ['undo'],
    ['redo'],
    ['showList'],
  ])
})

test('a Latin letter is what is written on it, wherever it is', () => {
  const { called } = createKeys()
  // Dvorak and AZERTY, whose other letters stand at these places.
  press('o', 'KeyS')
  press('a', 'KeyQ')
  press(';', 'KeyZ', { ctrlKey: true })
  expect(called()).toEqual([['moveCamera', -5, 0, 1]])
})

test('keys belong to the control that has the focus', async () => {
  const { called } = createKeys()
  const container = mount(200, 100)
  container.innerHTML = '<input type="text" /><button type="button">Do</button>'
  container.querySelector('input')!.focus()
  await userEvent.keyboard('rt {ArrowLeft}')
  container.querySelector('button')!.focus()
  await userEvent.keyboard(' {ArrowLeft}')
  expect(called()).toEqual([])
  await userEvent.keyboard('r')
  expect(called()).toEqual([['resetCamera']])
})

test('the panel, which keeps its keys, leaves the page those that it has no use for', async () => {
  const { called } = createKeys()
  const gui = new GUI({ container: mount(240, 200), injectStyles: false })
  gui.add({ loop: true }, 'loop')
  gui.add({ name: 'text' }, 'name')
  gui.add({ choice: 'rest' }, 'choice', ['rest', 'play'])
  const range = document.createElement('input')
  range.type = 'range'
  gui.add({ rate: 1 }, 'rate').domElement.append(range)
  const within = (selector: string) => gui.domElement.querySelector<HTMLElement>(selector)!
  within('input[type=checkbox]').focus()
  await userEvent.keyboard('p?')
  expect(called()).toEqual([['togglePanel'], ['showList']])
  // Space is the checkbox's own; a slider has no use for it, but for arrows.
  await userEvent.keyboard(' ')
  expect(called()).toHaveLength(2)
  within('input[type=range]').focus()
  await userEvent.keyboard(' {ArrowRight}{End}g')
  expect(called().slice(0, 1)).toEqual([['togglePlay']])
  expect(called()).toHaveLength(4)
  expect(called()).toContainEqual(['gallery', 'open'])
  for (const selector of ['input[type=text]', 'select']) {
    within(selector).focus()
    await userEvent.keyboard('pr?')
  }
  expect(called()).toHaveLength(4)
})

test('a dialog over the page keeps all keys from it, but for the data editor', async () => {
  const { called } = createKeys()
  const dialog = document.createElement('dialog')
  dialog.innerHTML = '<button type="button">Do</button>'
  document.body.append(dialog)
  dialog.showModal()
  await userEvent.keyboard('r?{Control>}z{/Control}')
  expect(called()).toEqual([])
  dialog.close()
  await userEvent.keyboard('r')
  expect(called()).toEqual([['resetCamera']])
  // On a small screen it is over the page, and keeps letters for itself.
  dialog.className = 'data-editor'
  dialog.addEventListener('keydown', (event) => {
    if (!event.ctrlKey) event.stopPropagation()
  })
  dialog.showModal()
  await userEvent.keyboard('r?{Control>}z{/Control}')
  expect(called()).toEqual([['resetCamera'], ['undo'], ['showList']])
})
