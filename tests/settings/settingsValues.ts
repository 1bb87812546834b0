/** Settings of every kind, for properties; as many points as an address holds. */
import fc from 'fast-check'
import { lenses, mapAxes, pointsInAddress, type Settings } from '../../src/settings/settings'
import { runnerLists } from './runnerValues'

const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)
const place = fc.tuple(coordinate, coordinate)
const range = place
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
  .filter(([min, max]) => max - min >= 1e-5)
const samples = fc.array(place, { minLength: 1, maxLength: pointsInAddress })
const whole = (min: number, max: number) => fc.integer({ min, max })
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((v) => v + 0)

const logRates = fc
  .tuple(real(-4, 3), real(-4, 3))
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
  .filter(([min, max]) => max - min >= 1e-5)

const withoutBatches: fc.Arbitrary<Omit<Settings, 'samples' | 'runners'>> = fc.record({
  lens: fc.constantFrom(...lenses),
  loss: fc.constantFrom('mean', 'half', 'crossEntropy'),
  start: place,
  starts: fc.record({
    arrangement: fc.constantFrom('grid', 'random', 'ring', 'list', 'one'),
    perSide: whole(1, 1024),
    seed: whole(0, 2 ** 32 - 1),
    list: fc.array(place, { minLength: 1, maxLength: pointsInAddress }),
  }),
  steps: whole(1, 100_000),
  stop: fc.record({ kind: fc.constantFrom('none', 'gradient', 'loss'), below: real(1e-12, 1e6) }),
  view: fc.record({ w: range, b: range, resolution: whole(2, 2048) }),
  outcomes: fc.record({
    radius: real(1e-4, 1),
    stay: whole(1, 1000),
    window: whole(1, 1000),
    rise: real(1e-6, 1),
    plateau: real(1e-12, 1),
    receding: real(0.01, 1),
  }),
  map: fc.record({
    axes: fc.constantFrom(...mapAxes),
    columns: fc.option(range),
    rows: fc.option(range),
    perSide: whole(64, 1024),
    onSurface: fc.boolean(),
    bothLosses: fc.boolean(),
  }),
  rates: fc.record({
    part: fc.constantFrom('race', 'sweep', 'crowd'),
    sweep: logRates,
    unit: fc.constantFrom('steps', 'gradients'),
    pair: fc.tuple(whole(0, 7), whole(0, 7)),
  }),
  why: fc.record({
    part: fc.constantFrom('step', 'angle', 'points', 'cubic', 'cubicAndSquare'),
    learningRate: fc.option(real(1e-4, 1e6)),
    angle: real(0, 360),
    allDirections: fc.boolean(),
    surface: fc.constantFrom('none', 'plane', 'bowl'),
    map: fc.constantFrom('loss', 'first', 'second'),
    field: fc.constantFrom('none', 'linear', 'log'),
    cubic: fc.tuple(real(-4, 4), real(-4, 4)),
    place: fc.tuple(real(-2, 2), real(-2, 2)),
    rate: real(1e-3, 1),
    lesson: whole(0, 10),
  }),
  height: fc.constantFrom('excess', 'log', 'linear'),
  lossAxis: fc.constantFrom('log', 'linear'),
  colours: fc.constantFrom('viridis', 'cividis'),
  contours: fc.boolean(),
  trails: fc.boolean(),
  camera: fc.record({
    azimuth: real(-360, 360),
    elevation: real(0, 90),
    distance: real(0.1, 10),
    pan: fc.tuple(real(-2, 2), real(-2, 2)),
  }),
  step: whole(0, 100_000),
  speed: real(1, 10_000),
  loop: fc.boolean(),
  engine: fc.constantFrom('auto', 'gpu', 'cpu'),
})

/** No batch has more points than there are. */
export const anySettings: fc.Arbitrary<Settings> = fc
  .tuple(withoutBatches, samples)
  .chain(([rest, points]) =>
    runnerLists(points.length).map((runners) => ({ ...rest, samples: points, runners })),
  )
