/** Maps of outcomes of several runners side by side, and one of the difference between two of them. */
import { endingName } from '../../../display/endings'
import { percentText, tickText } from '../../../display/numbers'
import { paintOutcomes, wholeOf } from '../../../display/outcomePixels'
import { remember, sameItems } from '../../../display/remember'
import { outcomeNames } from '../../../model/outcomes/outcome'
import type { Range } from '../../../model/starts'
import {
  type ArrivalDifference,
  compareArrivals,
  createDifferenceKey,
  differenceText,
  paintDifference,
} from './difference'
import { SmallMap, type SmallMapEvents } from './smallMap'

export interface SmallMapsPicture {
  /** w across, b upwards. */
  axes: readonly [w: Range, b: Range]
  maps: readonly SmallMapPicture[]
  /** Compares the `cells` of A and B. */
  difference: {
    pair: readonly [a: number, b: number]
    cells: readonly [Float32Array, Float32Array]
    columns: number
    rows: number
  } | null
  pointer: readonly [w: number, b: number] | null
  start: readonly [w: number, b: number]
}

export interface SmallMapPicture {
  /** Index of the runner. */
  key: number
  label: string
  colour: string
  /**
   * cells[(row * columns + column) * 4 + k] = class, minimum or 255, step of arrival or -1, final
   * loss; row 0 is the smallest b. Null until there are any.
   */
  cells: Float32Array | null
  columns: number
  rows: number
  steps: number
  stale: boolean
}

/** CSS pixels around and between the maps, of a caption, and of the smallest side of a map. */
const padding = 8
const gap = 8
const captionHeight = 24
const leastSide = 96

const markup = `
  <div class="small-maps-grid"></div>
  <p class="small-maps-axes"></p>
  <div class="difference-key">
    <div class="difference-pair"></div>
    <div class="difference-meaning"></div>
  </div>`

/** @param onPair receives the runners to compare, by their keys */
export function createSmallMaps(
  container: HTMLElement,
  events: SmallMapEvents,
  onPair: (pair: readonly [a: number, b: number]) => void,
) {
  container.classList.add('small-maps')
  container.innerHTML = markup
  const [grid, axesText, differenceKey] = [...container.children] as HTMLElement[]
  const maps = new Map<number, SmallMap>()
  const difference = new SmallMap(events)
  difference.caption.textContent = 'A against B'
  const describeDifference = createDifferenceTexts(differenceKey, onPair)
  const describe = createDescriber()
  let picture: SmallMapsPicture | null = null

  const mapOf = ({ key }: SmallMapPicture) => {
    const map = maps.get(key) ?? new SmallMap(events)
    maps.set(key, map)
    return map
  }
  const draw = () => {
    if (!picture) return
    const { axes, pointer, start } = picture
    const shared = { axes, pointer, start }
    // Comes before any map, because its texts reduce the height of the maps.
    const compared = describeDifference(picture)
    // Not the grid's own height, which depends on its contents if it has to scroll.
    const texts = axesText.offsetHeight + differenceKey.offsetHeight
    const height = container.clientHeight - 2 * padding - texts
    const columns = bestColumns(grid.children.length, { width: grid.clientWidth, height })
    grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`
    for (const map of picture.maps) {
      mapOf(map).show({ ...shared, ...contentsOf(map), text: describe(map) })
    }
    if (compared) difference.show({ ...shared, ...compared })
  }

  return {
    show(next: SmallMapsPicture) {
      picture = next
      for (const [key, map] of maps) {
        if (next.maps.some((each) => each.key === key)) continue
        map.dispose()
        maps.delete(key)
      }
      for (const map of next.maps) showCaption(mapOf(map).caption, map)
      const figures = next.maps.map((map) => mapOf(map).figure)
      if (next.difference) figures.push(difference.figure)
      // Elements lose their pointer capture when they are inserted again.
      if (!sameItems(figures, [...grid.children])) grid.replaceChildren(...figures)
      differenceKey.hidden = next.difference === null
      const [w, b] = next.axes
      axesText.textContent = `Across ${rangeText('w', w)}, upwards ${rangeText('b', b)}.`
      draw()
    },
    /** Measures the container again. */
    resize: draw,
  }
}

/** The number of columns that makes the shorter side of the maps longest. */
function bestColumns(figures: number, size: { width: number; height: number }): number {
  const sideOf = (columns: number) => {
    const rows = Math.ceil(figures / columns)
    const across = (size.width - (columns - 1) * gap) / columns
    const down = (size.height - (rows - 1) * gap) / rows - captionHeight
    // If all maps have to be small, the grid scrolls, so only the width counts.
    return Math.min(across, Math.max(down, leastSide)) + Math.min(across, down) * 1e-3
  }
  let best = 1
  for (let columns = 2; columns <= figures; columns++) {
    if (sideOf(columns) > sideOf(best)) best = columns
  }
  return best
}

function contentsOf(map: SmallMapPicture) {
  const { cells, steps, stale } = map
  const paint = (width: number, height: number) =>
    new ImageData(
      paintOutcomes({ ...map, cells: cells!, stale: false }, wholeOf(width, height)),
      width,
    )
  return { stale, paint: cells && paint, key: [cells, steps] }
}

/** Returns a function that shows the texts of a difference and gives the contents of its map. */
function createDifferenceTexts(
  container: HTMLElement,
  onPair: (pair: readonly [a: number, b: number]) => void,
) {
  const find = (selector: string) => container.querySelector<HTMLElement>(selector)!
  const selects = createPairSelects(find('.difference-pair'), onPair)
  const key = createDifferenceKey(find('.difference-meaning'))
  const compared = remember<ArrivalDifference>()
  return ({ difference: shown, maps }: SmallMapsPicture) => {
    if (!shown) return null
    const pair = shown.pair.map((index) => maps.find((map) => map.key === index))
    const steps = Math.max(1, ...pair.map((map) => map?.steps ?? 0))
    const sentence = differenceText(compared(shown.cells, () => compareArrivals(shown.cells)))
    selects.show(maps, shown.pair)
    key.show(steps, sentence)
    return {
      stale: pair.some((map) => map?.stale),
      text: `Difference of arrival, A ${pair[0]?.label}, B ${pair[1]?.label}: ${sentence}`,
      paint: (width: number, height: number) => paintDifference({ ...shown, steps }, width, height),
      key: [...shown.cells, steps],
    }
  }
}

function rangeText(name: string, [min, max]: Range): string {
  const digits = Math.max(
    3,
    Math.ceil(Math.log10(Math.max(Math.abs(min), Math.abs(max)) / (max - min))) + 3,
  )
  const text = (value: number) => tickText(Number(value.toPrecision(Math.min(12, digits))))
  return `${name} from ${text(min)} to ${text(max)}`
}

function showCaption(caption: HTMLElement, { label, colour }: SmallMapPicture): void {
  if (caption.title === label && caption.dataset.colour === colour) return
  caption.title = label
  caption.dataset.colour = colour
  const mark = document.createElement('span')
  mark.className = 'small-map-mark'
  mark.style.background = colour
  const text = document.createElement('span')
  text.textContent = label
  caption.replaceChildren(mark, text)
}

/** The two most frequent endings of a map in words; each array of cells is counted only once. */
function createDescriber() {
  const known = new WeakMap<Float32Array, string>()
  return ({ label, cells }: SmallMapPicture): string => {
    if (!cells) return `${label}: not computed yet.`
    const text = known.get(cells) ?? largestEndings(cells)
    known.set(cells, text)
    return `${label}: ${text}.`
  }
}

function largestEndings(cells: Float32Array): string {
  const counts = new Map<string, number>()
  const starts = cells.length / 4
  const byCode = new Uint32Array(256 * 256)
  for (let i = 0; i < starts; i++) byCode[cells[i * 4] * 256 + cells[i * 4 + 1]]++
  byCode.forEach((count, code) => {
    if (count > 0) counts.set(endingName(outcomeNames[code >> 8], code & 255), count)
  })
  const largest = [...counts].sort(([, a], [, b]) => b - a).slice(0, 2)
  return largest.map(([name, count]) => `${percentText(count / starts)} ${name}`).join(', ')
}

/** Menus for the two runners to compare. */
function createPairSelects(
  container: HTMLElement,
  onPair: (pair: readonly [a: number, b: number]) => void,
) {
  const selects = ['A', 'B'].map((name) => {
    const label = document.createElement('label')
    const select = document.createElement('select')
    select.setAttribute('aria-label', `Runner ${name}`)
    label.append(name, select)
    container.append(label)
    return select
  })
  const [a, b] = selects
  for (const select of selects) {
    select.addEventListener('change', () => onPair([Number(a.value), Number(b.value)]))
  }
  const offered = remember()
  return {
    show(maps: readonly SmallMapPicture[], pair: readonly [number, number]) {
      const options = maps.map(({ key, label }) => [label, String(key)] as const)
      offered(options.flat(), () => {
        for (const select of selects) {
          select.replaceChildren(...options.map((each) => new Option(...each)))
        }
      })
      selects.forEach((select, k) => {
        select.value = String(pair[k])
      })
    },
  }
}
