/** How the orders of a Taylor expansion look: the same colour and dash wherever one is drawn. */

import { set } from '../widgets/svgPlot'
import { categories } from './colours'
import { lineColour } from './lineColours'

interface OrderLook {
  colour: string
  /** Pixels of dashes and gaps. */
  dash: readonly number[]
}

/** Orders zero to two. The neuron's own curve is solid and in the colour of the text. */
const orderLooks: readonly OrderLook[] = [
  { colour: categories[3], dash: [2, 3] },
  { colour: categories[0], dash: [8, 4] },
  { colour: categories[6], dash: [8, 3, 2, 3] },
]

export const orderDashes = orderLooks.map(({ dash }) => dash)

/** The colour of an order's line on the ground of a theme. */
export function orderColour(order: number, onLight: boolean): string {
  return lineColour(orderLooks[order].colour, onLight)
}

/** The style sheet chooses between the two colours, so that a change of theme needs no drawing. */
export function paintOrder(element: SVGElement, order: number, kind: 'line' | 'mark'): void {
  const { colour, dash } = orderLooks[order]
  element.classList.add(`order-${kind}`)
  element.style.setProperty('--on-dark', lineColour(colour, false))
  element.style.setProperty('--on-light', lineColour(colour, true))
  if (kind === 'line') set(element, { 'stroke-dasharray': dash.join(' ') })
}
