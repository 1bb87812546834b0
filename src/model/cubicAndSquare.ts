/**
 * A warm-up function of w and b without data: f = w^3 + b^2, whose curvature changes sign with w.
 * To the left of 0 it falls for ever. shaders/cubicAndSquare.wgsl uses the same names.
 */

/** w^3 + b^2 */
export function cubicAndSquare(w: number, b: number): number {
  return w * w * w + b * b
}

/** (3 w^2, 2 b) */
export function cubicAndSquareGradient(w: number, b: number): readonly [dw: number, db: number] {
  return [3 * (w * w), 2 * b]
}

/** diag(6 w, 2) */
export function cubicAndSquareHessian(w: number): { ww: number; wb: number; bb: number } {
  return { ww: 6 * w, wb: 0, bb: 2 }
}

/** f(w + dw, b + db) - f(w, b), with the step as a factor: dw (3 w (w + dw) + dw^2) + db (2 b + db) */
export function cubicAndSquareChange(w: number, b: number, dw: number, db: number): number {
  return dw * (3 * (w * (w + dw)) + dw * dw) + db * (2 * b + db)
}
