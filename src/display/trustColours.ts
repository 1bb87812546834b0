/**
 * Colours of actual change / predicted change: blue where the prediction holds, orange where the
 * step goes up.
 */
import { parseColour, type Rgb } from './colours'

/** Colours are mixed between two stops; the colour-blind can tell blue from orange. */
export const trustStops = [
  { ratio: -1, colour: '#a63c06' },
  { ratio: 0, colour: '#f2a55e' },
  { ratio: 0, colour: '#efe9dd' },
  { ratio: 0.5, colour: '#9cc2df' },
  { ratio: 1, colour: '#2b6cab' },
  { ratio: 2, colour: '#0f3159' },
] as const

/** The colour where the gradient is zero and nothing is predicted. */
export const noTrust = '#7c8794'

/** The same colours as in the shader of trustShading.ts; NaN has the colour for no prediction. */
export function trustColour(ratio: number): Rgb {
  if (Number.isNaN(ratio)) return parseColour(noTrust)
  const above = trustStops.findIndex((stop) => stop.ratio > ratio)
  if (above === 0) return parseColour(trustStops[0].colour)
  if (above < 0) return parseColour(trustStops[trustStops.length - 1].colour)
  const [from, to] = [trustStops[above - 1], trustStops[above]]
  const share = (ratio - from.ratio) / (to.ratio - from.ratio)
  const [low, high] = [parseColour(from.colour), parseColour(to.colour)]
  const mixed = (k: 0 | 1 | 2) => low[k] + share * (high[k] - low[k])
  return [mixed(0), mixed(1), mixed(2)]
}
