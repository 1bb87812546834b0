/** The period of the cycle in which a descent ends. */
import { createObjective, type NeuronSpec } from '../objective'
import { createRule, type Runner } from '../rule'

const longestPeriod = 8

/**
 * The smallest p up to 8 with theta(n) = theta(n - p) over the last p steps, to a millionth of the
 * length of the orbit; null for a longer cycle, for chaos and for a descent at rest.
 */
export function findPeriod(
  objectiveSpec: NeuronSpec,
  { rule: spec, learningRate }: Runner,
  start: readonly [w: number, b: number],
  steps: number,
): number | null {
  const objective = createObjective(objectiveSpec)
  const rule = createRule(spec, objectiveSpec.samples.length, steps)
  const state = new Float64Array(rule.stateSize)
  const gradient = new Float64Array(2)
  state.set(start)
  const kept = 2 * longestPeriod
  const places: [number, number][] = []
  for (let step = 0; step < steps; step++) {
    if (step >= steps - kept) places.push([state[0], state[1]])
    objective.gradient(state[0], state[1], gradient)
    rule.takeStep(state, gradient, Math.fround(learningRate), objective, step)
  }
  places.push([state[0], state[1]])
  const distance = (i: number, j: number) =>
    Math.hypot(places[i][0] - places[j][0], places[i][1] - places[j][1])
  const last = places.length - 1
  const size = Math.max(...places.map((_, i) => distance(i, last)))
  if (!(size > 0) || last < kept) return null
  for (let period = 1; period <= longestPeriod; period++) {
    const repeats = Array.from({ length: period }, (_, i) => distance(last - i, last - i - period))
    if (repeats.every((gap) => gap <= size * 1e-6)) return period
  }
  return null
}
