/** Checks countHeads and softenCounts. */
import { readTextureRows } from '../../src/gpu/readback'
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

async function compare(device: GPUDevice, rewrite?: Rewrite): Promise<number> {
  const starts = places()
  const context = contextOf(device, rewrite)
  const crowd = await crowdOf(context, descentJob(defaultObjective, { starts, steps: 1 }))
  await crowd.seek(0)
  const density = crowd.density(part)
  if (!density?.texture) throw new Error('A crowd of so many must have a density.')
  const found = await readTextureRows(device, density.texture, 1, 0, densitySide)
  crowd.dispose()
  const wanted = headDensity(starts, starts.length / 2, part)
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

export const densityChecks = [wholeDensity, ...mutants]
