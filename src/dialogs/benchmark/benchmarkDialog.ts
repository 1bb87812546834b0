/** The dialog of the benchmark: progress, a table that fills, and the report to copy. */
import type { BenchmarkOptions, Measured } from '../../benchmark/benchmark'
import { rateText, reportJson, reportText, type Where } from '../../benchmark/report'
import { sentenceOf } from '../../page/notices'
import { createWorkDialog } from '../../widgets/workDialog'
import './benchmark.css'

export interface Measuring extends BenchmarkOptions {
  /** Called once, before the first case. */
  onWhere(where: Where): void
}

const markup = `
  <h2 id="benchmark-title">Benchmark</h2>
  <p class="benchmark-where"></p>
  <div class="benchmark-rows">
    <table class="numbers-table benchmark-table">
      <thead><tr><th scope="col">Case, and check by the oracle</th><th scope="col">Rate</th></tr></thead>
      <tbody></tbody>
    </table>
  </div>
  <div class="benchmark-progress"><progress max="1" aria-label="Measured so far"></progress></div>
  <p class="benchmark-status" role="status"></p>
  <textarea class="benchmark-text" rows="6" aria-label="Report" readonly hidden></textarea>
  <div class="work-buttons">
    <button type="button" class="button" data-act="copyText">Copy as text</button>
    <button type="button" class="button" data-act="copyJson">Copy as JSON</button>
    <button type="button" class="button" data-act="again">Run again</button>
    <button type="button" class="button" data-act="close">Close</button>
  </div>`

export class BenchmarkDialog {
  private readonly dialog = createWorkDialog('benchmark', markup, () => this.running)
  private readonly status = this.find('.benchmark-status')
  private readonly text = this.find<HTMLTextAreaElement>('textarea')
  private running: AbortController | null = null
  private where: Where | null = null
  private measured: Measured[] = []

  /** @param measure resolves when all cases have been measured; rejects with a sentence */
  constructor(private readonly measure: (measuring: Measuring) => Promise<void>) {
    this.button('again').addEventListener('click', () => void this.run())
    this.button('close').addEventListener('click', () => this.cancelOrClose())
    this.button('copyText').addEventListener('click', () => void this.copy('text', reportText))
    this.button('copyJson').addEventListener('click', () => void this.copy('JSON', reportJson))
  }

  /** Opens, and measures at once. */
  open(): void {
    if (this.dialog.open) return
    this.dialog.showModal()
    void this.run()
  }

  private find<T extends HTMLElement>(selector: string): T {
    return this.dialog.querySelector<T>(selector)!
  }

  private button(act: string): HTMLButtonElement {
    return this.find(`[data-act="${act}"]`)
  }

  private cancelOrClose(): void {
    if (this.running) this.running.abort()
    else this.dialog.close()
  }

  private async run(): Promise<void> {
    const controller = new AbortController()
    this.measured = []
    this.where = null
    this.text.hidden = true
    this.find('tbody').replaceChildren()
    this.find('.benchmark-where').textContent = ''
    this.say('Waiting for the page to come to rest…')
    this.setRunning(controller)
    this.button('close').focus()
    try {
      await this.measure({
        signal: controller.signal,
        onWhere: (where) => this.showWhere(where),
        onCase: (name, share) => this.showCase(name, share),
        onMeasured: (measured) => this.showMeasured(measured),
      })
      this.say(this.measured.every(({ check }) => check.isOk) ? 'Done.' : wrong)
    } catch (reason) {
      this.say(controller.signal.aborted ? 'Cancelled.' : sentenceOf(reason))
    } finally {
      this.setRunning(null)
    }
  }

  private setRunning(controller: AbortController | null): void {
    this.running = controller
    const isRunning = controller !== null
    this.button('close').textContent = isRunning ? 'Cancel' : 'Close'
    this.button('again').disabled = isRunning
    for (const act of ['copyText', 'copyJson']) {
      this.button(act).disabled = isRunning || this.measured.length === 0
    }
    this.dialog.toggleAttribute('data-busy', isRunning)
    this.find('.benchmark-progress').classList.toggle('is-idle', !isRunning)
    this.showShare(0)
  }

  private showShare(share: number): void {
    this.find<HTMLProgressElement>('progress').value = share
  }

  private showWhere(where: Where): void {
    this.where = where
    this.find('.benchmark-where').textContent = `${where.engine}. ${where.runtime}`
  }

  private showCase(name: string, share: number): void {
    this.say(`Measuring: ${name}…`)
    this.showShare(share)
  }

  private showMeasured(measured: Measured): void {
    this.measured.push(measured)
    const row = this.find<HTMLTableSectionElement>('tbody').insertRow()
    const head = document.createElement('th')
    head.scope = 'row'
    const check = document.createElement('span')
    check.className = `benchmark-check${measured.check.isOk ? '' : ' is-wrong'}`
    check.textContent = measured.check.sentence
    head.append(measured.name, check)
    row.append(head)
    row.insertCell().textContent = rateText(measured)
  }

  private async copy(
    form: string,
    write: (where: Where, measured: readonly Measured[]) => string,
  ): Promise<void> {
    if (!this.where) return
    try {
      await navigator.clipboard.writeText(write(this.where, this.measured))
      this.say(`Copied as ${form}.`)
    } catch {
      this.text.value = write(this.where, this.measured)
      this.text.hidden = false
      this.text.focus()
      this.text.select()
      this.say('This page cannot use the clipboard. The text below is selected: copy it.')
    }
  }

  private say(sentence: string): void {
    this.status.textContent = sentence
  }
}

const wrong =
  'Some numbers are not what WGSL permits. Please report this with the copied text, and choose the engine CPU for numbers that matter.'
