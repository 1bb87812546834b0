/**
 * Opens and replaces the engine and the drawing together: when the device is lost or another engine
 * is chosen, the old session goes completely and the settings stay.
 */
import type { Engine } from '../engine/engine'
import type { GpuEngine } from '../engine/gpuEngine'
import { requestGpu } from '../gpu/device'
import type { Layout } from '../page/layout'
import { type NoticeKind, sentenceOf } from '../page/notices'
import type { Drawing, Session } from '../page/session'
import type { Settings } from '../settings/settings'
import type { StageEvents } from '../stage/picture'
import { loadWebGpuBackend } from '../stage/renderer'
import { createStage } from '../stage/stage'

/** Numbers of vertices and trail points that a processor can draw without a GPU. */
const softwareLoad = { meshSize: 128, trailVertices: 60_000 }

/** @param signal stops waiting for the graphics device: the processor then takes its place */
async function openSession(
  preference: Settings['engine'],
  layout: Layout,
  events: StageEvents,
  signal: AbortSignal,
): Promise<Session> {
  const notices: string[] = []
  layout.stageMessage(null)
  const gpuEngine = preference === 'cpu' ? null : await openGpuEngine(notices, signal)
  if (gpuEngine) {
    try {
      const drawing = await openStage(layout, events, gpuEngine)
      return sessionOf(gpuEngine, drawing, notices)
    } catch (reason) {
      gpuEngine.dispose()
      notices.push(sentenceOf(reason))
    }
  }
  // A visitor loads only the engine in use.
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

async function openGpuEngine(notices: string[], signal: AbortSignal): Promise<GpuEngine | null> {
  try {
    // Asked for first: a browser takes longest over this, and loads the rest meanwhile.
    const gpu = requestGpu(navigator.gpu, signal)
    const [{ GpuEngine: Opened }] = await Promise.all([
      import('../engine/gpuEngine'),
      loadWebGpuBackend(),
      gpu,
    ])
    return new Opened(await gpu)
  } catch (reason) {
    if (signal.aborted) return null
    notices.push(`${sentenceOf(reason)} The processor computes instead, with fewer starts.`)
    return null
  }
}

async function openStage(layout: Layout, events: StageEvents, engine: Engine): Promise<Drawing> {
  const { device, turns } = engine as Partial<GpuEngine>
  const canvas = layout.renewCanvas()
  const options = {
    device,
    turns,
    antialias: !engine.isSoftware,
    ...(engine.isSoftware && softwareLoad),
  }
  const stage = await createStage(canvas, layout.labels, options, events)
  return {
    show(picture, isMoving) {
      stage.show(picture, isMoving)
      stage.drawNow()
    },
    unfit: stage.unfit,
    layout: () => stage.layout(layout.stageRect(), layout.mapRect(), layout.otherLossRect()),
    drawn: () => stage.drawn(),
    mayDraw: () => stage.mayDraw(),
    stage,
    lost: stage.lost,
    dispose: () => stage.dispose(),
  }
}

/** Fills the hole of the map card, because the large canvas stays empty. */
async function openFlatMap(layout: Layout, events: StageEvents): Promise<Drawing> {
  const { FlatMap } = await import('../stage/flat/flatMap')
  const canvas = document.createElement('canvas')
  canvas.className = 'flat-map'
  const map = new FlatMap(canvas, events)
  const place = () => {
    if (canvas.parentElement !== layout.mapHole) layout.mapHole.replaceChildren(canvas)
  }
  place()
  return {
    show(picture) {
      place()
      map.show(picture)
      map.drawNow()
    },
    layout: () => map.resize(),
    drawn: () => new Promise((resolve) => requestAnimationFrame(() => resolve())),
    mayDraw: () => true,
    flatMap: map,
    lost: new Promise(() => {}),
    dispose() {
      map.dispose()
      canvas.remove()
    },
  }
}

/** At the third loss of an engine within a minute, the processor takes over. */
const mostLosses = 3
const lossWindow = 60_000

export interface SessionEvents {
  /** The engine that the settings ask for. */
  preference(): Settings['engine']
  onOpened(session: Session): void
  /** All results of the closed session are gone. */
  onClosed(): void
  /** The graphics device is of no use: the settings should now ask for the processor. */
  onGiveUpGpu(): void
  /** Nothing can compute until the page is reloaded. */
  onEnd(): void
  notice(text: string, kind?: NoticeKind): void
}

export class SessionKeeper {
  /** Null while none is open. */
  session: Session | null = null
  private opening: Promise<Session>
  private waiting = new AbortController()
  private losses: number[] = []

  constructor(
    private readonly layout: Layout,
    private readonly stageEvents: StageEvents,
    private readonly events: SessionEvents,
  ) {
    this.opening = this.watched(this.open())
  }

  /** The session that is open or being opened. */
  current(): Promise<Session> {
    return this.opening
  }

  /** Closes the session and opens one for the engine that the settings ask for now. */
  reopen(): void {
    this.close()
    this.waiting.abort()
    this.waiting = new AbortController()
    const opened = this.opening
      .catch(() => null)
      .then(() => {
        // Closes a session whose opening has finished in between.
        this.close()
        return this.open()
      })
    this.opening = this.watched(opened)
  }

  /** Reports a failure; the promise also tells whoever awaits it. */
  private watched(opening: Promise<Session>): Promise<Session> {
    opening.catch((reason) => {
      this.events.notice(sentenceOf(reason), 'error')
      this.events.onEnd()
    })
    return opening
  }

  private async open(): Promise<Session> {
    const { events, layout, stageEvents, waiting } = this
    const session = await openSession(events.preference(), layout, stageEvents, waiting.signal)
    this.session = session
    for (const sentence of session.notices) this.events.notice(sentence)
    session.drawing.layout()
    const { engine, drawing } = session
    void Promise.race([engine.lost, drawing.lost]).then((sentence) => {
      if (session === this.session) this.recover(session, sentence)
    })
    for (const { unfit } of [engine, drawing]) {
      void unfit?.then((sentence) => {
        if (session === this.session) this.giveUpGpu(`${sentence} The processor takes over.`)
      })
    }
    this.events.onOpened(session)
    return session
  }

  private close(): void {
    const { session } = this
    this.session = null
    this.events.onClosed()
    session?.dispose()
  }

  private recover({ engine }: Session, sentence: string): void {
    const now = performance.now()
    this.losses = [...this.losses.filter((time) => now - time < lossWindow), now]
    const { length } = this.losses
    if (length < mostLosses) {
      this.events.notice(`${sentence} A new one has replaced it, and all settings are kept.`)
      this.reopen()
      return
    }
    const again = `${sentence} This was loss number ${length} within a minute`
    if (engine.kind === 'cpu') {
      this.close()
      // Replaces the dead session, for which everybody would wait for ever.
      const end = new Error(`${again}: nothing can compute any more. Reload the page.`)
      this.opening = this.watched(Promise.reject(end))
      return
    }
    this.giveUpGpu(`${again}: the processor takes over.`)
  }

  private giveUpGpu(sentence: string): void {
    this.events.notice(sentence)
    this.losses = []
    this.events.onGiveUpGpu()
    this.reopen()
  }
}
