import { expect, test } from 'vitest'
import { defaultRule } from '../../src/settings/rules'
import { toggleHidden, toggleSolo } from '../../src/settings/runners'

const runners = (['momentum', 'adam', 'newton'] as const).map((name) => ({
  rule: defaultRule(name),
  learningRate: 1,
}))
const hiddenOf = (list: ReturnType<typeof toggleSolo>) => list.map(({ hidden }) => hidden ?? false)

test('hiding one and showing it again gives the same runners', () => {
  const once = toggleHidden(runners, 1)
  expect(hiddenOf(once)).toEqual([false, true, false])
  expect(toggleHidden(once, 1)).toEqual(runners)
})

test('one alone, another alone, and all again', () => {
  const second = toggleSolo(runners, 1)
  expect(hiddenOf(second)).toEqual([true, false, true])
  expect(hiddenOf(toggleSolo(second, 2))).toEqual([true, true, false])
  expect(toggleSolo(second, 1)).toEqual(runners)
})
