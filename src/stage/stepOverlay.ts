/** Draws the lens of one step in the stage and the map; loaded with the first of it. */
import { float, positionGeometry, vec2, vec4 } from 'three/tsl'
import { Mesh } from 'three/webgpu'
import { ArrowSource } from './layers/arrows'
import type { Layers } from './layers/layers'
import { createSheet } from './layers/surfaceMesh'
import { TaylorSheet } from './layers/taylorSheet'
import { TrustShading } from './layers/trustShading'
import type { Picture } from './picture'
import { createMaterial } from './shading'

export class WhyViews {
  private readonly arrows: ArrowSource
  private readonly arrowMeshes: readonly [stage: Mesh, map: Mesh]
  private readonly taylor: TaylorSheet
  private readonly trust = new TrustShading()
  private readonly trustMesh: Mesh

  constructor(private readonly layers: Layers) {
    const { field, stage, map, stageSpace, mapSpace } = layers
    this.arrows = new ArrowSource(field)
    this.arrowMeshes = [this.arrows.createMesh(stageSpace), this.arrows.createMesh(mapSpace)]
    this.taylor = new TaylorSheet(field, stageSpace)
    const uv = vec2(positionGeometry.xy)
    this.trustMesh = new Mesh(
      createSheet(2),
      createMaterial({
        clip: mapSpace.clip(uv, float(0)),
        colour: vec4(this.trust.colour(uv), 1),
        solid: true,
        hidden: false,
      }),
    )
    this.trustMesh.frustumCulled = false
    // Above the surface, below lines and marks; arrows go above the descent that they explain.
    this.trustMesh.renderOrder = 0.5
    for (const mesh of this.taylor.meshes) mesh.renderOrder = 0.75
    for (const mesh of this.arrowMeshes) mesh.renderOrder = 3.5
    stage.scene.add(...this.taylor.meshes, this.arrowMeshes[0])
    map.scene.add(this.trustMesh, this.arrowMeshes[1])
  }

  show({ why, surface }: Picture): void {
    this.arrows.show(surface && why ? why.arrows : [])
    for (const mesh of this.arrowMeshes) this.arrows.update(mesh)
    this.taylor.show((surface && why?.taylor) || null)
    const trust = why?.trust ?? null
    this.trustMesh.visible = Boolean(trust?.surface?.curvature)
    if (trust?.surface) this.trust.show({ ...trust, surface: trust.surface })
    this.layers.map.surface.visible = surface !== null && !this.trustMesh.visible
  }

  dispose(): void {
    this.trust.dispose()
  }
}
