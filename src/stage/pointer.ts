/**
 * Handles pointers on the canvas: hover, click, drag of the start marker, the camera's gestures,
 * and wheel, pinch and rectangle on maps that can be zoomed.
 */
import type { Rect } from '../display/rect'
import { clickReach, reachOf } from '../widgets/pointerReach'
import type { Place, StageEvents } from './picture'

/** Milliseconds a finger must stay still on the stage to choose a start. */
const longPress = 450
/** CSS pixels of wheel travel that double the size; the least side of a rectangle, in shares. */
const wheelOctave = 240
const leastSide = 0.01
/** Half the size of the grasp area: 44 pixels under a finger. */
const grasp = { mouse: 14, touch: 22 }

interface Press {
  id: number
  x: number
  y: number
  view: ViewName
  /** The corner at which a rectangle would begin, if this press draws one. */
  corner: Spot | null
  /** Whether it holds the start marker. */
  drags: boolean
  moved: boolean
}

interface Span {
  x: number
  y: number
  length: number
}

export class PointerControl {
  private press: Press | null = null
  private fingers = 0
  /** Fingers on a map, by their pointers. */
  private readonly touches = new Map<number, { x: number; y: number }>()
  private readonly questions: PlaceQuestions
  private lastDragged: Place | null = null
  /** Numbers of the last question and the last answer about the place under the pointer. */
  private hovers = 0
  private answered = 0
  private readonly listeners = new AbortController()

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly targets: PointerTargets,
    private readonly events: Pick<StageEvents, 'onPointer' | 'onStart' | 'onZoom'>,
  ) {
    this.questions = new PlaceQuestions((x, y) => targets.placeInStage(x, y))
    const { signal } = this.listeners
    // Before the camera's own listeners, which must see only their own events.
    const options = { signal, capture: true }
    canvas.addEventListener('pointerdown', (event) => this.down(event), options)
    canvas.addEventListener('wheel', (event) => this.wheel(event), options)
    canvas.addEventListener('pointermove', (event) => this.move(event), options)
    canvas.addEventListener('pointerup', (event) => this.up(event), options)
    canvas.addEventListener('pointercancel', (event) => this.cancel(event), options)
    canvas.addEventListener('pointerleave', (event) => this.leave(event), options)
  }

  private down(event: PointerEvent): void {
    this.fingers++
    const { x, y } = this.at(event)
    const view = this.viewAt(x, y)
    if (view && view !== 'stage') this.touches.set(event.pointerId, { x, y })
    if (this.fingers > 1) {
      // A second finger makes it a pinch; if the first was in the stage, the camera already has it.
      if (this.press) this.press.moved = true
      this.dropCorner()
      return
    }
    const drags = view !== null && event.button === 0 && this.isOnMarker(event, view)
    this.targets.giveToCamera(view === 'stage' && !drags)
    if (!view || event.button !== 0) return
    const draws = view !== 'stage' && !drags && this.targets.zooms()
    const corner = draws ? this.targets.placeInMap(view, x, y, false) : null
    this.press = { id: event.pointerId, x, y, view, corner, drags, moved: false }
    this.lastDragged = null
    if (event.pointerType === 'touch' && view === 'stage' && !drags) this.awaitLongPress(this.press)
    // The camera captures its own presses; any other would miss a release outside the canvas.
    if (drags || view !== 'stage') this.canvas.setPointerCapture(event.pointerId)
  }

  /** A finger orbits the stage: it chooses a start only if it stays still. */
  private awaitLongPress(press: Press): void {
    setTimeout(() => {
      if (this.press !== press || press.moved) return
      // Anything that follows is not a tap.
      press.moved = true
      const deliver = (place: Place | null) => place && this.events.onStart(place, 'end')
      this.locate('stage', press.x, press.y, false, deliver, true)
    }, longPress)
  }

  private wheel(event: WheelEvent): void {
    const { x, y } = this.at(event)
    const view = this.viewAt(x, y)
    this.targets.giveToCamera(view === 'stage')
    if (!view || view === 'stage' || !this.targets.zooms()) return
    event.preventDefault()
    const spot = this.targets.placeInMap(view, x, y, true)
    // Converts lines and pages, from old wheels, to pixels.
    const pixels = event.deltaY * [1, 20, 400][event.deltaMode]
    if (spot) this.events.onZoom({ at: spot.uv, factor: 2 ** (pixels / wheelOctave) })
  }

  /** Two fingers on a map: the point between them follows, and their distance sets the zoom. */
  private pinch(id: number, x: number, y: number): boolean {
    const before = this.span()
    if (!this.touches.has(id)) return false
    this.touches.set(id, { x, y })
    const after = this.span()
    if (!before || !after || !this.targets.zooms()) return false
    const view = this.viewAt(after.x, after.y)
    if (!view || view === 'stage' || before.length === 0 || after.length === 0) return true
    const spot = ({ x, y }: Span) => this.targets.placeInMap(view, x, y, true)
    const [grasped, held] = [spot(before), spot(after)]
    if (!grasped || !held) return true
    const factor = before.length / after.length
    const from = [0, 1].map((k) => grasped.uv[k] - held.uv[k] * factor)
    this.events.onZoom({
      from: [from[0], from[1]],
      to: [from[0] + factor, from[1] + factor],
    })
    return true
  }

  /** The middle of two fingers on a map, and the distance between them. */
  private span(): Span | null {
    const [a, b] = this.touches.values()
    if (!b) return null
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, length: Math.hypot(a.x - b.x, a.y - b.y) }
  }

  private dropCorner(): void {
    if (this.press?.corner) this.targets.showBand(null)
    if (this.press) this.press.corner = null
  }

  private move(event: PointerEvent): void {
    const { x, y } = this.at(event)
    const { press } = this
    if (this.pinch(event.pointerId, x, y)) return
    if (press && event.pointerId === press.id) {
      const reach = reachOf(event, clickReach)
      if (Math.hypot(x - press.x, y - press.y) >= reach) press.moved = true
      if (press.drags && press.moved) {
        this.drag(press, x, y)
        return
      }
      if (press.corner && press.moved && press.view !== 'stage') {
        const spot = this.targets.placeInMap(press.view, x, y, true)
        if (spot) this.targets.showBand([press.corner.uv, spot.uv])
      }
    }
    if (this.targets.cameraIsMoving()) return
    this.hover(event, x, y)
  }

  private drag(press: Press, x: number, y: number): void {
    this.locate(press.view, x, y, true, (place) => {
      if (!place || this.press !== press) return
      this.lastDragged = place
      this.events.onStart(place, 'move')
    })
  }

  private hover(event: PointerEvent, x: number, y: number): void {
    const view = this.viewAt(x, y)
    const held = view && this.isOnMarker(event, view)
    this.canvas.style.cursor = held ? 'grab' : view && view !== 'stage' ? 'crosshair' : 'default'
    const turn = ++this.hovers
    const ask = (deliver: (place: Place | null) => void) =>
      view ? this.locate(view, x, y, false, deliver) : deliver(null)
    ask((place) => {
      // The pointer may have moved on before the answer came.
      if (turn >= this.answered) this.answer(turn, place)
    })
  }

  private answer(turn: number, place: Place | null): void {
    this.answered = turn
    this.events.onPointer(place)
  }

  private up(event: PointerEvent): void {
    this.fingers = Math.max(0, this.fingers - 1)
    this.touches.delete(event.pointerId)
    const { press } = this
    if (!press || event.pointerId !== press.id) return
    this.press = null
    const { x, y } = this.at(event)
    if (press.moved && press.corner) this.drawn(press, press.corner, x, y)
    if (press.moved && !press.drags) return
    if (press.drags && !press.moved) return
    // A tap on the stage points at a place, as a hovering mouse does.
    if (event.pointerType === 'touch' && press.view === 'stage' && !press.drags) {
      this.hover(event, x, y)
      return
    }
    this.locate(
      press.view,
      x,
      y,
      press.drags,
      (found) => {
        const place = found ?? (press.drags ? this.lastDragged : null)
        if (place) this.events.onStart(place, 'end')
      },
      true,
    )
  }

  /** Ignores rectangles too small to be meant. */
  private drawn({ view }: Press, { uv: from }: Spot, x: number, y: number): void {
    this.targets.showBand(null)
    const to = view === 'stage' ? null : this.targets.placeInMap(view, x, y, true)?.uv
    if (!to) return
    const sides = to.map((share, k) => Math.abs(share - from[k]))
    if (Math.min(...sides) >= leastSide) this.events.onZoom({ from, to })
  }

  private cancel(event: PointerEvent): void {
    this.fingers = Math.max(0, this.fingers - 1)
    this.touches.delete(event.pointerId)
    this.dropCorner()
    if (this.press?.id !== event.pointerId) return
    if (this.press.drags && this.lastDragged) this.events.onStart(this.lastDragged, 'end')
    this.press = null
  }

  private leave(event: PointerEvent): void {
    if (this.press) return
    this.fingers = 0
    this.touches.clear()
    // A finger leaves as soon as it is lifted, but its readout should stay.
    if (event.pointerType === 'touch') return
    this.questions.drop()
    this.answer(++this.hovers, null)
  }

  /** Asks for a place: answered at once for a map, and as soon as possible for the stage. */
  private locate(
    view: ViewName,
    x: number,
    y: number,
    clamped: boolean,
    deliver: (place: Place | null) => void,
    matters = false,
  ): void {
    if (view !== 'stage') {
      deliver(this.targets.placeInMap(view, x, y, clamped)?.place ?? null)
      return
    }
    this.questions.ask(x, y, deliver, matters)
  }

  private at(event: MouseEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  private viewAt(x: number, y: number): ViewName | null {
    for (const name of ['map', 'otherLoss'] as const) {
      if (holds(this.targets.map(name), x, y)) return name
    }
    return holds(this.targets.stage(), x, y) ? 'stage' : null
  }

  private isOnMarker(event: PointerEvent, view: ViewName): boolean {
    const marker = this.targets.marker(view)
    if (!marker) return false
    const { x, y } = this.at(event)
    return Math.hypot(x - marker.x, y - marker.y) <= reachOf(event, grasp)
  }

  dispose(): void {
    this.listeners.abort()
  }
}

function holds(rect: Rect | null, x: number, y: number): boolean {
  if (!rect) return false
  const inWidth = x >= rect.x && x < rect.x + rect.width
  return inWidth && y >= rect.y && y < rect.y + rect.height
}

type Ask = () => Promise<void>

export class PlaceQuestions {
  private busy = false
  private waiting: Ask | null = null
  private waitingMatters = false

  constructor(private readonly placeAt: (x: number, y: number) => Promise<Place | null>) {}

  /** @param matters whether the answer must come, as for a click: hovers cannot displace it */
  ask(x: number, y: number, deliver: (place: Place | null) => void, matters: boolean): void {
    if (this.waiting && this.waitingMatters && !matters) return
    this.waiting = async () => deliver(await this.placeAt(x, y))
    this.waitingMatters = matters
    void this.work()
  }

  /** Drops the waiting question, unless its answer matters. */
  drop(): void {
    if (!this.waitingMatters) this.waiting = null
  }

  private async work(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      while (this.waiting) {
        const ask = this.waiting
        this.waiting = null
        this.waitingMatters = false
        await ask()
      }
    } finally {
      this.busy = false
    }
  }
}

/** The map, and the second one if there is one. */
export type MapName = 'map' | 'otherLoss'
export type ViewName = MapName | 'stage'

/** A place of a map, and its position in shares of the map's sides. */
export interface Spot {
  uv: readonly [u: number, v: number]
  place: Place
}

export interface PointerTargets {
  stage(): Rect | null
  map(name: MapName): Rect | null
  /** Place under a pixel of a map, at once. */
  placeInMap(name: MapName, x: number, y: number, clamped: boolean): Spot | null
  /** Place under a pixel of the stage; takes a frame or so. */
  placeInStage(x: number, y: number): Promise<Place | null>
  /** The start marker on the canvas, in the given view. */
  marker(view: ViewName): { x: number; y: number } | null
  /** Whether the camera takes gestures that begin now. */
  giveToCamera(enabled: boolean): void
  cameraIsMoving(): boolean
  /** Whether the maps can be zoomed. */
  zooms(): boolean
  /** Shows the rectangle being drawn, from corner to corner; null removes it. */
  showBand(band: readonly [Spot['uv'], Spot['uv']] | null): void
}
