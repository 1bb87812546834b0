import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomeNodes } from '../../src/model/outcomes/classify'
import { changeSettings, staleResults } from '../../src/settings/change'
import { defaults, type Settings } from '../../src/settings/settings'
import { axesOf, mapAfter, shownResults, shownView, stepOfFloat32 } from '../../src/settings/shown'
import { zoomAround, zoomTo } from '../../src/settings/zoom'

function starts(partial: object = {}): Settings {
  const { settings, complaints } = changeSettings(defaults, { lens: 'starts', ...partial })
  expect(complaints).toEqual([])
  return settings
}

test('the whole map is the view, and rates from 0.01 to 1000', () => {
  expect(axesOf(starts())).toEqual([
    { name: 'w', range: [-6, 10, 256] },
    { name: 'b', range: [-8, 8, 256] },
  ])
  expect(axesOf(starts({ map: { axes: 'log10Rate,b', perSide: 64 } }))).toEqual([
    { name: 'log10Rate', range: [-2, 3, 64] },
    { name: 'b', range: [-8, 8, 64] },
  ])
})

test('zooming around a place keeps it where it is', () => {
  const settings = starts()
  const { zoom, limit } = zoomAround(settings, [0.25, 0.75], 0.5)
  expect(limit).toBeNull()
  expect(zoom.columns).toEqual([-4, 4])
  expect(zoom.rows).toEqual([-2, 6])
  const place = (range: readonly [number, number] | null, share: number) =>
    range && range[0] + share * (range[1] - range[0])
  expect(place(zoom.columns, 0.25)).toBe(-2)
  expect(place(zoom.rows, 0.75)).toBe(4)
})

test('the whole is written as no zoom at all', () => {
  const { zoom } = zoomTo(starts(), [
    [-6, 10],
    [-8, 8],
  ])
  expect(zoom).toEqual({ columns: null, rows: null })
})

test('rates end where learning rates do', () => {
  const { zoom } = zoomAround(starts({ map: { axes: 'w,log10Rate' } }), [0.5, 0.5], 1e6)
  expect(zoom.rows).toEqual([-4, 3])
  expect(zoom.columns).toEqual([-1e6, 1e6])
})

test('however one zooms, neighbouring nodes stay 8 steps of f32 apart, and it is said', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('w,b', 'w,log10Rate', 'log10Rate,b'),
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      fc.constantFrom(64, 256, 1024),
      (axes, place, perSide) => {
        let settings = starts({ map: { axes, perSide } })
        let limit: string | null = null
        for (let i = 0; i < 40; i++) {
          const found = zoomAround(settings, place, 0.5)
          limit = found.limit
          settings = { ...settings, map: { ...settings.map, ...found.zoom } }
        }
        expect(limit).toMatch(/^The zoom ends here: neighbouring pixels .* 8 steps of a 32-bit/)
        for (const axis of axesOf(settings)) {
          const [min, max, count] = axis.range
          const steps = (max - min) / (count - 1) / stepOfFloat32(axis.name, [min, max])
          expect(steps).toBeGreaterThan(7.99)
          expect(steps).toBeLessThan(20)
          // The nodes themselves, after their rounding to f32.
          const nodes = outcomeNodes(axis)
          for (let i = 1; i < nodes.length; i++) expect(nodes[i]).toBeGreaterThan(nodes[i - 1])
        }
      },
    ),
    { seed: 3, numRuns: 40 },
  )
})

test('a part from an address that is too small or outside is moved into what is possible', () => {
  const [columns, rows] = axesOf(
    starts({ map: { axes: 'w,log10Rate', columns: [5, 5 + 1e-8], rows: [10, 12] } }),
  )
  expect((columns.range[1] - columns.range[0]) / 255).toBeCloseTo(8 * 2 ** -21, 9)
  expect(rows.range).toEqual([1, 3, 256])
})

test('the stage follows the zoom in the lens of starts alone', () => {
  const zoom = { map: { columns: [0, 1], rows: [2, 3] } }
  expect(shownView(starts(zoom))).toMatchObject({ w: [0, 1], b: [2, 3], resolution: 512 })
  expect(shownView({ ...starts(zoom), lens: 'descend' })).toBe(defaults.view)
  const rates = starts({ map: { axes: 'log10Rate,w', columns: [0, 1], rows: [2, 3] } })
  expect(shownView(rates)).toMatchObject({ w: [2, 3], b: [-8, 8] })
})

test('in the lens of rates the stage follows the zoom of crowds over w and b', () => {
  const map = { columns: [0, 1], rows: [2, 3] }
  const crowd = starts({ lens: 'rates', rates: { part: 'crowd' }, map })
  expect(shownView(crowd)).toMatchObject({ w: [0, 1], b: [2, 3] })
  const race = { ...crowd, rates: { ...crowd.rates, part: 'race' as const } }
  expect(shownView(race)).toBe(defaults.view)
  expect(staleResults(crowd, race)).toEqual(new Set(['surface']))
  const turned = { ...crowd, map: { ...crowd.map, axes: 'w,log10Rate' as const } }
  expect(shownView(turned)).toBe(defaults.view)
})

test.for<[change: object, stale: string[]]>([
  [{ map: { columns: [0, 1] } }, ['otherLoss', 'crowds', 'outcomes', 'surface']],
  [{ map: { perSide: 64 } }, ['otherLoss', 'crowds', 'outcomes']],
  [{ map: { onSurface: false } }, []],
  [{ outcomes: { stay: 3 } }, ['otherLoss', 'crowds', 'outcomes', 'scores', 'sweep']],
  [{ start: [1, 1] }, ['magnified', 'runs', 'scores', 'sweep']],
  [{ lens: 'descend' }, []],
  [
    { steps: 7 },
    ['otherLoss', 'crowd', 'crowds', 'magnified', 'outcomes', 'runs', 'scores', 'sweep'],
  ],
])('%j makes %j stale', ([change, stale]) => {
  const before = starts()
  const { settings } = changeSettings(before, change)
  expect(staleResults(before, settings)).toEqual(new Set(stale))
})

test('a map of rates is not made anew for a rate, but for a start', () => {
  const before = starts({ map: { axes: 'w,log10Rate' } })
  const stale = (change: object) => staleResults(before, changeSettings(before, change).settings)
  const rule = { name: 'gradientDescent' }
  expect(stale({ runners: [{ rule, learningRate: 3 }] }).has('outcomes')).toBe(false)
  expect(stale({ start: [1, 1] }).has('outcomes')).toBe(true)
})

test('each lens computes what it shows', () => {
  expect(shownResults(defaults)).not.toContain('outcomes')
  expect(shownResults(starts())).not.toContain('crowd')
  expect(shownResults(starts())).not.toContain('otherLoss')
  expect(shownResults(starts({ map: { bothLosses: true } }))).toContain('otherLoss')
  const common = ['surface', 'runs', 'stationary', 'scores']
  const shown = (part: string) => shownResults(starts({ lens: 'rates', rates: { part } }))
  expect(shown('race')).toEqual(common)
  expect(shown('sweep')).toEqual([...common, 'sweep'])
  expect(shown('crowd')).toEqual([...common, 'crowds'])
})

test('other axes begin at their whole, unless a part of them is given', () => {
  const before = starts({ map: { columns: [0, 1], rows: [0, 1] } })
  const turned = { ...before, map: { ...before.map, axes: 'w,log10Rate' as const } }
  expect(mapAfter(turned, before)).toMatchObject({ columns: null, rows: null })
  const given = { ...turned, map: { ...turned.map, columns: [2, 3] as const } }
  expect(mapAfter(given, before)).toMatchObject({ columns: [2, 3], rows: [0, 1] })
  expect(mapAfter(before, before)).toBe(before.map)
})
