/** The header before the rows of a map or grid, or of a part of one. */
import * as v from 'valibot'
import { gridNodes } from '../model/grid'
import { outcomeNodes } from '../model/outcomes/classify'
import { show } from '../settings/kinds'
import { MapRows, rowsOfTile } from './mapRows'

const count = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least))

const axis = v.object({
  name: v.picklist(['w', 'b', 'log10Rate']),
  range: v.tuple([v.number(), v.number(), v.pipe(count(2), v.maxValue(2 ** 16))]),
})

const header = v.object({
  kind: v.picklist(['grid', 'classify']),
  /** Columns, then rows. */
  axes: v.tuple([axis, axis]),
  /** Steps of the descents; 0 for a grid. */
  steps: count(0),
  withCurvature: v.boolean(),
  /** Everything that the numbers depend on. */
  job: v.record(v.string(), v.unknown()),
  tile: v.object({ i: count(1), n: count(1) }),
  engineKind: v.picklist(['gpu', 'cpu']),
  /** The processor gives the same numbers under the same runtime. */
  runtime: v.string(),
  steepest: v.object({
    // In the description's order, so that joined parts give the same file as a whole run.
    v: v.literal(1),
    address: v.string(),
    settings: v.custom<object>((value) => typeof value === 'object' && value !== null),
    engine: v.string(),
    version: v.string(),
  }),
})

export type MapHeader = v.InferOutput<typeof header>

/** @throws Error with a sentence if the text is not a header */
export function parseHeader(text: string): MapHeader {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch (cause) {
    throw new Error('its header is not JSON', { cause })
  }
  const { success, output, issues } = v.safeParse(header, found)
  if (!success) {
    const path = v.getDotPath(issues[0]) ?? 'all of it'
    throw new Error(`its header has ${path} ${show(issues[0].input)}`)
  }
  const { tile, axes } = output
  if (tile.i <= tile.n && tile.n <= axes[1].range[2]) return output
  throw new Error(`its header has the tile ${tile.i}/${tile.n}`)
}

export function rowsOf({ kind, axes, withCurvature }: MapHeader): MapRows {
  return new MapRows(kind, axes[0].range[2], withCurvature)
}

/** Rows [first, last) of the whole map that the part has. */
export function windowOf({ axes, tile }: MapHeader) {
  return rowsOfTile(axes[1].range[2], tile)
}

/** Names and nodes of columns and rows; for log10Rate, the rates themselves. */
export function nodesOf({ kind, axes }: MapHeader) {
  return axes.map((each) => ({
    name: each.name === 'log10Rate' ? 'learningRate' : each.name,
    nodes: kind === 'grid' ? gridNodes(each.range) : outcomeNodes(each),
  }))
}
