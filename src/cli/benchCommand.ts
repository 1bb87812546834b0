/** bench: how fast this machine is. */
import { runBenchmark } from '../benchmark/benchmark'
import { reportJson, reportText } from '../benchmark/report'
import { type Arguments, formatOf } from './arguments'
import { createProgress, type Terminal, writeOutput } from './output'
import { readSettings } from './settings'
import { withEngine } from './withEngine'

export async function benchCommand(args: Arguments, terminal: Terminal, version: string) {
  const { given } = args
  const format = formatOf(args)
  const settings = await readSettings(given)
  await withEngine(settings, given, terminal, async (engine, text, signal) => {
    const progress = createProgress(terminal, 'bench', given.quiet !== undefined)
    const all = await runBenchmark(engine, {
      signal,
      onCase: (_, share) => progress.at(share),
    }).finally(progress.end)
    const where = { version, engine: text, runtime: `node ${process.version}` }
    const report = format === 'json' ? reportJson(where, all) : reportText(where, all)
    await writeOutput(given.out, terminal, (output) => output.write(report))
  })
}
