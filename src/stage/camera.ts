/** The stage's camera: settings and a person both move it, and the two stay in step. */
import { OrbitControls } from 'three/addons/controls/OrbitControls.js'
import { MathUtils, MOUSE, PerspectiveCamera, TOUCH, Vector3 } from 'three/webgpu'
import type { Camera } from '../settings/settings'
import type { StageEvents } from './picture'
import { heightScale } from './space'

/** Vertical angle of view in degrees, if the view is wide enough. */
const angleOfView = 38
/** Views narrower than this (width over height) keep the width they would have at this aspect. */
const widestAspect = 1.35
/** The camera looks at a point below the middle of the heights, to leave room for the ticks. */
const targetHeight = heightScale * 0.2
/** In degrees: straight down, "up" would be undefined, so this little tilt is kept. */
const leastTilt = 0.01

export class CameraControl {
  readonly camera = new PerspectiveCamera(angleOfView, 1, 0.01, 40)
  private readonly controls: OrbitControls
  private shown: Camera | null = null
  private moving = false
  private quiet = false
  /** Since the gesture began; a mere click is not reported. */
  private hasMoved = false

  constructor(
    canvas: HTMLCanvasElement,
    private readonly report: StageEvents['onCamera'],
    private readonly redraw: () => void,
  ) {
    this.controls = new OrbitControls(this.camera, canvas)
    const { controls } = this
    controls.screenSpacePanning = false
    controls.maxPolarAngle = Math.PI / 2
    controls.minDistance = 0.1
    controls.maxDistance = 10
    controls.mouseButtons = { LEFT: MOUSE.ROTATE, MIDDLE: MOUSE.DOLLY, RIGHT: MOUSE.PAN }
    controls.touches = { ONE: TOUCH.ROTATE, TWO: TOUCH.DOLLY_PAN }
    controls.addEventListener('start', () => {
      this.moving = true
      this.hasMoved = false
    })
    controls.addEventListener('change', () => this.changed())
    controls.addEventListener('end', () => {
      this.moving = false
      if (this.hasMoved) this.tell()
    })
    controls.enabled = false
  }

  /** Whether the camera takes gestures: only those that begin in the stage. */
  set enabled(value: boolean) {
    this.controls.enabled = value
  }

  get isMoving(): boolean {
    return this.moving
  }

  /** Moves to the settings' camera, unless that is the one last reported. */
  show(wanted: Camera): void {
    if (this.moving || (this.shown && sameCamera(wanted, this.shown))) return
    this.shown = wanted
    const { camera, controls } = this
    const polar = MathUtils.degToRad(Math.max(leastTilt, 90 - wanted.elevation))
    const azimuth = MathUtils.degToRad(wanted.azimuth)
    this.quiet = true
    controls.target.set(wanted.pan[0], targetHeight, -wanted.pan[1])
    camera.position.setFromSphericalCoords(wanted.distance, polar, azimuth).add(controls.target)
    controls.update()
    this.quiet = false
  }

  setAspect(aspect: number): void {
    const { camera } = this
    const half = Math.tan(MathUtils.degToRad(angleOfView / 2)) * Math.max(1, widestAspect / aspect)
    camera.aspect = aspect
    camera.fov = MathUtils.radToDeg(2 * Math.atan(half))
    camera.updateProjectionMatrix()
  }

  private changed(): void {
    if (this.quiet) return
    this.hasMoved = true
    this.controls.target.clamp(lowestTarget, highestTarget)
    this.tell()
    this.redraw()
  }

  private tell(): void {
    this.shown = this.current()
    this.report(this.shown)
  }

  private current(): Camera {
    const { controls } = this
    const { x, z } = controls.target
    return {
      azimuth: round(MathUtils.radToDeg(controls.getAzimuthalAngle()), 2),
      elevation: round(90 - MathUtils.radToDeg(controls.getPolarAngle()), 2),
      distance: round(controls.getDistance(), 4),
      pan: [round(x, 4), round(-z, 4)],
    }
  }

  dispose(): void {
    this.controls.dispose()
  }
}

/** Bounds of settings.camera.pan. */
const lowestTarget = new Vector3(-2, targetHeight, -2)
const highestTarget = new Vector3(2, targetHeight, 2)

/** Rounds to so many decimals, without a negative zero: short in addresses. */
function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0
}

function sameCamera(a: Camera, b: Camera): boolean {
  return (
    a.azimuth === b.azimuth &&
    a.elevation === b.elevation &&
    a.distance === b.distance &&
    a.pan[0] === b.pan[0] &&
    a.pan[1] === b.pan[1]
  )
}
