/** The look of Taylor's orders: a colour and dashes for each. */
import { categories } from './colours'
import { lineColour } from './lineColours'

interface OrderStyle {
  colour: string
  /** Lengths of dashes and gaps in pixels. */
  dash: readonly number[]
}

/** Orders zero to two. The neuron's own curve is solid and in the colour of the text. */
export const orderStyles: readonly OrderStyle[] = [
  { colour: categories[3], dash: [2, 3] },
  { colour: categories[0], dash: [8, 4] },
  { colour: categories[6], dash: [8, 3, 2, 3] },
]

export const orderDashes = orderStyles.map(({ dash }) => dash)

/** The colour of an order's line on a theme's background. */
export function orderColour(order: number, onLight: boolean): string {
  return lineColour(orderStyles[order].colour, onLight)
}
