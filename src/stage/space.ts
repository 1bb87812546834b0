/** Puts places of the surface on the screen: by a camera in the stage, flat in the map. */
import {
  cameraPosition,
  cameraProjectionMatrix,
  cameraViewMatrix,
  float,
  mix,
  select,
  step,
  uniform,
  vec2,
  vec3,
  vec4,
} from 'three/tsl'
import { Vector2, Vector4 } from 'three/webgpu'
import type { Float, Vec2, Vec3, Vec4 } from './shading'

/** Height of the highest loss, in widths of the surface. */
export const heightScale = 0.35

/** uv is (0, 0) at the smallest w and b and (1, 1) at the largest; heights are 0 to 1. */
export interface Space {
  /** `lift` moves it towards the eye by that share of the distance, along the line of sight. */
  clip(uv: Vec2, height: Float, lift?: number): Vec4
  /** Half the size of the view in CSS pixels, for things sized in pixels. */
  readonly halfSize: Vec2
  /** True if the view has depth and light. */
  readonly solid: boolean
  setSize(width: number, height: number): void
}

/** Place in the stage's world: x and z in [-0.5, 0.5], w to the right, b into the picture. */
function worldPlace(uv: Vec2, height: Float): Vec3 {
  return vec3(uv.x.sub(0.5), height.mul(heightScale), uv.y.oneMinus().sub(0.5))
}

export function createStageSpace(): Space {
  const halfSize = uniform(new Vector2(1, 1))
  return {
    clip(uv, height, lift = 0) {
      const place = worldPlace(uv, height)
      // Moving along the line of sight changes nothing on screen, but wins over the mesh's facets.
      const raised = lift === 0 ? place : mix(place, cameraPosition, lift)
      return cameraProjectionMatrix.mul(cameraViewMatrix).mul(vec4(raised, 1))
    },
    halfSize,
    solid: true,
    setSize: (width, height) => void halfSize.value.set(width / 2, height / 2),
  }
}

/** The map's space: the surface fills the rectangle given in the view's clip coordinates. */
export function createMapSpace(): Space & {
  setFrame(x0: number, y0: number, x1: number, y1: number): void
} {
  const halfSize = uniform(new Vector2(1, 1))
  const frame = uniform(new Vector4(-1, -1, 1, 1))
  return {
    clip: (uv) => vec4(mix(frame.xy, frame.zw, uv), 0.5, 1),
    halfSize,
    solid: false,
    setSize: (width, height) => void halfSize.value.set(width / 2, height / 2),
    setFrame: (x0, y0, x1, y1) => void frame.value.set(x0, y0, x1, y1),
  }
}

/** Moves a corner by CSS pixels, positive upwards. */
export function offsetPixels(clip: Vec4, pixels: Vec2, space: Space): Vec4 {
  return vec4(clip.xy.add(pixels.div(space.halfSize).mul(clip.w)), clip.zw)
}

/** A recorded place made safe to draw: descents can run away to any number, or to NaN. */
export interface SafePlace {
  /** Finite, at most eight widths outside. */
  uv: Vec2
  /** 1 if the place was a number, else 0. */
  valid: Float
}

/** Compares with a large number: false for NaN too, and unlike x != x never optimised away. */
export function safePlace(uv: Vec2): SafePlace {
  const finite = uv.x.abs().lessThan(1e30).and(uv.y.abs().lessThan(1e30))
  return {
    uv: select(finite, uv, vec2(0.5)).clamp(-8, 9),
    valid: select(finite, float(1), float(0)),
  }
}

/** 1 on the surface, 0 beside it: evaluated per fragment, it cuts a line at the border. */
export function onSurface(uv: Vec2): Float {
  const from = -1e-4
  const to = 1 + 1e-4
  return step(from, uv.x).mul(step(from, uv.y)).mul(step(uv.x, to)).mul(step(uv.y, to))
}
