/** A small picture from the oracle, and a stage that shows it, on either backend. */
import type { Rect } from '../../src/display/rect'
import type { Crowd, Plane, Surface } from '../../src/engine/engine'
import { descend } from '../../src/model/descent'
import { type Axis, evaluateGridRows } from '../../src/model/grid'
import { placeStarts } from '../../src/model/starts'
import { defaults } from '../../src/settings/settings'
import type { Picture, Place, Stage, StageEvents, ZoomGesture } from '../../src/stage/picture'
import { createStage } from '../../src/stage/stage'

export type Backend = 'webgpu' | 'webgl2'
export type { Place }

const nodes = 64
const perSide = 8
const steps = 40
export const stageRect: Rect = { x: 0, y: 0, width: 300, height: 240 }
export const mapRect: Rect = { x: 300, y: 0, width: 180, height: 240 }

export interface Scene {
  stage: Stage
  canvas: HTMLCanvasElement
  labels: HTMLElement
  picture: Picture
  /** The device of the textures; none on WebGL 2. */
  device: GPUDevice | undefined
  /** A picture's crowd with other recorded places. */
  crowdOf(places: Float32Array<ArrayBuffer>): Crowd
  events: {
    pointers: (Place | null)[]
    starts: [Place, 'move' | 'end'][]
    zooms: ZoomGesture[]
    cameras: number
  }
  dispose(): void
}

export async function createScene(backend: Backend): Promise<Scene> {
  const device = backend === 'webgpu' ? await requestDevice() : undefined
  const { canvas, labels } = addElements()
  const events: Scene['events'] = { pointers: [], starts: [], zooms: [], cameras: 0 }
  const options = { device, antialias: false, meshSize: 64, trailVertices: 4096 }
  const stage = await createStage(canvas, labels, options, recordInto(events))
  stage.layout(stageRect, mapRect, null)
  const crowdOf = (places: Float32Array<ArrayBuffer>) => createCrowd(places, device)
  const picture = createPicture(device, crowdOf)
  return {
    stage,
    canvas,
    labels,
    picture,
    device,
    crowdOf,
    events,
    dispose() {
      stage.dispose()
      canvas.remove()
      labels.remove()
      device?.destroy()
    },
  }
}

function recordInto(events: Scene['events']): StageEvents {
  return {
    onPointer: (place) => events.pointers.push(place),
    onStart: (place, phase) => events.starts.push([place, phase]),
    onCamera: () => events.cameras++,
    onZoom: (gesture) => events.zooms.push(gesture),
    moduleFailed: (reason) => {
      throw reason
    },
  }
}

async function requestDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter()
  if (!adapter) throw new Error('No WebGPU adapter; the tests need one, SwiftShader will do.')
  return adapter.requestDevice()
}

function addElements() {
  const canvas = document.createElement('canvas')
  const labels = document.createElement('div')
  for (const element of [canvas, labels]) {
    Object.assign(element.style, { position: 'fixed', left: '0', top: '0' })
    Object.assign(element.style, { width: '480px', height: '240px' })
    document.body.append(element)
  }
  labels.style.pointerEvents = 'none'
  return { canvas, labels }
}

function createPicture(
  device: GPUDevice | undefined,
  crowdOf: (places: Float32Array<ArrayBuffer>) => Crowd,
): Picture {
  const { samples, loss, view } = defaults
  const axis = (range: readonly [number, number]): Axis => [range[0], range[1], nodes]
  const job = {
    objective: { kind: 'neuron', samples, loss },
    w: axis(view.w),
    b: axis(view.b),
  } as const
  const cells = evaluateGridRows(job, 0, nodes)
  const losses = cells.filter((_, i) => i % 4 === 0)
  const surface: Surface = {
    job,
    plane: createPlane(cells, nodes, nodes, 4, device),
    curvature: null,
    nodeStep: 1,
    lowest: Math.min(...losses),
    highest: Math.max(...losses),
    readRows: async () => cells,
    readCurvature: () => Promise.reject(new Error('No curvature in this scene.')),
    dispose: () => undefined,
  }
  const places = Float32Array.from(descend(descentJob()))
  return {
    settings: { ...defaults, steps, step: steps },
    surface,
    crowd: crowdOf(places),
    runs: [
      Float32Array.from(descend({ ...descentJob(), starts: Float32Array.from(defaults.start) })),
    ],
    stationary: null,
    stale: { surface: false, crowd: false, runs: false, stationary: false },
    outcomes: null,
    why: null,
    step: steps,
    pointer: null,
  }
}

function descentJob() {
  const { samples, loss, view, start, runners, stop } = defaults
  const starts = placeStarts({ ...defaults.starts, perSide }, view.w, view.b, start)
  const objective = { kind: 'neuron', samples, loss } as const
  return { objective, runner: runners[0], stop, steps, stride: 1, starts }
}

/** @param places [(record * trajectories + trajectory) * 2 + k] */
function createCrowd(places: Float32Array<ArrayBuffer>, device: GPUDevice | undefined): Crowd {
  const trajectories = perSide * perSide
  const heads = places.slice(steps * trajectories * 2)
  const ends = createPlane(new Float32Array(trajectories), trajectories, 1, 1, device)
  const nothing = async () => new Float32Array(0)
  return {
    job: descentJob(),
    recording: { steps, stride: 1 },
    trajectories,
    finished: trajectories,
    stepsPerSecond: 0,
    records: createPlane(places, trajectories, steps + 1, 2, device),
    heads: createPlane(heads, trajectories, 1, 2, device),
    seek: async () => undefined,
    losses: nothing,
    destinations: () => ends,
    density: () => null,
    stepPair: async () => ({ before: new Float32Array(0), after: new Float32Array(0) }),
    read: async () => places,
    dispose: () => undefined,
  }
}

export function createPlane(
  array: Float32Array<ArrayBuffer>,
  width: number,
  height: number,
  channels: 1 | 2 | 4,
  device: GPUDevice | undefined,
): Plane {
  if (!device) return { array, width, height, channels, version: 1 }
  const texture = device.createTexture({
    size: [width, height],
    format: ({ 1: 'r32float', 2: 'rg32float', 4: 'rgba32float' } as const)[channels],
    usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
  })
  device.queue.writeTexture({ texture }, array, { bytesPerRow: width * channels * 4 }, [
    width,
    height,
  ])
  return { texture, width, height, channels }
}

export function drawPicture(scene: Scene, picture: Picture): Promise<ImageData> {
  scene.stage.show(picture)
  return drawn(scene)
}

/** Reads the canvas in the task that draws: later, its drawing may be gone. */
export async function drawn({ stage, canvas }: Scene): Promise<ImageData> {
  await stage.drawn()
  const copy = new OffscreenCanvas(canvas.width, canvas.height)
  const context = copy.getContext('2d')
  if (!context) throw new Error('No 2-D context to read the canvas with.')
  context.drawImage(canvas, 0, 0)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** Bounding box of the pixels that differ by more than `slack` of 255 inside a rectangle. */
export function changedBox(a: ImageData, b: ImageData, rect: Rect, slack = 12): Rect | null {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -1, -1]
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x; x < rect.x + rect.width; x++) {
      if (difference(a, b, x, y) <= slack) continue
      x0 = Math.min(x0, x)
      y0 = Math.min(y0, y)
      x1 = Math.max(x1, x)
      y1 = Math.max(y1, y)
    }
  }
  return x1 < 0 ? null : { x: x0, y: y0, width: x1 - x0 + 1, height: y1 - y0 + 1 }
}

export function difference(a: ImageData, b: ImageData, x: number, y: number): number {
  const at = (y * a.width + x) * 4
  return Math.max(...[0, 1, 2].map((k) => Math.abs(a.data[at + k] - b.data[at + k])))
}
