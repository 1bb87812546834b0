/** The benchmark on the page's own engine: `?bench`, and a button of the gallery. */
import { version } from '../../../package.json'
import { runBenchmark } from '../../benchmark/benchmark'
import type { Where } from '../../benchmark/report'
import { engineText } from '../../files/settingsText'
import type { Page } from '../../page/page'
import { BenchmarkDialog, type Measuring } from './benchmarkDialog'

export class Benchmark {
  private readonly dialog = new BenchmarkDialog((measuring) => this.measure(measuring))

  constructor(private readonly page: Page) {}

  open(): void {
    this.dialog.open()
  }

  private async measure({ onWhere, ...options }: Measuring): Promise<void> {
    const { page } = this
    page.pause()
    // Only then does nothing else compute or draw. A failure has been reported.
    await page.settled().catch(() => {})
    const { engine } = await page.opened()
    options.signal.throwIfAborted()
    const where: Where = { version, engine: engineText(engine), runtime: navigator.userAgent }
    onWhere(where)
    const lost = engine.lost.then((sentence) => Promise.reject(new Error(sentence)))
    await Promise.race([runBenchmark(engine, options), lost])
  }
}
