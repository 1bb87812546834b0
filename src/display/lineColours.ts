/** Data colours for lines on the page's own background, which is white in one of the themes. */
import { parseColour } from './colours'

/** Lengths of dashes and gaps in pixels, in the order of runners: a cue in addition to colour. */
export const lineDashes = [
  [],
  [8, 4],
  [2, 3],
  [8, 3, 2, 3],
  [14, 4],
  [4, 4],
  [14, 3, 2, 3, 2, 3],
  [1, 5],
]

/** Relative luminance at which a line has a contrast of a little above 3 : 1 against white. */
const mostOnWhite = 0.27

/** The colour itself on a dark background; on a light one, darkened enough to be visible. */
export function lineColour(colour: string, onLight: boolean): string {
  const luminance = luminanceOf(colour)
  if (!onLight || luminance <= mostOnWhite) return colour
  const share = (mostOnWhite / luminance) ** (1 / 2.4)
  const channels = parseColour(colour).map((channel) => Math.round(channel * share * 255))
  return `rgb(${channels.join(', ')})`
}

/** Relative luminance as defined in WCAG 2. */
function luminanceOf(colour: string): number {
  const [red, green, blue] = parseColour(colour).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
