/** Runs the suite in Deno on Mesa's lavapipe, where a kernel's speed means most without a GPU. */
import { runInWgpu } from '../setup/wgpu'
import type { Measurement } from './contest'
import type { SuiteOptions, SuitePart } from './suite'

/**
 * Deno looks for finished work every 10 ms. 16,384 descents of 1,000 steps take 30 ms there, in
 * which the waits would be what is measured.
 */
const times = 8

/** Ten minutes: many rounds on a busy machine. */
const timeout = 600_000

export async function runOnLavapipe(
  parts: readonly SuitePart[],
  rounds: number,
): Promise<Measurement[]> {
  const options: SuiteOptions = { parts, rounds, adapter: '', times }
  const { exitCode, stdout, stderr } = await runInWgpu('tests/bench/suite.deno.ts', {
    driver: 'lavapipe',
    args: [JSON.stringify(options)],
    timeout,
  })
  if (exitCode !== 0) {
    throw new Error(`The suite in Deno ended with ${exitCode}, expected 0. It said: ${stderr}`)
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measurement[]
}
