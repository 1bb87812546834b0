/** A second implementation of WebGPU: the portable checks in wgpu, the family of Firefox. */
import { expect, test } from 'vitest'
import { hasLavapipe, runInWgpu, type WgpuOptions } from '../setup/wgpu'
import { portableChecks } from './kernelChecks'

/** Only ends a hang. */
const timeout = 600_000

async function runChecks(driver: NonNullable<WgpuOptions['driver']>): Promise<string> {
  const run = await runInWgpu('tests/gpu/kernels.deno.ts', { driver, timeout })
  console.log(run.stdout)
  const named = (word: string) =>
    [...run.stdout.matchAll(new RegExp(`^${word}: (.*)`, 'gm'))].map(([, rest]) => rest)
  expect(named('failed'), run.stderr).toEqual([])
  // First: if a process ended early, its output says more than which checks are missing.
  expect(run.exitCode, run.stderr).toBe(0)
  const passed = named('passed')
  for (const { name } of portableChecks) {
    expect(
      passed.filter((line) => line.startsWith(`${name}: `)),
      name,
    ).toHaveLength(1)
  }
  expect(passed).toHaveLength(portableChecks.length)
  return named('adapter').join()
}

// SwiftShader, or the GPU if STEEPEST_REAL_GPU asks for it.
test('wgpu on the usual driver: every portable check passes', { timeout }, async () => {
  expect(await runChecks('swiftshader')).toMatch(/./)
})

// lavapipe is a system package, and the tests do not require it.
if (hasLavapipe()) {
  test('wgpu on lavapipe: every portable check passes', { timeout }, async () => {
    expect(await runChecks('lavapipe')).toMatch(/llvmpipe/)
  })
} else {
  console.log("wgpu on lavapipe: NOT tested, Mesa's Vulkan drivers are not installed.")
}
