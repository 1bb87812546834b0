/** Data colours: two perceptually uniform maps for the loss, eight colours for categories. */

export type ColourMap = 'viridis' | 'cividis'
export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Coefficients of t^0, t^1, ... for red, green and blue in 0 to 1.
 * viridis: fit of degree 6 to matplotlib's table; cividis: fit of degree 5 to the table of Nunez,
 * Anderton and Renslow (2018). Both stay within 0.02 of their tables.
 */
const polynomials: Record<ColourMap, readonly Rgb[]> = {
  viridis: [
    [0.2777, 0.0054, 0.3341],
    [0.1051, 1.4046, 1.3846],
    [-0.3309, 0.2148, 0.0951],
    [-4.6342, -5.7991, -19.3324],
    [6.2283, 14.1799, 56.6906],
    [4.7764, -13.7451, -65.353],
    [-5.4355, 4.6459, 26.3124],
  ],
  cividis: [
    [-0.0178, 0.1274, 0.3186],
    [-0.1386, 0.6695, 1.7348],
    [9.3401, 0.2071, -9.735],
    [-25.1086, -0.5155, 24.1853],
    [27.5479, 0.6925, -25.9409],
    [-10.6297, -0.2642, 9.7085],
  ],
}

/** Share of the light that is kept: both maps end in a yellow that would hide white trails. */
const brightness = 0.8

/**
 * Colour of t in 0 (lowest) to 1 (highest); channels in 0 to 1, sRGB. The maps of the literature,
 * a fifth darker: the surface is a ground for white trails in both themes.
 */
export function colourAt(map: ColourMap, t: number): Rgb {
  const at = Math.min(1, Math.max(0, t))
  const channel = (k: 0 | 1 | 2) => {
    const value = polynomials[map].reduceRight((sum, term) => sum * at + term[k], 0)
    return brightness * Math.min(1, Math.max(0, value))
  }
  return [channel(0), channel(1), channel(2)]
}

/** Entries of the table that the shaders read. */
export const paletteSize = 256

/** palette[4 i + k] = channel k of colourAt(map, i / 255), 0 to 255, opaque. */
export function palette(map: ColourMap): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(paletteSize * 4)
  for (let i = 0; i < paletteSize; i++) {
    const [red, green, blue] = colourAt(map, i / (paletteSize - 1))
    bytes.set([red * 255, green * 255, blue * 255, 255].map(Math.round), i * 4)
  }
  return bytes
}

/**
 * Okabe and Ito's eight, which the colour-blind can tell apart, in the order of the minima. Those
 * farthest from viridis come first.
 */
export const categories: readonly string[] = [
  '#e69f00',
  '#56b4e9',
  '#d55e00',
  '#cc79a7',
  '#f0e442',
  '#0072b2',
  '#009e73',
  '#f2f2f2',
]

/** The same in the order of the runners: the colours of the first two minima come last. */
export const runnerColours: readonly string[] = [3, 7, 2, 6, 4, 5, 1, 0].map((i) => categories[i])

/** Converts '#rrggbb' to channels in 0 to 1. */
export function parseColour(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}
