/** The stage's frame: ticks of w and b on the base edges nearest the viewer, the loss upright. */
import { type PerspectiveCamera, Vector3 } from 'three/webgpu'
import { linearTicks, type Tick } from '../display/heightScale'
import { tickText } from '../display/numbers'
import type { Rect } from '../display/rect'
import type { Range } from '../model/starts'
import type { Point3, Wires } from './layers/wires'
import type { Label } from './picture'
import { heightScale } from './space'

export interface AxesInput {
  w: Range
  b: Range
  /** Null while there is no surface. */
  loss: readonly Tick[] | null
  /** Name of the loss axis. */
  name: string
  camera: PerspectiveCamera
  rect: Rect
  /** The map, if it lies over the stage. */
  covered: Rect | null
}

/** In widths of the surface: length of a tick, distance of its number, distance of the name. */
const tickLength = 0.016
const numberDistance = 0.05
const nameDistance = 0.125
/** At elevations above this, in degrees, the loss axis looks like a point. */
const steepest = 75

/** Draws the frame into `wires` and returns its texts. */
export function drawAxes(input: AxesInput, wires: Wires): Label[] {
  const { camera } = input
  const sideX = camera.position.x < 0 ? -0.5 : 0.5
  const sideZ = camera.position.z < 0 ? -0.5 : 0.5
  const level = frameHeight(camera)
  drawBase(wires, level)
  const project = createProjection(camera, input.rect)
  const labels: Label[] = []
  const text = (at: Point3, content: string, isName: boolean) => {
    const place = project(at)
    if (!place) return
    labels.push({
      text: content,
      ...place,
      align: 0,
      isName,
      within: input.rect,
      outside: input.covered,
    })
  }
  drawEdge(wires, text, 'w', linearTicks(input.w, 6), (along, out) => [
    along - 0.5,
    level,
    sideZ + Math.sign(sideZ) * out,
  ])
  drawEdge(wires, text, 'b', linearTicks(input.b, 6), (along, out) => [
    sideX + Math.sign(sideX) * out,
    level,
    0.5 - along,
  ])
  if (input.loss && !isSteep(camera)) {
    const corner = leftCorner(project, sideX, sideZ)
    drawUpright(wires, text, input.loss, input.name, corner)
  }
  return labels
}

/**
 * Seen from above, a base far below the surface is farther from the eye, so its ticks would be at
 * the wrong places of the surface; the frame therefore rises to the highest loss.
 */
function frameHeight(camera: PerspectiveCamera): number {
  const steepness = Math.max(0, (lookDown(camera) - 0.75) / 0.25)
  return steepness * heightScale
}

type Text = (at: Point3, content: string, isName: boolean) => void
/** Place at a share of the edge and a distance outside it. */
type Edge = (along: number, out: number) => Point3

function drawBase(wires: Wires, level: number): void {
  const corners: Point3[] = [
    [-0.5, level, -0.5],
    [0.5, level, -0.5],
    [0.5, level, 0.5],
    [-0.5, level, 0.5],
  ]
  corners.forEach((corner, i) => {
    wires.add(corner, corners[(i + 1) % 4])
  })
}

function drawEdge(wires: Wires, text: Text, name: string, ticks: Tick[], edge: Edge): void {
  for (const { value, at } of ticks) {
    wires.add(edge(at, 0), edge(at, tickLength))
    text(edge(at, numberDistance), tickText(value), false)
  }
  text(edge(0.5, nameDistance), name, true)
}

interface Corner {
  x: number
  z: number
}

function drawUpright(
  wires: Wires,
  text: Text,
  ticks: readonly Tick[],
  name: string,
  { x, z }: Corner,
): void {
  const outward = (height: number, out: number): Point3 => [
    x + Math.sign(x) * out * Math.SQRT1_2,
    height * heightScale,
    z + Math.sign(z) * out * Math.SQRT1_2,
  ]
  wires.add([x, 0, z], [x, heightScale, z])
  for (const { value, at } of ticks) {
    wires.add(outward(at, 0), outward(at, tickLength))
    text(outward(at, numberDistance + 0.015), tickText(value), false)
  }
  text(outward(1.16, 0.02), name, true)
}

/** Picks the corner that appears further left from the two at the sides of the picture. */
function leftCorner(project: Projection, sideX: number, sideZ: number): Corner {
  const [first, second] = [
    { x: sideX, z: -sideZ },
    { x: -sideX, z: sideZ },
  ]
  const a = project([first.x, 0, first.z])
  const b = project([second.x, 0, second.z])
  return !b || (a && a.x < b.x) ? first : second
}

function isSteep(camera: PerspectiveCamera): boolean {
  return lookDown(camera) > Math.sin((steepest * Math.PI) / 180)
}

/** Sine of the elevation: 1 from straight above. */
function lookDown(camera: PerspectiveCamera): number {
  return -camera.getWorldDirection(new Vector3()).y
}

type Projection = (at: Point3) => { x: number; y: number } | null

/** World place to CSS pixels of the canvas; null behind the eye. */
export function createProjection(camera: PerspectiveCamera, rect: Rect): Projection {
  const place = new Vector3()
  return (at) => {
    place.set(...at).applyMatrix4(camera.matrixWorldInverse)
    if (place.z >= 0) return null
    place.applyMatrix4(camera.projectionMatrix)
    return {
      x: rect.x + ((place.x + 1) / 2) * rect.width,
      y: rect.y + ((1 - place.y) / 2) * rect.height,
    }
  }
}
