/** The numbers in the sentences of scenes are those of the oracle, on the settings of the scene. */
import { expect, test } from 'vitest'
import { classifyRows, outcomeSize } from '../../src/model/outcomes/classify'
import { axesOfOne, type OutcomeAxis, outcomeCodes } from '../../src/model/outcomes/outcome'
import { largestRate } from '../../src/model/outcomes/stability'
import { findStationaryPoints } from '../../src/model/outcomes/stationaryPoints'
import { withTargets } from '../../src/model/outcomes/targets'
import { changeByAngle } from '../../src/model/step/magnifier'
import { readAddress } from '../../src/settings/address'
import type { RunnerSettings } from '../../src/settings/runners'
import { scenes } from '../../src/settings/scenes'
import type { Settings } from '../../src/settings/settings'
import { axesOf } from '../../src/settings/shown'

/** The text at the groups of `pattern` in the sentence of a scene. */
function wordsOf(name: string, pattern: RegExp): string[] {
  const { sentence } = sceneNamed(name)
  const found = pattern.exec(sentence)
  expect(found, `"${sentence}" has to match ${pattern}`).not.toBeNull()
  return found!.slice(1)
}

const said = (name: string, pattern: RegExp) => wordsOf(name, pattern).map(Number)

const sceneNamed = (wanted: string) => scenes.find(({ name }) => name === wanted)!
const settingsOf = (name: string) => readAddress(sceneNamed(name).query).settings

const objectiveOf = ({ samples, loss }: Settings) => ({ kind: 'neuron', samples, loss }) as const
const pointsOf = (settings: Settings) => findStationaryPoints(objectiveOf(settings))

function jobOf(
  settings: Settings,
  runner: RunnerSettings,
  axes: readonly [OutcomeAxis, OutcomeAxis],
) {
  const { steps, start, outcomes: thresholds } = settings
  const job = { objective: objectiveOf(settings), runner, steps, start, thresholds, axes }
  return withTargets(job, pointsOf(settings))
}

/** The descent of the settings' start under one of their runners. */
function endOf(settings: Settings, runner: number) {
  const job = jobOf(settings, settings.runners[runner], axesOfOne(settings.start))
  const [outcome, , arrivalStep] = classifyRows(job, 0, 1)
  return { outcome, arrivalStep }
}

/** Starts along each side of the map. */
const side = 64

/** Shares of these starts that end in each minimum, in percent. */
function sharesOf(settings: Settings, runner: number): number[] {
  const axes = axesOf({ ...settings, map: { ...settings.map, perSide: side } })
  const cells = classifyRows(jobOf(settings, settings.runners[runner], axes), 0, side)
  const counts = pointsOf(settings).minima.map(() => 0)
  for (let i = 0; i < cells.length; i += outcomeSize) {
    if (cells[i] === outcomeCodes.minimum) counts[cells[i + 1]]++
  }
  return counts.map((count) => (100 * count) / side ** 2)
}

test('fast: up to which rate each minimum can hold', () => {
  const settings = settingsOf('fast')
  const job = jobOf(settings, settings.runners[0], axesOf(settings))
  const rates = pointsOf(settings).minima.map(({ eigenvalues }) => largestRate(job, eigenvalues[1]))
  expect(rates.map((rate) => Math.round(rate!))).toEqual(
    said('fast', /hold rates up to (\d+)\. The flat one holds up to (\d+)\./),
  )
})

test('race: how many steps plain descent and Adam take; Newton’s method does not arrive', () => {
  const settings = settingsOf('race')
  const ends = settings.runners.map((_, runner) => endOf(settings, runner))
  const [plain, , adam, newton] = ends
  expect(settings.runners.map(({ rule }) => rule.name)[2]).toBe('adam')
  // To the nearest five, as a sentence has it.
  const steps = [plain, adam].map(({ arrivalStep }) => 5 * Math.round(arrivalStep / 5))
  expect(steps).toEqual(said('race', /arrives after (\d+) steps, Adam after (\d+);/))
  expect([plain.outcome, adam.outcome]).toEqual([outcomeCodes.minimum, outcomeCodes.minimum])
  expect(newton.outcome).not.toBe(outcomeCodes.minimum)
})

test('momentum: in what share of the steps it and Nesterov arrive', () => {
  const settings = settingsOf('momentum')
  const steps = settings.runners.map((_, runner) => endOf(settings, runner).arrivalStep)
  const shares = { half: 1 / 2, third: 1 / 3, quarter: 1 / 4 }
  const words = wordsOf('momentum', /in (\w+) the steps; Nesterov takes a (\w+)\./)
  for (const [i, word] of words.entries()) {
    expect(steps[i + 1] / steps[0], word).toBeCloseTo(shares[word as keyof typeof shares], 1.5)
  }
})

test('direction: which one lowers the loss most, and how much more than the steepest', () => {
  const settings = settingsOf('direction')
  const [w, b] = settings.start
  const { best, change } = changeByAngle(
    objectiveOf(settings),
    { w, b },
    settings.why.learningRate!,
  )
  const [shown, steepest] = said('direction', /this, (\d+)° .* more than twice as much as (\d+)°\./)
  expect(best).toBe(shown)
  expect(change[steepest]).toBeLessThan(0)
  expect(change[shown] / change[steepest]).toBeGreaterThan(2)
})

test('three minima: the share of the one on the left', () => {
  const settings = settingsOf('threeMinima')
  const { minima } = pointsOf(settings)
  const left = minima.findIndex(({ w }) => w === Math.min(...minima.map((each) => each.w)))
  expect(minima).toHaveLength(3)
  const share = sharesOf(settings, 0)[left]
  expect([Number(share.toFixed(1))]).toEqual(said('threeMinima', /that ([\d.]+) % of these starts/))
})

test('crowd: the share that Newton’s method brings home', () => {
  const settings = settingsOf('crowd')
  const newton = settings.runners.findIndex(({ rule }) => rule.name === 'newton')
  const share = sharesOf(settings, newton).reduce((sum, each) => sum + each)
  expect([Math.round(share)]).toEqual(said('crowd', /Newton’s method gets (\d+) % to a minimum/))
})
