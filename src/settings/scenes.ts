/**
 * The scenes of the gallery. A scene is nothing but its address, so that a link, a click and the
 * kiosk show the same. This file is loaded with the gallery.
 */
import { changedPaths } from './change'
import type { Settings } from './settings'

/** The path of a value in the settings: 'steps', 'view.w', ... */
type Path = {
  [Key in keyof Settings]: Settings[Key] extends readonly unknown[] | string | number | boolean
    ? Key
    : `${Key}.${keyof Settings[Key] & string}`
}[keyof Settings]

export interface Scene {
  /** The scene's name, which its picture's file shares. */
  name: string
  title: string
  /** Tells people what to notice, in one sentence of at most 140 characters. */
  sentence: string
  /** The address as `writeAddress` writes it. */
  query: string
  /** The settings that may change while the sentence stays true, such as those it says to try. */
  invites?: readonly Path[]
}

/** Changing only the way a scene is looked at leaves it the same scene. */
const looks: readonly Path[] = [
  ...(['step', 'speed', 'loop', 'engine'] as const),
  ...(['camera.azimuth', 'camera.elevation', 'camera.distance', 'camera.pan'] as const),
  ...(['height', 'lossAxis', 'colours', 'contours', 'trails'] as const),
  ...(['map.onSurface', 'why.allDirections', 'why.field'] as const),
]

/** Whether the settings still show the scene, whose own settings are `wanted`. */
export function showsStill({ invites = [] }: Scene, wanted: Settings, settings: Settings): boolean {
  const free: readonly string[] = [...looks, ...invites]
  return changedPaths(wanted, settings).every((path) => free.includes(path))
}

export const scenes: readonly Scene[] = [
  {
    name: 'million',
    title: 'A million descents',
    sentence:
      '1,048,576 random starts gather in a few bright lines first; along these they creep to a minimum.',
    query: '?v=1&starts=random&side=1024&steps=100&az=20&el=60&speed=20',
  },
  {
    name: 'slow',
    title: 'Two minima, a small rate',
    sentence:
      'At a rate of 2 the left half runs into the sharp minimum 1; most of the right half creeps towards the flat 2.',
    query: '?v=1&run=gradientDescent:2',
  },
  {
    name: 'fast',
    title: 'The same, at a large rate',
    sentence:
      'At 32 no start stays in the sharp minimum 1: it can hold rates up to 18. The flat one holds up to 40.',
    query: '?v=1&run=gradientDescent:32&steps=150&speed=15',
  },
  {
    name: 'stripes',
    title: 'Fractal basins',
    sentence:
      'Orange starts end in one minimum, blue in the other; to the left the stripes get finer and finer. Zoom in!',
    query: '?v=1&lens=starts&steps=1000&mapx=-6..0&mapy=-4..2',
    invites: ['map.columns', 'map.rows'],
  },
  {
    name: 'limits',
    title: 'Where each minimum is lost',
    sentence:
      'Upwards the rate grows. Above the lower dashed line orange is gone, above the upper one blue: 2 / λ of each.',
    query: '?v=1&lens=starts&start=-2,-0.23&steps=1000&axes=w,log10Rate&mapy=-1..2.2',
    invites: ['map.columns', 'map.rows'],
  },
  {
    name: 'bothLosses',
    title: 'Squared error, cross-entropy',
    sentence:
      'The same five points: squared error has two places to end, cross-entropy has one for all starts.',
    query: '?v=1&lens=starts&run=gradientDescent:2&steps=2000&both=1',
    invites: ['map.columns', 'map.rows'],
  },
  {
    name: 'threeMinima',
    title: 'A minimum that hardly anyone finds',
    sentence:
      'Three minima. The one on the left is so narrow that 0.4 % of these starts end in it.',
    query:
      '?v=1&lens=starts&data=0.429,0.875;-1.069,0.238;0.566,0.618;-0.973,0.101;-0.65,0.819&start=-4,8&steps=1000&w=-16..16&b=-6..14',
  },
  {
    name: 'separable',
    title: 'No minimum at all',
    sentence:
      'The steeper the curve, the better it fits these labels: the loss falls for ever, w grows for ever.',
    query: '?v=1&data=-2,0;-1,0;1,1;2,1&start=-3,5&side=24&w=-5..15&b=-10..10',
  },
  {
    name: 'exercise',
    title: 'The classic exercise',
    sentence:
      'From (−2, −2) descent creeps over a plateau, drops, and then follows a valley to a perfect fit.',
    query:
      '?v=1&data=0.5,0.2;2.5,0.9&loss=half&start=-2,-2&side=16&run=gradientDescent:1&steps=1000&w=-5..7&b=-8..4&speed=100',
  },
  {
    name: 'momentum',
    title: 'Momentum',
    sentence:
      'One start, one rate: momentum overshoots but still arrives in half the steps; Nesterov takes a third.',
    query:
      '?v=1&lens=rates&data=0.5,0.2;2.5,0.9&loss=half&start=-2,-2&run=gradientDescent:1;momentum:1;nesterov:1&steps=400&w=-5..7&b=-8..4',
  },
  {
    name: 'race',
    title: 'Four rules, one start',
    sentence:
      'Plain descent arrives after 75 steps, Adam after 180; Newton’s method, damped, is lost where all is flat.',
    query: '?v=1&lens=rates&run=gradientDescent:10;momentum:2;adam:0.1;newton:1',
  },
  {
    name: 'crowd',
    title: 'Four rules, all starts',
    sentence:
      'Each map shows where every start ends under one rule. Newton’s method gets 5 % to a minimum: it must start close by.',
    query: '?v=1&lens=rates&run=gradientDescent:10;momentum:2;adam:0.1;newton:1&map=128&part=crowd',
  },
  {
    name: 'sweep',
    title: 'One start, a thousand rates',
    sentence:
      'From left to right the rate grows a millionfold: too slow, then quick, and above 40 no minimum holds.',
    query: '?v=1&lens=rates&part=sweep',
  },
  {
    name: 'direction',
    title: 'Not the steepest way',
    sentence:
      'For a step as long as this, 116° to the gradient lowers the loss more than twice as much as 180°.',
    query: '?v=1&lens=why&why=angle&eta=40',
    invites: ['why.angle'],
  },
  {
    name: 'trust',
    title: 'How far to trust the gradient',
    sentence:
      'A step at a rate of 30: blue keeps the gradient’s promise, pale keeps little of it, orange goes up.',
    query: '?v=1&lens=why&eta=30&trust=first',
  },
  {
    name: 'bowl',
    title: 'The promise of the second order',
    sentence:
      'The bowl has the surface’s slope and curvature; it predicts that this step goes up, but the surface goes down.',
    query: '?v=1&lens=why&start=-1,3&eta=30&lay=bowl',
  },
  {
    name: 'runaway',
    title: 'Downhill without end',
    sentence:
      'On w³ + b² descent from w = −0.2 hardly moves at first, then runs off: there is no lowest place.',
    query: '?v=1&lens=why&why=cubicAndSquare&at=-0.2,1&step=16',
  },
  {
    name: 'lesson',
    title: 'Ten lessons',
    sentence:
      'Turn the dial until a step no longer lowers the loss: the first of ten short lessons.',
    query: '?v=1&lens=why&why=angle&eta=10&lesson=1',
    invites: ['why.angle'],
  },
]
