/**
 * The parts of bare kernels: the neuron's gradient in the forms that one may write by hand for
 * a known number of points which are read at run time. The engine is measured against the fastest.
 */
import type { NeuronSpec } from '../../src/model/objective'

export interface NeuronForm {
  /** Whether its results are within what WGSL and the oracle permit. */
  isPermitted: boolean
  name: string
  /** The factor by which x is multiplied beforehand. */
  inputScale: number
  /**
   * WGSL: fn hold(), called first, and fn sums(w: f32, b: f32) -> vec3f, the sums of error^2,
   * term x and term.
   */
  sums(sampleCount: number): string
}

/** (x, y) of sample i, both times what the form wants, four floats a sample. */
export function packSamples(spec: NeuronSpec, { inputScale }: NeuronForm): Float32Array {
  return Float32Array.from(spec.samples.flatMap(([x, y]) => [x * inputScale, y, 0, 0]))
}

/** Never overflows, as in src/model/neuron.ts. */
const safe = (power: string) => `
fn share(u: f32, x: f32, y: f32) -> vec3f {
  let e = ${power}(-abs(u));
  let r = 1.0 / (1.0 + e);
  let small = e * r;
  let error = select(small, r, u >= 0.0) - y;
  let term = error * small * r;
  return vec3f(error * error, term * x, term);
}`

/**
 * The textbook's: 1 - f cancels, and far out the exponential overflows. A mutant of just this kind
 * must be caught by the tests, so it is timed for comparison and not counted as a bare kernel.
 */
const textbook = (power: string) => `
fn share(u: f32, x: f32, y: f32) -> vec3f {
  let f = 1.0 / (1.0 + ${power}(-u));
  let error = f - y;
  let term = error * f * (1.0 - f);
  return vec3f(error * error, term * x, term);
}`

const call = (i: number | string, points = 'points') =>
  `share(w * ${points}[${i}].x + scaledB, ${points}[${i}].x, ${points}[${i}].y)`

const unrolled = (n: number, points: string) =>
  Array.from({ length: n }, (_, i) => call(i, points)).join(' + ')

const holdNothing = 'fn hold() {}'

/** In registers, or close by: compilers leave a load from a uniform in the loop of steps. */
const holdPoints = (n: number) => `
var<private> held: array<vec4f, ${n}>;
fn hold() {
  for (var i = 0u; i < ${n}u; i++) {
    held[i] = points[i];
  }
}`

function form(
  name: string,
  share: (power: string) => string,
  power: 'exp' | 'exp2',
  isHeld = false,
): NeuronForm {
  const inputScale = power === 'exp2' ? Math.LOG2E : 1
  return {
    name: `${name}, ${power}`,
    isPermitted: true,
    inputScale,
    sums: (n) => `${share(power)}
${isHeld ? holdPoints(n) : holdNothing}
fn sums(w: f32, b: f32) -> vec3f {
  let scaledB = b * ${inputScale};
  return (${unrolled(n, isHeld ? 'held' : 'points')}) * vec3f(1.0, ${1 / inputScale}, 1.0);
}`,
  }
}

const loop: NeuronForm = {
  name: 'loop, exp2',
  isPermitted: true,
  inputScale: Math.LOG2E,
  sums: (n) => `${safe('exp2')}
${holdNothing}
fn sums(w: f32, b: f32) -> vec3f {
  let scaledB = b * ${Math.LOG2E};
  var sum = vec3f(0.0);
  for (var i = 0u; i < ${n}u; i++) {
    sum += ${call('i')};
  }
  return sum * vec3f(1.0, ${Math.LN2}, 1.0);
}`,
}

export const neuronForms: readonly NeuronForm[] = [
  form('unrolled, held', safe, 'exp2', true),
  { ...form('unrolled, held', textbook, 'exp2', true), isPermitted: false },
  form('unrolled', safe, 'exp2'),
  form('unrolled', safe, 'exp'),
  loop,
]
