/** Update rules: how a descent gets from one (w, b) to the next. Plain JSON names them in jobs. */
import * as gradientDescent from './gradientDescent'
import type { Objective } from './objective'

export interface RuleSpec {
  name: 'gradientDescent'
}

/** One rule at one learning rate. */
export interface Runner {
  rule: RuleSpec
  learningRate: number
}

export interface Rule {
  /** Length of a state: theta = (w, b) first, then what the rule carries along. */
  stateSize: number
  /**
   * Takes one step, in place. `gradient` holds the gradient at theta on entry, since the stop rule
   * needs it too; a rule that needs it elsewhere evaluates the objective itself.
   */
  takeStep(
    state: Float64Array,
    gradient: Float64Array,
    learningRate: number,
    objective: Objective,
  ): void
}

export const rules: Record<RuleSpec['name'], Rule> = {
  gradientDescent: { stateSize: 2, takeStep: gradientDescent.takeStep },
}
