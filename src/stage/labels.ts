/** Texts of the axes: spans over the canvas, as sharp as the page's own text. */
import type { Rect } from '../display/rect'
import type { Label } from './picture'
import { ink, type Theme } from './theme'

/** Estimates that need no layout: 12 px text, tabular figures. */
const glyphWidth = 6.9
const lineHeight = 15
/** Space around a text in CSS pixels. */
const gap = 3

/** The labels that fit, names first. */
export function fitting(labels: readonly Label[]): Label[] {
  const taken: Rect[] = []
  return [...labels]
    .sort((a, b) => Number(b.isName) - Number(a.isName))
    .filter((label) => {
      const box = boxOf(label)
      if (!contains(label.within, box)) return false
      if (label.outside && overlap(label.outside, box)) return false
      if (taken.some((other) => overlap(other, box))) return false
      return taken.push(box)
    })
}

/** Colours of a text and of the casing that sets it off from its background. */
export function labelColours({ isName, isOnSurface }: Label, theme: Theme) {
  const colour = isOnSurface ? ink.light : isName ? theme.name : theme.label
  return { colour, casing: isOnSurface ? ink.dark : theme.ground }
}

export class Labels {
  private readonly spans: HTMLSpanElement[] = []

  constructor(private readonly parent: HTMLElement) {}

  /** Places the labels that fit. */
  show(labels: readonly Label[], theme: Theme): void {
    const shown = fitting(labels)
    shown.forEach((label, i) => {
      this.place(label, this.spans[i] ?? this.create(), theme)
    })
    for (let i = shown.length; i < this.spans.length; i++) this.spans[i].hidden = true
  }

  private place(label: Label, span: HTMLSpanElement, theme: Theme): void {
    span.hidden = false
    if (span.textContent !== label.text) span.textContent = label.text
    const { isOnSurface } = label
    const { colour, casing } = labelColours(label, theme)
    span.style.color = colour
    span.style.fontWeight = isOnSurface ? '600' : ''
    span.style.textShadow = `0 0 3px ${casing}, 0 0 2px ${casing}${isOnSurface ? `, 0 0 1px ${casing}` : ''}`
    const shift = { [-1]: '-100%', 0: '-50%', 1: '0' }[label.align]
    const [x, y] = [Math.round(label.x), Math.round(label.y)]
    span.style.transform = `translate(${x}px, ${y}px) translate(${shift}, -50%)`
  }

  private create(): HTMLSpanElement {
    const span = document.createElement('span')
    Object.assign(span.style, {
      position: 'absolute',
      left: '0',
      top: '0',
      font: '12px/15px system-ui, sans-serif',
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
      pointerEvents: 'none',
      userSelect: 'none',
    })
    this.spans.push(span)
    this.parent.append(span)
    return span
  }

  dispose(): void {
    for (const span of this.spans) span.remove()
  }
}

function boxOf({ text, x, y, align }: Label): Rect {
  const width = text.length * glyphWidth
  const left = x - ((1 - align) / 2) * width
  return { x: left, y: y - lineHeight / 2, width, height: lineHeight }
}

function contains(outer: Rect, box: Rect): boolean {
  return (
    box.x >= outer.x &&
    box.y >= outer.y &&
    box.x + box.width <= outer.x + outer.width &&
    box.y + box.height <= outer.y + outer.height
  )
}

function overlap(a: Rect, b: Rect): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height &&
    b.y < a.y + a.height
  )
}
