/**
 * What computes and what draws, opened together and replaced together: when the device is lost or
 * another engine is chosen, everything of the old session goes and the settings stay.
 */
import type { Engine } from '../engine/engine'
import type { GpuEngine } from '../engine/gpuEngine'
import type { Settings } from '../state/settings'
import type { Layout } from '../ui/layout'
import type { FlatMap } from '../view/flatMap'
import type { Picture, Stage, StageEvents } from '../view/picture'
import { createStage } from '../view/stage'

/** What the session draws with: the stage, or the flat map where there is no 3-D graphics. */
export interface Drawing {
  show(picture: Picture): void
  layout: () => void
  drawn(): Promise<void>
  /** Of the two, the one that there is: pictures for files are drawn with it. */
  readonly stage?: Stage
  readonly flatMap?: FlatMap
  /** Resolves with a sentence when it can draw no more. */
  readonly lost: Promise<string>
  dispose(): void
}

export interface Session {
  engine: Engine
  drawing: Drawing
  /** Sentences on what had to be done otherwise than asked. */
  notices: string[]
  /** Also after a loss, when parts of it can no longer be disposed of in order. */
  dispose(): void
}

/** Vertices and trail points that a processor can draw in place of a GPU. */
const softwareLoad = { meshSize: 128, trailVertices: 60_000 }

export async function openSession(
  preference: Settings['engine'],
  layout: Layout,
  events: StageEvents,
): Promise<Session> {
  const notices: string[] = []
  layout.stageMessage(null)
  const gpuEngine = preference === 'cpu' ? null : await openGpuEngine(notices)
  if (gpuEngine) {
    try {
      const drawing = await openStage(layout, events, gpuEngine)
      return sessionOf(gpuEngine, drawing, notices)
    } catch (reason) {
      gpuEngine.dispose()
      notices.push(sentenceOf(reason))
    }
  }
  // A visitor loads the one engine that is used.
  const { CpuEngine } = await import('../engine/cpuEngine')
  const engine = new CpuEngine()
  try {
    return sessionOf(engine, await openStage(layout, events, engine), notices)
  } catch (reason) {
    layout.stageMessage(
      `The stage is empty: ${sentenceOf(reason)} Map, timeline and numbers work without it.`,
    )
    return sessionOf(engine, await openFlatMap(layout, events), notices)
  }
}

function sessionOf(engine: Engine, drawing: Drawing, notices: string[]): Session {
  const dispose = () => {
    for (const part of [drawing, engine]) {
      try {
        part.dispose()
      } catch (reason) {
        // three.js may throw when its device is gone; there is nothing left to free then.
        console.info(`While closing: ${sentenceOf(reason)}`)
      }
    }
  }
  return { engine, drawing, notices, dispose }
}

async function openGpuEngine(notices: string[]): Promise<GpuEngine | null> {
  try {
    const [{ GpuEngine: Opened }, { requestGpu }] = await Promise.all([
      import('../engine/gpuEngine'),
      import('../gpu/device'),
    ])
    return new Opened(await requestGpu(navigator.gpu))
  } catch (reason) {
    notices.push(`${sentenceOf(reason)} The processor computes instead, with fewer starts.`)
    return null
  }
}

async function openStage(layout: Layout, events: StageEvents, engine: Engine): Promise<Drawing> {
  const { device } = engine as Partial<GpuEngine>
  const canvas = layout.renewCanvas()
  const options = { device, antialias: !engine.isSoftware, ...(engine.isSoftware && softwareLoad) }
  const stage = await createStage(canvas, layout.labels, options, events)
  return {
    show: (picture) => stage.show(picture),
    layout: () => stage.layout(layout.stageRect(), layout.mapRect(), layout.besideRect()),
    drawn: () => stage.drawn(),
    stage,
    lost: stage.lost,
    dispose: () => stage.dispose(),
  }
}

/** Fills the hole of the map card, since the large canvas stays empty. */
async function openFlatMap(layout: Layout, events: StageEvents): Promise<Drawing> {
  const { createFlatMap } = await import('../view/flatMap')
  const canvas = document.createElement('canvas')
  canvas.className = 'flat-map'
  const map = createFlatMap(canvas, events)
  const place = () => {
    if (canvas.parentElement !== layout.mapHole) layout.mapHole.replaceChildren(canvas)
  }
  place()
  return {
    show(picture) {
      place()
      map.show(picture)
    },
    layout: () => map.resize(),
    drawn: () => new Promise((resolve) => requestAnimationFrame(() => resolve())),
    flatMap: map,
    lost: new Promise(() => {}),
    dispose() {
      map.dispose()
      canvas.remove()
    },
  }
}

export function sentenceOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}
