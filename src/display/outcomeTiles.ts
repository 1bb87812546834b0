/**
 * The look of each ending: a hue for every minimum and a grey pattern for every other class. Both
 * survive colour blindness and print. Stage, maps and legend repeat these tiles.
 */
import { type OutcomeName, outcomeCodes, outcomeNames } from '../model/outcomes/outcome'
import { categories, parseColour } from './colours'

/** Pixels along each side of a tile. */
export const tileSize = 8

/** Minima in their order, then one tile for each code of a class. */
export const minimumTiles = categories.length
export const tileCount = minimumTiles + outcomeNames.length

interface Pattern {
  ground: string
  ink: string
  /** Whether a pixel of the tile has the ink's colour. */
  inked(x: number, y: number): boolean
}

const patterns: Record<Exclude<OutcomeName, 'minimum'>, Pattern> = {
  plateau: { ground: '#5d6875', ink: '#a9b4c0', inked: (_, y) => y % 4 === 0 },
  oscillating: {
    ground: '#2b333d',
    ink: '#8793a1',
    inked: (x, y) => ((x >> 1) + (y >> 1)) % 2 === 0,
  },
  moving: { ground: '#78838f', ink: '#2b333d', inked: (x, y) => x % 4 === 1 && y % 4 === 1 },
  diverged: { ground: '#0b0f14', ink: '#c8d1db', inked: (x, y) => x === y || x + y === 7 },
  receding: { ground: '#c3ccd6', ink: '#56606c', inked: (x, y) => (x + y) % 8 < 2 },
  stationary: {
    ground: '#f2f5f9',
    ink: '#0b0f14',
    inked: (x, y) => (x === 3 && y > 0 && y < 6) || (y === 3 && x > 0 && x < 6),
  },
  frozen: { ground: '#3f4955', ink: '#d5dde6', inked: (x) => x % 4 === 0 },
}

/** The index of the tile for an ending. */
export function tileOf(outcome: OutcomeName, minimum: number | null): number {
  return outcome === 'minimum'
    ? (minimum ?? 0) % minimumTiles
    : minimumTiles + outcomeCodes[outcome]
}

/** tiles[((tile * tileSize + y) * tileSize + x) * 4 + k]: channels in 0 to 255, opaque. */
export function outcomeTiles(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(tileCount * tileSize * tileSize * 4)
  for (let i = 0; i < bytes.length / 4; i++) {
    const [x, y] = [i % tileSize, Math.floor(i / tileSize) % tileSize]
    const tile = Math.floor(i / (tileSize * tileSize))
    const name = outcomeNames[tile - minimumTiles]
    const pattern = name && name !== 'minimum' ? patterns[name] : null
    const hex = pattern
      ? pattern.inked(x, y)
        ? pattern.ink
        : pattern.ground
      : categories[tile % minimumTiles]
    bytes.set([...parseColour(hex).map((channel) => Math.round(channel * 255)), 255], i * 4)
  }
  return bytes
}

/** Light left of a minimum's hue if descent takes all its steps. */
export const slowest = 0.4

/** Light of a minimum's hue: it falls with the logarithm of the step of arrival. */
export function lightOf(arrivalStep: number, logSteps: number): number {
  return 1 - (1 - slowest) * (Math.log2(1 + Math.max(0, arrivalStep)) / logSteps)
}
