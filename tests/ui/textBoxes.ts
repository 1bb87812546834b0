/** That no text of a picture covers another, nor leaves the picture. */
import { expect } from 'vitest'

/** Pixels of a box of text that have no ink: its line is higher than its letters. */
const slack = 2

export function expectTextsApart(container: HTMLElement, selector: string): void {
  const frame = container.getBoundingClientRect()
  const boxes = [...container.querySelectorAll(selector)]
    .filter((text) => text.textContent !== '' && text.getClientRects().length > 0)
    .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
  expect(boxes.length).toBeGreaterThan(1)
  const overlaps = boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
        return across > 0.5 && down > slack
      })
      .map((b) => `${a.text} and ${b.text}`),
  )
  expect(overlaps).toEqual([])
  for (const { text, box } of boxes) {
    expect(box.left, `${text}`).toBeGreaterThanOrEqual(frame.left - 0.5)
    expect(box.right, `${text}`).toBeLessThanOrEqual(frame.right + 0.5)
    expect(box.top, `${text}`).toBeGreaterThanOrEqual(frame.top - slack)
    expect(box.bottom, `${text}`).toBeLessThanOrEqual(frame.bottom + slack)
  }
}
