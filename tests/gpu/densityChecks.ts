/** Checks findDestinations, countHeads and softenCounts. */

import type { Crowd } from '../../src/engine/engine'
import { readTextureRows } from '../../src/gpu/readback'
import { findDestinations } from '../../src/model/destinations'
import { densitySide, headDensity } from '../../src/model/headDensity'
import { defaultObjective, descentJob, seededPlaces } from './cases'
import {
  assert,
  assertSameBits,
  check,
  contextOf,
  crowdOf,
  mutantCheck,
  type Rewrite,
} from './check'

/** 32 cells in a unit, so that both engines place the heads of the case in the same cells. */
const part = { w: [-6, 10], b: [-8, 8] } as const

/** Places that f32 and the cells hold exactly; some outside, some on borders, many in one cell. */
function places(): Float32Array<ArrayBuffer> {
  const spread = seededPlaces(6000, 12, 4).map((value) => Math.round(value * 1024) / 1024)
  const special = [-6, -8, 10, 8, 10, 0, 9.96875, 7.96875, 1e30, 0, 0, -1e30, -6.03125, 0]
  const together = Array.from({ length: 1000 }, () => [2.5, -0.25]).flat()
  return Float32Array.from([...spread, ...special, ...together])
}

/** Whose edges no place of the case is near. */
const circles = [
  { w: 2.4001, b: -0.0801, radius: 0.4 },
  { w: -3.0001, b: 2.0002, radius: 2.71 },
  { w: 6.0003, b: -5.0001, radius: 1.93 },
  { w: 6.0003, b: 4.0001, radius: 2.31 },
] as const

const steps = 3
const jobFrom = (starts: Float32Array<ArrayBuffer>) =>
  descentJob(defaultObjective, { starts, steps })

/** The oracle's answer for where the crowd's own descents end. */
async function destinationsOf(crowd: Crowd): Promise<Float32Array> {
  const { trajectories } = crowd
  const ends = (await crowd.read()).subarray(2 * steps * trajectories)
  return findDestinations(ends, trajectories, circles)
}

async function compareEnds(device: GPUDevice, rewrite?: Rewrite): Promise<number[]> {
  const crowd = await crowdOf(contextOf(device, rewrite), jobFrom(places()))
  const { texture, height } = crowd.destinations(circles)
  if (!texture) throw new Error('A crowd of the GPU has its destinations in a texture.')
  const texels = await readTextureRows(device, texture, 1, 0, height)
  const found = texels.subarray(0, crowd.trajectories)
  const wanted = await destinationsOf(crowd)
  crowd.dispose()
  assertSameBits(found, wanted, 'The destinations')
  return [0, 1, 2, 3, 4].map((number) => wanted.filter((each) => each === number).length)
}

const destinations = check('the destination of each trajectory', async (device) => {
  const counts = await compareEnds(device)
  assert(Math.min(...counts) > 30, `Each destination must have some, and they have ${counts}.`)
  return `${counts.join(', ')} trajectories`
})

const destinationMutants = [
  ['f32(k + 1u)', 'f32(k)'],
  ['<= circles[k].z', '<= circles[k].w'],
  ['k < params.circles', 'k + 1u < params.circles'],
  ['params.record,', '0u,'],
].map(([from, to]) =>
  mutantCheck(`findDestinations: ${to}`, async (device) => {
    const rewrite: Rewrite = ({ file, text }) => {
      const isOurs = file.endsWith('/findDestinations.wgsl')
      return { file, text: isOurs ? text.replace(from, to) : text }
    }
    const isCaught = await compareEnds(device, rewrite).then(
      () => false,
      (reason) => String(reason).includes('The destinations: value'),
    )
    assert(isCaught, `The check must notice ${to} in place of ${from}.`)
    return 'caught'
  }),
)

async function compare(device: GPUDevice, rewrite?: Rewrite): Promise<number> {
  const starts = places()
  const context = contextOf(device, rewrite)
  const crowd = await crowdOf(context, jobFrom(starts))
  await crowd.seek(0)
  crowd.destinations(circles)
  const density = crowd.density(part)
  if (!density?.texture) throw new Error('A crowd of so many must have a density.')
  const found = await readTextureRows(device, density.texture, 4, 0, densitySide)
  const wanted = headDensity(starts, await destinationsOf(crowd), crowd.trajectories, part)
  crowd.dispose()
  assertSameBits(found, wanted, 'The density')
  return wanted.reduce((sum, value) => sum + value, 0)
}

const wholeDensity = check('the density of heads, cell by cell', async (device) => {
  const total = await compare(device)
  assert(total > 3000, `Most of the heads must lie in the part, and ${total} do.`)
  return `${total} heads`
})

const mutants = [
  ['countHeads', 'at < vec2f(f32(params.side))', 'at <= vec2f(f32(params.side))'],
  ['countHeads', 'cell.y * params.side + cell.x', 'cell.x * params.side + cell.y'],
  ['countHeads', 'texel, 0).x), 3u)', 'texel, 0).x), 2u)'],
  ['softenCounts', '2 - abs(row)', '1 - abs(row)'],
  ['softenCounts', 'at < vec2i(side)', 'at <= vec2i(side)'],
].map(([name, from, to]) =>
  mutantCheck(`${name}: ${to}`, async (device) => {
    const isCaught = await compare(device, ({ file, text }) => {
      const isOurs = file.endsWith(`/${name}.wgsl`)
      return { file, text: isOurs ? text.replace(from, to) : text }
    }).then(
      () => false,
      (reason) => String(reason).includes('The density: value'),
    )
    assert(isCaught, `The check must notice ${to} in place of ${from}.`)
    return 'caught'
  }),
)

export const densityChecks = [destinations, ...destinationMutants, wholeDensity, ...mutants]
