/** A warm-up before the neuron: x^3, whose Taylor polynomial of order three is x^3 itself. */

type FourOrders = readonly [zeroth: number, first: number, second: number, third: number]

export interface CubicTaylor {
  /** (x + dx)^3 */
  value: number
  /** x^3, 3 x^2 dx, 3 x dx^2, dx^3 */
  terms: FourOrders
  /** (x + dx)^3 less the terms up to that order, as products; 0 at order three. */
  remainders: FourOrders
}

/** The Taylor expansion of f(x) = x^3 at x, for a step of dx. */
export function cubicTaylor(x: number, dx: number): CubicTaylor {
  const after = x + dx
  return {
    value: after * after * after,
    terms: [x * x * x, 3 * x * x * dx, 3 * x * dx * dx, dx * dx * dx],
    remainders: [dx * (3 * x * (x + dx) + dx * dx), dx * dx * (3 * x + dx), dx * dx * dx, 0],
  }
}

/** x^3 and its Taylor polynomials of order 0 to 3 at x, at evenly spaced places of [-reach, reach]. */
export function cubicPolynomials(
  x: number,
  reach: number,
  count = 129,
): { curve: { x: Float64Array; value: Float64Array }; polynomials: readonly Float64Array[] } {
  const places = Float64Array.from({ length: count }, (_, i) => reach * ((2 * i) / (count - 1) - 1))
  const polynomials = [0, 1, 2, 3].map((order) =>
    places.map((place) => {
      const { terms } = cubicTaylor(x, place - x)
      return terms.slice(0, order + 1).reduce((sum, term) => sum + term, 0)
    }),
  )
  return { curve: { x: places, value: places.map((place) => place ** 3) }, polynomials }
}
