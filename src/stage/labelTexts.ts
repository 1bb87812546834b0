/** Texts of a picture for a file, painted to look like the screen's spans. */
import type { Size } from '../display/rect'
import { fitting, labelColours } from './labels'
import type { Label } from './picture'
import type { Theme } from './theme'

/** CSS pixels below the views, for the caption. */
export const captionHeight = 24

const alignments = { [-1]: 'right', 0: 'center', 1: 'left' } as const

export function paintLabels(
  context: CanvasRenderingContext2D,
  labels: readonly Label[],
  theme: Theme,
): void {
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineWidth = 3
  for (const label of fitting(labels)) {
    const { colour, casing } = labelColours(label, theme)
    context.font = `${label.isOnSurface ? '600 ' : ''}12px system-ui, sans-serif`
    context.textAlign = alignments[label.align]
    context.strokeStyle = casing
    context.fillStyle = colour
    context.strokeText(label.text, label.x, label.y)
    context.fillText(label.text, label.x, label.y)
  }
}

/** Painted below the views; a long caption is condensed to fit. */
export function paintCaption(
  context: CanvasRenderingContext2D,
  text: string,
  { width, height }: Size,
  theme: Theme,
): void {
  context.fillStyle = theme.ground
  context.fillRect(0, height, width, captionHeight + 1)
  context.fillStyle = theme.name
  context.font = '12px system-ui, sans-serif'
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillText(text, 12, height + captionHeight / 2, width - 24)
}
