/** Measures how far the promise of a step of gradient descent can be trusted. */
import type { Hessian } from '../objective'
import type { Direction } from './direction'

/** The prediction of the change: from the gradient alone, or with the Hessian. */
export type TrustOrder = 'first' | 'second'

/**
 * Actual over predicted change of the loss, change / (-eta |g|^2 [+ 1/2 eta^2 g^T H g]): 1 if the
 * promise is kept, below 0 if the loss does the opposite.
 *
 * NaN if both are 0: without a gradient, nothing is promised and nothing happens. Infinite if only
 * the prediction is 0, as for the second order on a line of places where eta g^T H g = 2 |g|^2. A
 * change below 2^-126 is 0 in f32, and then so is its ratio.
 *
 * @param change L(theta - eta g) - L(theta), as in the cells of evaluateCurvatureRows
 * @param learningRate eta, rounded to f32 as in the job
 */
export function trustRatio(
  [dw, db]: Direction,
  { ww, wb, bb }: Hessian,
  change: number,
  learningRate: number,
  order: TrustOrder,
): number {
  const eta = Math.fround(learningRate)
  const first = -eta * (dw * dw + db * db)
  if (order === 'first') return change / first
  const curvature = ww * dw * dw + 2 * wb * dw * db + bb * db * db
  return change / (first + 0.5 * eta * eta * curvature)
}
