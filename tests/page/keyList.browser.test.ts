/**
 * The list of keys, held against the parts of the page: each is built, gets the focus and every key,
 * and has to take those that the list has for it, and no others.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createDataEditor, type DataEditorActions } from '../../src/dialogs/data/dataDialog'
import { DataTable } from '../../src/dialogs/data/dataTable'
import { createGalleryDialog } from '../../src/dialogs/gallery/galleryDialog'
import { createSweepView } from '../../src/lenses/rates/sweep/sweepView'
import { createHistogram } from '../../src/lenses/starts/histogram'
import { createAngleDial } from '../../src/lenses/why/angleDial'
import { createCubicPlot } from '../../src/lenses/why/cubicPlot'
import { createPointTable } from '../../src/lenses/why/pointTable'
import { cubicTaylor } from '../../src/model/step/warmUps'
import { createDataCard } from '../../src/page/data/dataCard'
import { domain } from '../../src/page/data/dataPicture'
import { localKeys, openKeyList } from '../../src/page/keyList'
import { createTimeline } from '../../src/page/timeline/timeline'
import { scenes } from '../../src/settings/scenes'
import { defaults } from '../../src/settings/settings'
import { createSlider } from '../../src/widgets/numberField'
import { createTabList } from '../../src/widgets/tabList'
import { mount } from '../setup/mount'

const samples = [
  [-3, 0.05],
  [0, 0.5],
  [3, 0.65],
] as const
const curve = Float32Array.from({ length: 65 }, (_, i) => i / 64)
const data = {
  ...{ samples, curve, domain: domain(samples), w: 2, b: -1, step: 3, stale: false, lit: null },
}
const nothing = () => {}

interface Case {
  /** Builds the place, and returns what is to have the focus there. */
  create(): Element
  /** Keys that the browser itself acts on, and that are left to it. */
  ofBrowser?: readonly string[]
}

const cases: Readonly<Record<keyof typeof localKeys, Case>> = {
  timeline: {
    create() {
      const container = mount(600, 256)
      const actions = { change: nothing, scrub: nothing, play: nothing, pause: nothing }
      const look = { steps: 300, step: 120, playing: false, speed: 30, loop: false, stale: false }
      const timeline = createTimeline(container, { ...actions, current: () => defaults })
      timeline.show({ ...look, runs: [], band: null, logarithmic: true })
      return container.querySelector('[role=slider]')!
    },
  },
  slider: { create: () => createNumber().range },
  number: { create: () => createNumber().text, ofBrowser: ['Enter', 'Escape'] },
  tabs: {
    create() {
      const list = mount(200, 40)
      list.innerHTML = ['a', 'b', 'c']
        .map((name) => `<button type="button" role="tab" data-lens="${name}">${name}</button>`)
        .join('')
      createTabList(list, 'lens', nothing)('b')
      return list.querySelector('[aria-selected=true]')!
    },
  },
  dataTable: { create: createCells },
  dataCell: {
    create() {
      const table = createCells()
      press(table, 'F2')
      return table.querySelector('input')!
    },
  },
  dataPlot: {
    create() {
      const container = mount(400, 320)
      const plot = createDataCard(container, {
        current: () => ({ ...defaults, samples }),
        change: nothing,
        openData: nothing,
      })
      plot.show(data)
      return container.querySelector('.data-point')!
    },
  },
  dataEditor: {
    create() {
      const { dialog, open } = createDataEditor({ onClose: nothing } as DataEditorActions)
      open()
      return dialog.querySelector('[data-do=close]')!
    },
    ofBrowser: ['Ctrl c', 'Ctrl v'],
  },
  histogram: {
    create() {
      const container = mount(320, 140)
      const histogram = { edges: [0, 1, 2, 4, 8], counts: [3, 0, 12, 5] }
      const { show } = createHistogram(container, 'steps to arrive', nothing)
      show({ histogram, chosen: 2, stale: false })
      return container.querySelector('[role=slider]')!
    },
  },
  sweep: {
    create() {
      const container = mount(600, 470)
      const rates = Float32Array.from({ length: 41 }, (_, i) => 10 ** (-2 + i / 10))
      const looks = { steps: 40, colours: 'viridis', rate: 1, best: 1, stale: false } as const
      const ones = { outcome: new Uint8Array(41), minimum: new Uint8Array(41) }
      const numbers = {
        finalLoss: new Float32Array(41).fill(0.1),
        arrivalStep: new Uint32Array(41),
      }
      const picture = { ...looks, ...ones, ...numbers, rates, limits: [], heat: null }
      createSweepView(container, nothing).show(picture)
      return container.querySelector('[role=slider]')!
    },
  },
  dial: {
    create() {
      const container = mount(250, 250)
      const change = Float64Array.from({ length: 360 }, (_, k) => Math.cos((k * Math.PI) / 180))
      const picture = { gradient: [3, 1], angle: 180, best: 180, all: true, stale: false } as const
      createAngleDial(container, nothing).show({
        ...picture,
        change,
        firstOrder: change,
      })
      return container.querySelector('[role=slider]')!
    },
  },
  cubicHandle: {
    create() {
      const container = mount(360, 360)
      const x = Float64Array.of(-3, 0, 3)
      const line = { curve: { x, value: x }, polynomials: [x, x, x, x] }
      const picture = { x: 1, dx: 0.5, taylor: cubicTaylor(1, 0.5), ...line }
      createCubicPlot(container, nothing).show(picture)
      return container.querySelector('.cubic-handle')!
    },
  },
  pointTable: {
    create() {
      const container = mount(420, 240)
      const term = { x: 1, y: 1, z: 1, prediction: 1, error: 1, slope: 1, dw: 1, db: 1 }
      const sums = { factor: 2, factorText: '2/3', hasSlope: true, gradient: [1, 1] } as const
      const rest = { learningRate: 1, point: null, stale: false }
      createPointTable(container, nothing).show({ terms: [term, term, term], ...sums, ...rest })
      return container.querySelectorAll('[data-point]')[1]
    },
  },
  gallery: {
    create() {
      createScenes().open(scenes[5].name)
      return document.activeElement!
    },
    ofBrowser: ['Enter', 'Escape'],
  },
}

function createNumber() {
  const container = mount(400, 40)
  const ends = { min: 0, max: 100, integer: true, logarithmic: false }
  createSlider(container, 'rate', ends, nothing).show(50)
  const [range, text] = container.querySelectorAll('input')
  return { range, text }
}

function createCells(): HTMLElement {
  const container = mount(240, 300)
  const actions = { onSelect: nothing, onEdit: () => null, onAdd: nothing, onRemove: nothing }
  const table = new DataTable(container, actions, nothing)
  table.show({ samples, selected: new Set([1]), cursor: 1 })
  return container.querySelector<HTMLElement>('[role=grid]')!
}

function createScenes(onScene: (scene: (typeof scenes)[number]) => void = nothing) {
  return createGalleryDialog(document.body, scenes, {
    onScene,
    onCaptions: nothing,
    onKiosk: nothing,
    onBenchmark: nothing,
    onFullScreen: null,
  })
}

/** Whether a key, as the list writes it, is taken by what it is pressed on. */
function press(element: Element, keys: string): boolean {
  const words = keys.split(' ')
  const key = words[words.length - 1]
  const event = new KeyboardEvent('keydown', {
    key: key === 'Space' ? ' ' : key,
    shiftKey: words.includes('Shift'),
    ctrlKey: words.includes('Ctrl'),
    bubbles: true,
    cancelable: true,
  })
  element.dispatchEvent(event)
  return event.defaultPrevented
}

/** All that some place takes, and some that none does. */
const candidates = [
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'],
  ...['Enter', 'Insert', 'Delete', 'Backspace', 'Escape', 'Space', 'Tab', 'F2', 'a', 'x'],
  ...['Ctrl a', 'Ctrl c', 'Ctrl v', 'Ctrl Space'],
]

/** Each key of a row by itself, with the one that is held. */
const listed = (place: keyof typeof localKeys) =>
  localKeys[place].rows.flatMap(([keys]) => {
    const words = keys.split(' ')
    const held = /^(Shift|Ctrl)$/.test(words[0]) ? `${words.shift()} ` : ''
    return words.map((word) => held + word)
  })

afterEach(() => {
  for (const dialog of document.querySelectorAll('dialog')) dialog.close()
})

describe.each(Object.keys(cases) as (keyof typeof localKeys)[])('keys of %s', (place) => {
  const { create, ofBrowser = [] } = cases[place]
  const takes = (keys: string) => {
    document.body.replaceChildren()
    const element = create() as HTMLElement
    element.focus()
    expect(document.activeElement, `${place} takes the focus`).toBe(element)
    return press(element, keys)
  }
  const wanted = listed(place).filter((keys) => !ofBrowser.includes(keys))

  test('every listed key works, and every key that works is listed', () => {
    const isPlain = (keys: string) => !/^(Shift|Ctrl Arrow)/.test(keys)
    expect(candidates.filter(takes).sort()).toEqual(wanted.filter(isPlain).sort())
    // With Shift, or arrows with Ctrl, they take more than is worth a row.
    expect(wanted.filter((keys) => !takes(keys))).toEqual([])
  })
})

test('Enter takes a number that is typed, and Escape leaves it', async () => {
  const { text } = createNumber()
  text.focus()
  await userEvent.fill(text, '70')
  await userEvent.keyboard('{Escape}')
  expect(text.value).toBe('50')
  const entered: unknown[] = []
  const container = mount(400, 40)
  const ends = { min: 0, max: 100, integer: true, logarithmic: false }
  createSlider(container, 'rate', ends, (value) => entered.push(value)).show(50)
  const other = container.querySelector<HTMLInputElement>('input[type=text]')!
  await userEvent.fill(other, '70')
  await userEvent.keyboard('{Enter}')
  expect(entered).toEqual([70])
})

test('Enter shows a scene of the gallery, and Escape closes it', async () => {
  const shown: string[] = []
  const gallery = createScenes(({ name }) => shown.push(name))
  const dialog = document.querySelector('dialog')!
  gallery.open(scenes[5].name)
  await userEvent.keyboard('{Enter}')
  expect(shown).toEqual([scenes[5].name])
  expect(dialog.open).toBe(false)
  gallery.open(null)
  await userEvent.keyboard('{Escape}')
  expect(dialog.open).toBe(false)
  expect(shown).toHaveLength(1)
})

test('the list opens once, at its top, and Escape closes it', async () => {
  openKeyList()
  openKeyList()
  const dialogs = document.querySelectorAll<HTMLDialogElement>('dialog')
  expect(dialogs).toHaveLength(1)
  const [dialog] = dialogs
  expect([dialog.open, dialog.scrollTop]).toEqual([true, 0])
  expect(document.activeElement!.textContent).toBe('Keys')
  expect(dialog.scrollHeight).toBeGreaterThan(dialog.clientHeight)
  await userEvent.keyboard('{Escape}')
  // It is removed by its event of closing, which is a task of its own.
  await expect.poll(() => dialog.isConnected).toBe(false)
})

test('each key of the page is in the list once, and each row has keys and words', () => {
  openKeyList()
  const rows = [...document.querySelectorAll('.keys-page div')]
  const caps = rows.map((row) => [...row.querySelectorAll('kbd')].map((cap) => cap.textContent))
  expect(new Set(caps.map(String)).size).toBe(caps.length)
  expect(caps).toContainEqual(['Ctrl', 'Z'])
  expect(caps).toContainEqual(['?'])
  for (const row of document.querySelectorAll('.keys dl div')) {
    expect(row.querySelector('dt')!.textContent, row.outerHTML).toMatch(/\S/)
    expect(row.querySelector('dd')!.textContent, row.outerHTML).toMatch(/\S/)
  }
  const headings = [...document.querySelectorAll('.keys h3')].map((each) => each.textContent)
  expect(headings).toEqual(Object.values(localKeys).map(({ place }) => place))
})
