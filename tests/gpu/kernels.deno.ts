/**
 * Runs the portable checks in Deno's wgpu. Prints the adapter and a line for each check, `passed:
 * name: measurements` or `failed: name: reason`, and exits with 1 if one has failed.
 */
import { portableChecks } from './kernelChecks'

declare const Deno: { exit(code: number): never }

const adapter = await navigator.gpu.requestAdapter()
if (!adapter) throw new Error('wgpu found no adapter; expected one.')
console.log(`adapter: ${adapter.info.description}`)
const device = await adapter.requestDevice()

const problems: string[] = []
device.addEventListener('uncapturederror', ({ error }) => {
  problems.push(`wgpu reported an error outside of any error scope: ${error.message}`)
})

let failed = 0
for (const { name, run } of portableChecks) {
  try {
    const measured = await run(device)
    if (problems.length > 0) throw new Error(problems.splice(0).join('\n'))
    console.log(`passed: ${name}: ${measured}`)
  } catch (reason) {
    failed++
    console.log(`failed: ${name}: ${reason instanceof Error ? reason.message : reason}`)
  }
}
// Explicitly: wgpu keeps threads, for which the process would wait.
Deno.exit(failed === 0 ? 0 : 1)
