/** Recorded places made safe to draw: descents can run away to any number, or to none. */
import { float, select, step, vec2 } from 'three/tsl'
import type { Float, Vec2 } from './shading'

export interface SafePlace {
  /** Finite, at most eight widths outside. */
  uv: Vec2
  /** 1 where the place was a number, else 0. */
  valid: Float
}

/** Compares with a large number: false for NaN, too, and unlike x != x never optimised away. */
export function safePlace(uv: Vec2): SafePlace {
  const finite = uv.x.abs().lessThan(1e30).and(uv.y.abs().lessThan(1e30))
  return {
    uv: select(finite, uv, vec2(0.5)).clamp(-8, 9),
    valid: select(finite, float(1), float(0)),
  }
}

/** 1 on the surface, 0 beside it: evaluated for each fragment, it cuts a line at the border. */
export function onSurface(uv: Vec2): Float {
  const from = -1e-4
  const to = 1 + 1e-4
  return step(from, uv.x).mul(step(from, uv.y)).mul(step(uv.x, to)).mul(step(uv.y, to))
}
