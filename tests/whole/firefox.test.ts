/** The page in Firefox, where one is installed: each lens, its numbers, and its texts. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Firefox, findFirefox } from '../setup/firefox'

const executable = findFirefox()
if (!executable) {
  console.warn('No Firefox is installed, nor named by FIREFOX_PATH: the page is NOT tested in it.')
}

let firefox: Firefox
beforeAll(async () => {
  if (!executable) return
  firefox = new Firefox(executable)
  await firefox.start(1280, 890)
})
afterAll(() => firefox?.stop())

const lenses = [
  '',
  'lens=starts',
  'lens=rates&run=gradientDescent:10;momentum:2',
  'lens=rates&part=sweep',
  'lens=rates&part=crowd&run=gradientDescent:10;momentum:2',
  'lens=why',
  'lens=why&why=angle',
]

/** Runs in the page: pairs of texts of which one lies upon the other. */
const coveredTexts = `(() => {
  const clipped = (element, { left, right, top, bottom }) => {
    for (let around = element; around; around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue
      const frame = around.getBoundingClientRect()
      left = Math.max(left, frame.left)
      right = Math.min(right, frame.right)
      top = Math.max(top, frame.top)
      bottom = Math.min(bottom, frame.bottom)
    }
    return { left, right, top, bottom }
  }
  const boxes = [...document.querySelectorAll('.page *')].flatMap((element) => {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    if (!own || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return []
    if (element.closest('.unseen, .view-label, .notices, select, svg, #labels, .panel')) return []
    const range = document.createRange()
    range.selectNodeContents(element)
    return [...range.getClientRects()].map((box) => ({ element, box: clipped(element, box) }))
  })
  return boxes.flatMap(({ element, box }, i) =>
    boxes.slice(i + 1).flatMap(({ element: other, box: under }) => {
      const across = Math.min(box.right, under.right) - Math.max(box.left, under.left)
      const down = Math.min(box.bottom, under.bottom) - Math.max(box.top, under.top)
      const related = element.contains(other) || other.contains(element)
      return !related && across > 2 && down > 5 ? [element.textContent + ' | ' + other.textContent] : []
    }),
  )
})()`

// Firefox is no dependency: without one the report counts these two as skipped.
test.skipIf(!executable)('each lens: ready, without a notice or an error', async () => {
  for (const query of lenses) {
    await firefox.visit(`${inject('pageAddress')}?grid=64&side=8&map=64&steps=60&step=60&${query}`)
    const found = await firefox.evaluate(`window.steepest.ready.then(async () => ({
      // A Firefox without WebGPU computes on the processor.
      wanted: (await navigator.gpu?.requestAdapter().catch(() => null)) ? 'gpu' : 'cpu',
      kind: steepest.engine.kind,
      name: steepest.engine.name,
      notices: [...document.querySelectorAll('.notice p')].map((notice) => notice.textContent),
      covered: ${coveredTexts},
    }))`)
    expect(found, query).toBeTypeOf('object')
    const { wanted, kind, name, notices, covered } = found as {
      [Name in 'wanted' | 'kind' | 'name']: string
    } & { notices: string[]; covered: string[] }
    expect(kind, query).toBe(wanted)
    expect(name).not.toContain('unnamed')
    // Only why the processor computes, where it has to.
    expect(
      notices.filter((text) => kind === 'gpu' || !text.includes('The processor computes')),
      query,
    ).toEqual([])
    expect(covered, query).toEqual([])
    expect(firefox.errors(), query).toEqual([])
  }
})

test.skipIf(!executable)('cells and steps lie in the permitted intervals', async () => {
  await firefox.visit(`${inject('pageAddress')}?grid=64&side=8&steps=60&step=60`)
  await firefox.evaluate('window.steepest.ready')
  const status = () =>
    firefox.evaluate('document.querySelector(".status").textContent') as Promise<string>
  await expect.poll(status).toMatch(/oracle 0\.\d+ of permitted error ✓/)
})
