import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { compactQuery, createLayout, type Layout } from '../../src/page/layout'
import { defaults, type Settings } from '../../src/settings/settings'
import '../setup/mount'

const sizes = {
  desktop: [1280, 800],
  tablet: [1024, 768],
  phone: [390, 844],
  lying: [844, 390],
} as const

afterEach(() => page.viewport(640, 480))

async function createAt(size: keyof typeof sizes): Promise<Layout> {
  const [width, height] = sizes[size]
  await page.viewport(width, height)
  const root = document.createElement('div')
  document.body.append(root)
  return createLayout(root, { change() {} })
}

const stageCanvas = () => document.querySelector('#stage-canvas')!

const visible = (element: Element) => {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && element.checkVisibility()
}

/** The page's boxes; those that share a box on purpose, as canvas and stage do, are one. */
function boxes(): Element[] {
  const selectors = ['.header', '.tabs', '#stage-canvas', '.data-card', '.timeline', '.panel']
  return selectors.map((selector) => document.querySelector(selector)!).filter(visible)
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  const inside = 0.5
  return (
    a.left + inside < b.right &&
    b.left + inside < a.right &&
    a.top + inside < b.bottom &&
    b.top + inside < a.bottom
  )
}

for (const size of ['phone', 'lying'] as const) {
  for (const tab of ['surface', 'map', 'data'] as const) {
    for (const open of [false, true]) {
      test(`nothing covers anything: ${size}, ${tab}, panel ${open ? 'open' : 'closed'}`, async () => {
        const layout = await createAt(size)
        layout.setTab(tab)
        layout.togglePanel(open)
        const [width, height] = sizes[size]
        const all = boxes()
        for (const [index, box] of all.entries()) {
          const rect = box.getBoundingClientRect()
          expect(rect.right, box.className).toBeLessThanOrEqual(width)
          expect(rect.bottom, box.className).toBeLessThanOrEqual(height)
          for (const other of all.slice(index + 1)) {
            const both = `${box.className || box.id} and ${other.className}`
            expect(overlap(rect, other.getBoundingClientRect()), both).toBe(false)
          }
        }
        expect([layout.stageRect() !== null, layout.mapRect() !== null]).toEqual([
          tab === 'surface',
          tab === 'map',
        ])
        expect(layout.tab).toBe(tab)
      })
    }
  }
}

for (const size of ['desktop', 'tablet'] as const) {
  test(`stage and map stand side by side on one canvas: ${size}`, async () => {
    const layout = await createAt(size)
    const stage = layout.stageRect()!
    const map = layout.mapRect()!
    expect(stage.width).toBeGreaterThan(480)
    expect(map.x).toBeGreaterThanOrEqual(stage.x + stage.width)
    expect(Math.abs(map.width - map.height)).toBeLessThan(2)
    const canvas = stageCanvas().getBoundingClientRect()
    expect(map.x + map.width).toBeLessThanOrEqual(canvas.width)
    expect(visible(layout.data)).toBe(true)
    expect(visible(document.querySelector('.tabs')!)).toBe(false)
    expect(layout.labels.getBoundingClientRect()).toEqual(canvas)
  })
}

test('the pointer reaches the canvas through stage and map, and not through a card', async () => {
  const layout = await createAt('desktop')
  const canvas = stageCanvas().getBoundingClientRect()
  const hit = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) =>
    document.elementFromPoint(canvas.left + x + width / 2, canvas.top + y + height / 2)
  expect(hit(layout.stageRect()!)).toBe(stageCanvas())
  expect(hit(layout.mapRect()!)).toBe(stageCanvas())
  const data = layout.data.getBoundingClientRect()
  expect(document.elementFromPoint(data.left + 4, data.top + 4)).toBe(layout.data)
})

test('touch targets are 44 pixels on a phone', async () => {
  await createAt('phone')
  for (const button of document.querySelectorAll('.header button, .tabs button')) {
    if (!visible(button)) continue
    const { width, height } = button.getBoundingClientRect()
    expect(Math.min(width, height), button.textContent ?? '').toBeGreaterThanOrEqual(43)
  }
})

test('a changed box is announced, until one stops listening', async () => {
  const layout = await createAt('desktop')
  const nextFrame = () => new Promise((resolve) => setTimeout(resolve, 100))
  let calls = 0
  const stop = layout.onResize(() => calls++)
  await nextFrame()
  const first = calls
  layout.togglePanel(false)
  await expect.poll(() => calls).toBeGreaterThan(first)
  stop()
  const last = calls
  layout.togglePanel(true)
  await nextFrame()
  expect(calls).toBe(last)
})

const panelOf = () => document.querySelector<HTMLElement>('.page')!.dataset.panel
const crossTo = async (size: keyof typeof sizes) => {
  const [width, height] = sizes[size]
  await page.viewport(width, height)
  const isCompact = matchMedia(compactQuery).matches
  expect(isCompact).toBe(size !== 'desktop')
  // The change of the media query is told at the next frame.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

test('the size of the screen opens and closes the panel, until somebody has chosen', async () => {
  const layout = await createAt('desktop')
  expect(panelOf()).toBe('open')
  await crossTo('phone')
  expect(panelOf()).toBe('closed')
  await crossTo('desktop')
  expect(panelOf()).toBe('open')
  const button = document.querySelector<HTMLElement>('.panel-toggle')!
  button.click()
  await crossTo('phone')
  await crossTo('desktop')
  expect(panelOf()).toBe('closed')
  expect(button.getAttribute('aria-expanded')).toBe('false')
  expect(layout.togglePanel()).toBe(false)
  await crossTo('phone')
  expect(panelOf()).toBe('open')
  expect(layout.togglePanel(null)).toBe(true)
  expect(panelOf()).toBe('closed')
  await crossTo('desktop')
  expect(panelOf()).toBe('open')
})

test('the tab that a lens is about comes to the front when asked for', async () => {
  const layout = await createAt('phone')
  const tabs = { descend: 'surface', starts: 'map', rates: 'surface', why: 'numbers' } as const
  for (const [lens, tab] of Object.entries(tabs)) {
    const settings = { ...defaults, lens } as Settings
    layout.show(settings)
    expect(layout.tab).toBe(tab)
    layout.setTab('data')
    layout.show(settings)
    expect(layout.tab).toBe('data')
    layout.showLensTab()
    expect(layout.tab).toBe(tab)
  }
})

test('the message of the stage comes and goes', async () => {
  const layout = await createAt('desktop')
  const message = document.querySelector('.stage-message')!
  layout.stageMessage('The stage is empty.')
  expect(visible(message)).toBe(true)
  layout.stageMessage(null)
  expect(visible(message)).toBe(false)
})

test('a renewed canvas stands where the old one did, and is measured', async () => {
  const layout = await createAt('desktop')
  const before = [stageCanvas(), layout.stageRect()]
  expect(layout.renewCanvas()).toBe(stageCanvas())
  expect(stageCanvas()).not.toBe(before[0])
  expect(layout.stageRect()).toEqual(before[1])
})
