/** What pointers do on the canvas: hover, click, drag of the start marker, or the camera's gestures. */
import type { Rect, StageEvents } from './picture'

type Place = readonly [w: number, b: number]

export interface PointerTargets {
  stage(): Rect | null
  map(): Rect | null
  /** Place under a pixel of the map, at once. */
  placeInMap(x: number, y: number, clamped: boolean): Place | null
  /** Place under a pixel of the stage; it takes a frame or so. */
  placeInStage(x: number, y: number): Promise<Place | null>
  /** Where the start marker is on the canvas, in the view that holds the pixel. */
  marker(view: 'stage' | 'map'): { x: number; y: number } | null
  /** Whether the camera takes the gestures that begin now. */
  giveToCamera(enabled: boolean): void
  cameraIsMoving(): boolean
}

/** A pointer that moved less than this between down and up has clicked; CSS pixels. */
const clickSlack = { mouse: 4, touch: 10 }
/** Half the size of what can be grasped: 44 pixels under a finger. */
const grasp = { mouse: 14, touch: 22 }

interface Press {
  id: number
  x: number
  y: number
  view: 'stage' | 'map'
  /** Whether it holds the start marker. */
  drags: boolean
  moved: boolean
}

export class PointerControl {
  private press: Press | null = null
  private fingers = 0
  private busy = false
  private waiting: (() => Promise<void>) | null = null
  private waitingMatters = false
  private lastDragged: Place | null = null
  /** Numbers of the last question and of the last answer about what is under the pointer. */
  private hovers = 0
  private answered = 0
  private readonly listeners = new AbortController()

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly targets: PointerTargets,
    private readonly events: StageEvents,
  ) {
    const { signal } = this.listeners
    // Before the camera's own listeners, which are to see only what is theirs.
    const options = { signal, capture: true }
    canvas.addEventListener('pointerdown', (event) => this.down(event), options)
    canvas.addEventListener('wheel', (event) => this.wheel(event), options)
    canvas.addEventListener('pointermove', (event) => this.move(event), options)
    canvas.addEventListener('pointerup', (event) => this.up(event), options)
    canvas.addEventListener('pointercancel', (event) => this.cancel(event), options)
    canvas.addEventListener('pointerleave', () => this.leave(), options)
  }

  private down(event: PointerEvent): void {
    this.fingers++
    if (this.fingers > 1) {
      // A second finger makes it a pinch; the camera already has the first, if it was in the stage.
      if (this.press) this.press.moved = true
      return
    }
    const { x, y } = this.at(event)
    const view = this.viewAt(x, y)
    const drags = view !== null && event.button === 0 && this.isOnMarker(event, view)
    this.targets.giveToCamera(view === 'stage' && !drags)
    if (!view || event.button !== 0) return
    this.press = { id: event.pointerId, x, y, view, drags, moved: false }
    this.lastDragged = null
    // The camera captures its own presses; any other would miss a release outside the canvas.
    if (drags || view === 'map') this.canvas.setPointerCapture(event.pointerId)
  }

  private wheel(event: WheelEvent): void {
    const { x, y } = this.at(event)
    this.targets.giveToCamera(this.viewAt(x, y) === 'stage')
  }

  private move(event: PointerEvent): void {
    const { x, y } = this.at(event)
    const { press } = this
    if (press && event.pointerId === press.id) {
      const slack = slackOf(event, clickSlack)
      if (Math.hypot(x - press.x, y - press.y) >= slack) press.moved = true
      if (press.drags && press.moved) {
        this.drag(press, x, y)
        return
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
    this.canvas.style.cursor = held ? 'grab' : view === 'map' ? 'crosshair' : 'default'
    const turn = ++this.hovers
    const ask = (deliver: (place: Place | null) => void) =>
      view ? this.locate(view, x, y, false, deliver) : deliver(null)
    ask((place) => {
      // The pointer may have gone elsewhere while the question was under way.
      if (turn >= this.answered) this.answer(turn, place)
    })
  }

  private answer(turn: number, place: Place | null): void {
    this.answered = turn
    this.events.onPointer(place)
  }

  private up(event: PointerEvent): void {
    this.fingers = Math.max(0, this.fingers - 1)
    const { press } = this
    if (!press || event.pointerId !== press.id) return
    this.press = null
    const { x, y } = this.at(event)
    if (press.moved && !press.drags) return
    if (press.drags && !press.moved) return
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

  private cancel(event: PointerEvent): void {
    this.fingers = Math.max(0, this.fingers - 1)
    if (this.press?.id !== event.pointerId) return
    if (this.press.drags && this.lastDragged) this.events.onStart(this.lastDragged, 'end')
    this.press = null
  }

  private leave(): void {
    if (this.press) return
    this.fingers = 0
    this.waiting = this.waitingMatters ? this.waiting : null
    this.answer(++this.hovers, null)
  }

  /** Asks for a place; one question at a time, and of those that wait only the newest. */
  private locate(
    view: 'stage' | 'map',
    x: number,
    y: number,
    clamped: boolean,
    deliver: (place: Place | null) => void,
    matters = false,
  ): void {
    if (view === 'map') {
      deliver(this.targets.placeInMap(x, y, clamped))
      return
    }
    const ask = async () => deliver(await this.targets.placeInStage(x, y))
    if (this.waiting && this.waitingMatters && !matters) return
    this.waiting = ask
    this.waitingMatters = matters
    void this.work()
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

  private at(event: MouseEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  private viewAt(x: number, y: number): 'stage' | 'map' | null {
    if (holds(this.targets.map(), x, y)) return 'map'
    return holds(this.targets.stage(), x, y) ? 'stage' : null
  }

  private isOnMarker(event: PointerEvent, view: 'stage' | 'map'): boolean {
    const marker = this.targets.marker(view)
    if (!marker) return false
    const { x, y } = this.at(event)
    return Math.hypot(x - marker.x, y - marker.y) <= slackOf(event, grasp)
  }

  dispose(): void {
    this.listeners.abort()
  }
}

function slackOf(event: PointerEvent, slack: { mouse: number; touch: number }): number {
  return event.pointerType === 'mouse' ? slack.mouse : slack.touch
}

function holds(rect: Rect | null, x: number, y: number): boolean {
  if (!rect) return false
  const inWidth = x >= rect.x && x < rect.x + rect.width
  return inWidth && y >= rect.y && y < rect.y + rect.height
}
