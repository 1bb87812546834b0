/** Checks that texts of a picture neither cover each other nor leave the picture. */
import { expect } from 'vitest'

interface Ink {
  text: string
  box: { left: number; right: number; top: number; bottom: number }
}

const context = document.createElement('canvas').getContext('2d')!

/**
 * The lines of a text, each as high as its letters: fonts differ in how much higher the lines are,
 * and the picture must be right in every font.
 */
function inkOf(element: Element): Ink[] {
  const text = element.textContent ?? ''
  const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(element)
  context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`
  const font = context.measureText(text)
  const height = font.fontBoundingBoxAscent + font.fontBoundingBoxDescent
  const range = document.createRange()
  range.selectNodeContents(element)
  return [...range.getClientRects()].map(({ left, right, top, bottom }) => {
    // A rotated text has a box of another height, and is left unchanged.
    const isUpright = Math.abs(bottom - top - height) < 2
    const above = isUpright ? font.fontBoundingBoxAscent - font.actualBoundingBoxAscent : 0
    const below = isUpright ? font.fontBoundingBoxDescent - font.actualBoundingBoxDescent : 0
    return { text, box: { left, right, top: top + above, bottom: bottom - below } }
  })
}

/** Pixels of tolerance for the rounding of boxes. */
const slack = 0.5

export function expectTextsApart(container: HTMLElement, selector: string): void {
  const frame = container.getBoundingClientRect()
  const texts = [...container.querySelectorAll(selector)]
    .filter((text) => text.textContent !== '' && text.getClientRects().length > 0)
    .map(inkOf)
  expect(texts.length).toBeGreaterThan(1)
  const overlaps = texts.flatMap((lines, i) =>
    lines.flatMap((a) =>
      texts
        .slice(i + 1)
        .flat()
        .filter((b) => {
          const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
          const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
          return Math.min(across, down) > slack
        })
        .map((b) => `${a.text} and ${b.text}`),
    ),
  )
  expect(overlaps).toEqual([])
  for (const { text, box } of texts.flat()) {
    expect(box.left, `${text}`).toBeGreaterThanOrEqual(frame.left - slack)
    expect(box.right, `${text}`).toBeLessThanOrEqual(frame.right + slack)
    expect(box.top, `${text}`).toBeGreaterThanOrEqual(frame.top - slack)
    expect(box.bottom, `${text}`).toBeLessThanOrEqual(frame.bottom + slack)
  }
}
