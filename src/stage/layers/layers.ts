/** Everything that is drawn: sources shared by both views, and each view's own objects. */
import { positionGeometry, uniform, vec4 } from 'three/tsl'
import { type Line, Mesh, Scene, Vector3 } from 'three/webgpu'
import { parseColour } from '../../display/colours'
import { lossTicks, type Tick } from '../../display/heightScale'
import { remember } from '../../display/remember'
import type { Circle } from '../../model/destinations'
import type { Range } from '../../model/starts'
import { shownView } from '../../settings/shown'
import { circlesOf } from '../circles'
import type { Detail } from '../governor'
import type { Picture, Place } from '../picture'
import { createMaterial, Palette } from '../shading'
import { createMapSpace, createStageSpace, type Space } from '../space'
import { Destinations } from './destinations'
import { GlowSource } from './glow'
import { HeadSource } from './heads'
import { MarkerSource } from './markers'
import { PlaneTexture } from './planeTexture'
import { RunSource } from './runs'
import { SurfaceField } from './surfaceField'
import { createCurtain, createSheet, createSurfaceMesh, SurfaceShading } from './surfaceMesh'
import { TrailSource } from './trails'
import { Wires } from './wires'

export interface LayerOptions {
  /** Vertices along each side of the surface's mesh. Default 256. */
  meshSize: number
  /** Vertices of all trails together, in each view. Default 1,000,000. */
  trailVertices: number
}

/** One view's objects, in drawing order. */
export interface View {
  scene: Scene
  surface: Mesh
  wires: Wires
  trails: Line
  runs: Mesh
  heads: Mesh
  glow: Mesh
  markers: Mesh
  /** Only in the stage. */
  curtain?: Mesh
  hiddenMarkers?: Mesh
}

export class Layers {
  readonly field = new SurfaceField()
  readonly stageSpace = createStageSpace()
  readonly mapSpace = createMapSpace()
  readonly stage: View
  readonly map: View
  /** Range of the axes: the surface's own, even while it is stale. */
  range: { w: Range; b: Range } = { w: [0, 1], b: [0, 1] }
  ticks: readonly Tick[] | null = null
  private readonly palette = new Palette()
  readonly look = new SurfaceShading(this.field, this.palette)
  private readonly records = new PlaneTexture(2)
  private readonly headPlane = new PlaneTexture(2)
  private readonly panelColour = uniform(new Vector3())
  private readonly trails: TrailSource
  private readonly heads: HeadSource
  private readonly destinations = new Destinations()
  private readonly circles = remember<readonly Circle[]>()
  private readonly glow = new GlowSource(this.field, this.destinations)
  private readonly runs = new RunSource(this.field)
  private readonly markers = new MarkerSource(this.field)
  /** Vertices along each side of the surface's mesh. */
  readonly meshSize: number

  constructor({ meshSize, trailVertices }: LayerOptions) {
    this.meshSize = meshSize
    const { field, headPlane, destinations } = this
    this.trails = new TrailSource(field, this.records, headPlane, destinations, trailVertices)
    this.heads = new HeadSource(field, headPlane, destinations)
    this.stage = this.createView(this.stageSpace, meshSize)
    this.map = this.createView(this.mapSpace, 2)
    this.map.scene.add(this.createPanel())
    this.addDepth(this.stage, meshSize)
  }

  private createView(space: Space, meshSize: number): View {
    const view: View = {
      scene: new Scene(),
      surface: createSurfaceMesh(this.field, space, meshSize, (uv) =>
        this.look.paint(uv, space.solid),
      ),
      wires: new Wires(!space.solid),
      trails: this.trails.createLine(space),
      runs: this.runs.createMesh(space),
      heads: this.heads.createMesh(space),
      glow: this.glow.createMesh(space, meshSize),
      markers: this.markers.createMesh(space, false),
    }
    const { scene, surface, wires, trails, runs, heads, glow, markers } = view
    const objects = [surface, wires.lines, trails, glow, runs, heads, markers]
    objects.forEach((object, order) => {
      object.renderOrder = order
      scene.add(object)
    })
    // Nothing in here is moved by a matrix.
    scene.matrixWorldAutoUpdate = false
    return view
  }

  /** Adds the objects that only a view with depth has. */
  private addDepth(view: View, meshSize: number): void {
    const space = this.stageSpace
    view.curtain = createCurtain(this.field, space, meshSize, (uv) => this.look.plain(uv))
    view.curtain.renderOrder = 0.5
    view.hiddenMarkers = this.markers.createMesh(space, true)
    view.hiddenMarkers.renderOrder = 5.5
    view.scene.add(view.curtain, view.hiddenMarkers)
  }

  /** The map's background, which also hides the stage behind it. */
  private createPanel(): Mesh {
    const clip = vec4(positionGeometry.xy.mul(2).sub(1), 0.5, 1)
    const colour = vec4(this.panelColour, 1)
    const material = createMaterial({ clip, colour, solid: true, hidden: false })
    const panel = new Mesh(createSheet(2), material)
    panel.frustumCulled = false
    panel.renderOrder = -1
    return panel
  }

  setPanelColour(hex: string): void {
    this.panelColour.value.set(...parseColour(hex))
  }

  /** @param detail of what moves; everything that stands still is drawn whole */
  show(picture: Picture, detail: Detail): void {
    const { settings, surface, crowd, runs, stale, step } = picture
    this.palette.show(settings.colours)
    this.range = shownView(settings)
    if (surface) {
      const { w, b } = surface.job
      this.range = { w: [w[0], w[1]], b: [b[0], b[1]] }
      this.field.show(surface, settings.height)
    } else {
      this.field.setRange(this.range.w, this.range.b)
    }
    this.ticks = surface ? lossTicks(this.field.scale) : null
    this.look.show(this.ticks ?? [], settings.contours, stale.surface)
    this.look.point(picture.pointer && this.uv(picture.pointer))
    if (crowd) {
      this.records.show(crowd.records)
      this.headPlane.show(crowd.heads)
      const known = [settings.samples, settings.outcomes.radius, picture.stationary]
      const circles = this.circles([...known, stale.stationary], () => circlesOf(picture))
      this.destinations.show(crowd, circles)
      this.trails.show(crowd, step, stale.crowd, detail)
      const density = crowd.density(this.range)
      this.glow.show(density, crowd, stale.crowd)
      this.heads.show(crowd, stale.crowd, density !== null)
    }
    this.runs.show(runs, step, stale.runs)
    this.markers.show({
      start: settings.start,
      runners: runs.map((run) => placeAt(run, step)),
      pointer: picture.pointer,
      stationary: picture.stationary,
      isStationaryStale: stale.stationary,
    })
    for (const view of [this.stage, this.map]) this.update(view, picture)
  }

  private update(view: View, { settings, surface, crowd }: Picture): void {
    view.surface.visible = surface !== null
    this.trails.update(view.trails, surface !== null && crowd !== null && settings.trails)
    this.heads.update(view.heads, surface !== null && crowd !== null)
    this.glow.update(view.glow, surface !== null && crowd !== null)
    this.runs.update(view.runs, surface !== null)
    this.markers.update(view.markers, surface !== null)
    if (view.curtain) view.curtain.visible = surface !== null
    if (view.hiddenMarkers) this.markers.update(view.hiddenMarkers, surface !== null)
  }

  uv([w, b]: Place): [u: number, v: number] {
    const { range } = this
    return [
      (w - range.w[0]) / (range.w[1] - range.w[0]),
      (b - range.b[0]) / (range.b[1] - range.b[0]),
    ]
  }

  place([u, v]: readonly [number, number]): [w: number, b: number] {
    const { range } = this
    return [range.w[0] + u * (range.w[1] - range.w[0]), range.b[0] + v * (range.b[1] - range.b[0])]
  }

  dispose(): void {
    for (const view of [this.stage, this.map]) {
      view.scene.traverse((object) => {
        if (!('geometry' in object)) return
        const { geometry, material } = object as Mesh
        geometry.dispose()
        for (const each of [material].flat()) each.dispose()
      })
    }
    for (const owned of [
      ...[this.field, this.records, this.headPlane, this.destinations],
      ...[this.glow, this.runs, this.palette],
    ]) {
      owned.dispose()
    }
  }
}

function placeAt(run: Float32Array, step: number): [number, number] {
  const at = Math.min(step, run.length / 2 - 1) * 2
  return [run[at], run[at + 1]]
}
