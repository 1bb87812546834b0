/**
 * The stage's views for maps of outcomes, loaded with the first map: the map itself, a
 * second one beside it, and the same colours laid over the surface.
 */
import { float, mix, positionGeometry, uniform, vec2, vec4 } from 'three/tsl'
import { Mesh, OrthographicCamera, Scene, Vector2 } from 'three/webgpu'
import { lossNames } from '../display/endings'
import type { Rect } from '../display/rect'
import { largestRate } from '../model/outcomes/stability'
import type { Layers } from './layers/layers'
import { MarkerSource } from './layers/markers'
import { isInside, OutcomeShading } from './layers/outcomeShading'
import { RunSource } from './layers/runs'
import { SurfaceField } from './layers/surfaceField'
import { createSheet, createSurfaceMesh } from './layers/surfaceMesh'
import { Wires } from './layers/wires'
import {
  asMapAxis,
  hasRates,
  onAxes,
  type PlaneAxes,
  placeAt,
  planeAxes,
  sharesOf,
} from './mapAxes'
import { clipFrame, drawMapFrame, innerRect, limitLines, pixelOnMap, uvOnMap } from './mapFrame'
import type { Label, LaidOut, Picture, Place, StageMap } from './picture'
import { createMaterial } from './shading'
import { createMapSpace } from './space'
import { mapLabels } from './stationaryLabels'
import { ink, type Theme } from './theme'

type Uv = readonly [u: number, v: number]

export class OutcomeViews {
  /** The map, and the one beside it. */
  readonly maps: readonly [OutcomeMapView, OutcomeMapView] = [
    new OutcomeMapView(),
    new OutcomeMapView(),
  ]
  private readonly overlay: Overlay

  constructor(private readonly layers: Layers) {
    this.overlay = new Overlay(layers)
  }

  show(picture: Picture): void {
    const { outcomes } = picture
    this.maps.forEach((view, i) => {
      view.show(picture, outcomes?.maps[i] ?? null)
    })
    const isOver = this.overlay.show(picture)
    this.layers.stage.surface.visible = picture.surface !== null && !isOver
  }

  dispose(): void {
    for (const map of this.maps) map.dispose()
    this.overlay.dispose()
  }
}

/** The map's colours on the surface of the stage. */
class Overlay {
  private readonly look = new OutcomeShading()
  private readonly scale = uniform(new Vector2(1, 1))
  private readonly shift = uniform(new Vector2())
  private readonly mesh: Mesh

  constructor({ field, stageSpace, stage, look, meshSize }: Layers) {
    this.mesh = createSurfaceMesh(field, stageSpace, meshSize, (uv) => {
      const at = uv.mul(this.scale).add(this.shift).toVar()
      const ground = mix(look.plain(uv), this.look.colour(at), isInside(at))
      return look.paint(uv, true, ground)
    })
    this.mesh.visible = false
    stage.scene.add(this.mesh)
  }

  /** Shown only if the map has the same axes as the surface. */
  show({ surface, outcomes, settings }: Picture): boolean {
    const shown = outcomes?.maps[0]
    const isOver =
      settings.map.onSurface && settings.map.axes === 'w,b' && Boolean(surface && shown)
    this.mesh.visible = isOver
    if (!isOver || !surface || !shown) return false
    const { map, stale } = shown
    const [w, b] = map.job.axes.map(({ range }, k) => {
      const [min, max] = k === 0 ? surface.job.w : surface.job.b
      const width = range[1] - range[0]
      return { scale: (max - min) / width, shift: (min - range[0]) / width }
    })
    this.scale.value.set(w.scale, b.scale)
    this.shift.value.set(w.shift, b.shift)
    this.look.show(map, stale, outcomes?.lit ?? null)
    return true
  }

  dispose(): void {
    this.look.dispose()
  }
}

export class OutcomeMapView {
  private readonly scene = new Scene()
  private readonly space = createMapSpace()
  private readonly look = new OutcomeShading()
  /** Places on the axes of the map, whatever those are. */
  private readonly field = new SurfaceField()
  private readonly frame = new Wires(true)
  private readonly limits = new Wires(true)
  private readonly band = new Wires(true)
  private readonly markers = new MarkerSource(this.field)
  private readonly runs = new RunSource(this.field)
  private readonly markerMesh: Mesh
  private readonly runMesh: Mesh
  private readonly camera = new OrthographicCamera()
  private axes: PlaneAxes | null = null
  private picture: Picture | null = null
  private shown: StageMap | null = null

  constructor() {
    const uv = vec2(positionGeometry.xy)
    const sheet = new Mesh(
      createSheet(2),
      createMaterial({
        clip: this.space.clip(uv, float(0)),
        colour: vec4(this.look.colour(uv), 1),
        solid: true,
        hidden: false,
      }),
    )
    this.runMesh = this.runs.createMesh(this.space)
    this.markerMesh = this.markers.createMesh(this.space, false)
    const wires = [this.limits, this.frame].map(({ lines }) => lines)
    const objects = [sheet, ...wires, this.runMesh, this.markerMesh, this.band.lines]
    objects.forEach((object, order) => {
      object.frustumCulled = false
      object.renderOrder = order
      this.scene.add(object)
    })
    this.scene.matrixWorldAutoUpdate = false
  }

  show(picture: Picture, shown: StageMap | null): void {
    this.picture = picture
    this.shown = shown
    if (!shown) return
    const { settings, runs, step, stale, pointer } = picture
    const { map, points } = shown
    const axes = planeAxes({ ...picture, outcomes: { maps: [shown], lit: null } })
    this.axes = axes
    this.look.show(map, shown.stale, picture.outcomes?.lit ?? null)
    this.field.setRange(axes[0].range, axes[1].range)
    const isPlane = settings.map.axes === 'w,b'
    // The runs use the settings' loss, so a map of the other loss shows none.
    const isOwn = map.job.objective.loss === settings.loss
    const paths = isPlane && isOwn ? runs : []
    this.runs.show(paths, step, stale.runs)
    this.markers.show({
      start: onAxes(axes, settings.start, settings),
      runners: paths.map((run) => {
        const at = Math.min(step, run.length / 2 - 1) * 2
        return [run[at], run[at + 1]]
      }),
      pointer: pointer && onAxes(axes, pointer, settings),
      stationary: isPlane ? points : null,
      isStationaryStale: shown.stale,
    })
    this.runs.update(this.runMesh, true)
    this.markers.update(this.markerMesh, true)
  }

  /** Lays the map out in a rectangle; `window` is the part of it to draw. */
  lay(rect: Rect, theme: Theme, window: Rect, band: readonly [Uv, Uv] | null): LaidOut | null {
    const { axes, shown } = this
    if (!axes || !shown) return null
    const inner = innerRect(rect)
    this.space.setSize(window.width, window.height)
    this.space.setFrame(...clipFrame(rect, window))
    this.look.setSize(inner.width, inner.height)
    this.frame.begin(theme.line)
    const labels = drawMapFrame(rect, axes.map(asMapAxis), this.frame, window)
    this.frame.end()
    if (this.picture?.outcomes?.maps.length === 2) labels.unshift(this.title(rect, shown))
    this.limits.begin(ink.light)
    labels.unshift(...this.drawLimits(rect, axes, shown, window))
    this.limits.end()
    this.drawBand(clipFrame(rect, window), band)
    if (!hasRates(axes)) {
      labels.unshift(...mapLabels(shown.points, (place) => sharesOf(axes, place), rect))
    }
    return { scene: this.scene, camera: this.camera, labels }
  }

  private title(rect: Rect, { map }: StageMap): Label {
    const { x, y } = innerRect(rect)
    const text = lossNames[map.job.objective.loss]
    return { text, x, y: y - 11, align: 1, isName: true, within: rect }
  }

  /** The rate at which each minimum stops holding descents. */
  private drawLimits(
    rect: Rect,
    axes: PlaneAxes,
    { points, map }: StageMap,
    window: Rect,
  ): Label[] {
    const side = axes.findIndex(({ name }) => name === 'log10Rate')
    if (side < 0) return []
    const [min, max] = axes[side].range
    const lines = points.minima.flatMap(({ eigenvalues }, i) => {
      const limit = largestRate(map.job, eigenvalues[1])
      if (limit === null) return []
      return [{ at: (Math.log10(limit) - min) / (max - min), text: `limit of ${i + 1}` }]
    })
    return limitLines(rect, side === 0 ? 'column' : 'row', lines, this.limits, window)
  }

  private drawBand(
    [left, bottom, right, top]: readonly number[],
    band: readonly [Uv, Uv] | null,
  ): void {
    this.band.begin(ink.light)
    if (band) {
      const [from, to] = band.map(([u, v]): [number, number] => [
        left + u * (right - left),
        bottom + v * (top - bottom),
      ])
      const corners = [
        [from[0], from[1], 0.5],
        [to[0], from[1], 0.5],
        [to[0], to[1], 0.5],
        [from[0], to[1], 0.5],
      ] as const
      corners.forEach((corner, i) => {
        this.band.add(corner, corners[(i + 1) % 4])
      })
    }
    this.band.end()
  }

  /** uv under a pixel, and the start (and rate) there; null outside, unless clamped. */
  at(rect: Rect, x: number, y: number, clamped: boolean): { uv: Uv; place: Place } | null {
    if (!this.axes || !this.picture) return null
    const uv = uvOnMap(rect, x, y, clamped)
    return uv && { uv, place: placeAt(this.axes, uv, this.picture.settings) }
  }

  /** The chosen start (and rate) in CSS pixels. */
  markerAt(rect: Rect): { x: number; y: number } | null {
    const { axes, picture } = this
    if (!axes || !picture) return null
    return pixelOnMap(rect, sharesOf(axes, onAxes(axes, picture.settings.start, picture.settings)))
  }

  dispose(): void {
    this.scene.traverse((object) => {
      if (!('geometry' in object)) return
      const { geometry, material } = object as Mesh
      geometry.dispose()
      for (const each of [material].flat()) each.dispose()
    })
    this.look.dispose()
    this.runs.dispose()
    this.field.dispose()
  }
}
