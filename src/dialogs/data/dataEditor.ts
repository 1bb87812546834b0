/** The data editor: table and plot on the same points and the same selection, CSV in and out. */
import {
  mostBytes,
  type PointsRead,
  readCoordinate,
  readPoints,
  writePoints,
} from '../../files/csvData'
import type { Sample } from '../../model/objective'
import { sentenceOf } from '../../page/notices'
import type { History } from '../../settings/history'
import { mostSamples } from '../../settings/kinds'
import { createDataEditor } from './dataDialog'
import './data.css'
import { counted, formatCount, writtenNumber } from '../../display/numbers'
import type { PageActions } from '../../page/actions'
import { type DataPicture, middleOfGap } from '../../page/data/dataPicture'
import { createPointsPlot } from '../../page/data/pointsPlot'
import { SelectedPoints } from '../../page/data/selection'
import { download, downloadDoubt } from '../../widgets/download'
import { DataTable } from './dataTable'

export class DataEditor {
  private picture: DataPicture | null = null
  private readonly box
  private readonly table
  private readonly plot
  private readonly points = new SelectedPoints({
    samples: () => this.samples,
    onChange: (samples, phase) => this.actions.change({ samples }, phase),
    show: () => {
      this.showPoints()
      this.actions.redraw()
    },
  })

  constructor(private readonly actions: PageActions) {
    this.box = createDataEditor({
      onAdd: () => this.add(),
      onRemove: () => this.remove(),
      onUndo: () => actions.undo(),
      onRedo: () => actions.redo(),
      onFile: (file) => void this.openFile(file),
      onText: (text) => void this.take(readPoints(text), 'Pasted text'),
      onSave: () => this.save(),
      onCopy: () => void this.copy(),
      copied: () => this.copied(),
      onClose: () => actions.redraw(),
    })
    this.table = new DataTable(
      this.box.table,
      {
        onSelect: this.points.select,
        onEdit: (point, axis, text) => this.edit(point, axis, text),
        onAdd: () => this.add(),
        onRemove: () => this.remove(),
      },
      (sentence) => this.box.say(sentence ?? '', sentence !== null),
    )
    this.plot = createPointsPlot(
      this.box.plot,
      {
        onChange: this.points.change,
        onSelect: this.points.select,
        onAdd: (sample) => this.add(sample),
        onRemove: () => this.remove(),
      },
      ({ samples, step }) =>
        `${counted(samples.length, 'point')} · f(x) at step ${formatCount(step)}`,
    )
  }

  /** The samples after the last change, which may not have been drawn yet. */
  private get samples(): readonly Sample[] {
    return this.actions.current().samples
  }

  /** Opens the editor, and a file of points if one is given. */
  open(file?: File): void {
    this.box.open()
    this.box.say('')
    this.showPoints()
    this.table.focus()
    this.actions.redraw()
    if (file) void this.openFile(file)
  }

  private async openFile(file: File): Promise<void> {
    try {
      // One byte beyond the limit shows that the file is too large.
      const bytes = new Uint8Array(await file.slice(0, mostBytes + 1).arrayBuffer())
      await this.take(readPoints(bytes), file.name)
    } catch (reason) {
      this.box.say(`${file.name} could not be read: ${sentenceOf(reason)}`, true)
    }
  }

  /** Whether it is open and shows the data. */
  show(picture: DataPicture, history: History): boolean {
    this.picture = picture
    if (!this.box.dialog.open) return false
    this.showPoints()
    const { samples } = picture
    this.box.show({
      canUndo: history.canUndo(),
      canRedo: history.canRedo(),
      canAdd: samples.length < mostSamples,
      canRemove: this.points.selected.size > 0 && samples.length > 1,
      hint: targetHint(samples),
    })
    return true
  }

  private showPoints(): void {
    if (!this.picture) return
    this.points.check()
    const { samples, points } = this
    const { selected, cursor } = points
    this.table.show({ samples, selected, cursor })
    this.plot.show({ ...this.picture, samples }, points)
  }

  private add(sample?: Sample): void {
    if (!this.picture) return
    const { samples } = this
    if (samples.length >= mostSamples) {
      this.box.say(`${formatCount(mostSamples)} points is the limit.`, true)
      return
    }
    this.points.add(sample ?? middleOfGap({ ...this.picture, samples }))
  }

  private remove(): void {
    if (this.points.selected.size === this.samples.length) {
      this.box.say('One point stays: there is no loss without data.')
    }
    this.points.remove()
  }

  private edit(point: number, axis: 0 | 1, text: string): string | null {
    const read = readCoordinate(text)
    if (typeof read === 'string') return read
    const samples = this.samples.map(
      ([x, y], i): Sample => (i !== point ? [x, y] : axis === 0 ? [read, y] : [x, read]),
    )
    this.points.change(samples, 'end')
    return null
  }

  /** Replaces all data, at once or after asking; Undo brings the old data back. */
  private async take(read: PointsRead, name: string): Promise<void> {
    const { points, problems } = read
    this.box.say('')
    if (problems.length > 0) {
      const [good, bad] = [points.length, problems.length]
      const title = `${name}: ${counted(good, 'good row')}, ${counted(bad, 'problem')}`
      const isTaken = await this.box.ask({ title, good, problems })
      if (isTaken === null) return
      this.table.focus()
      if (!isTaken) {
        this.box.say('Your data is unchanged.')
        return
      }
    } else this.box.dismiss()
    this.points.select({ selected: new Set(), cursor: 0 })
    this.points.change(points, 'end')
    this.box.say(`${name}: ${counted(points.length, 'point')}, ${formText(read)}.`)
  }

  private save(): void {
    const name = 'steepest-data.csv'
    download(new Blob([writePoints(this.samples)], { type: 'text/csv' }), name)
    this.box.say(`Saved ${name}.${downloadDoubt}`)
  }

  /** Separates cells by tabs, for spreadsheets. */
  private copied(): string {
    const { selected } = this.points
    const samples = this.samples
    const chosen = selected.size > 0 ? samples.filter((_, i) => selected.has(i)) : samples
    this.box.say(`${counted(chosen.length, 'point')} copied.`)
    return writePoints(chosen, '\t')
  }

  private async copy(): Promise<void> {
    const text = this.copied()
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      this.box.say('This page cannot use the clipboard; press Ctrl+C in the table instead.', true)
    }
  }
}

/** Warns about targets that the neuron can never reach. */
function targetHint(samples: readonly Sample[]): string {
  const out = [...samples.entries()].filter(([, [, y]]) => y < 0 || y > 1)
  if (out.length === 0) return ''
  const [[index, [, y]]] = out
  const more = out.length === 1 ? '' : `, nor those of ${formatCount(out.length - 1)} more`
  return `The neuron’s values lie between 0 and 1: it cannot reach y = ${writtenNumber(y)} of point ${index + 1}${more}.`
}

function formText({ delimiter, decimal, hasHeader }: PointsRead): string {
  const words = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'blanks' }
  const name = words[delimiter as keyof typeof words] ?? `"${delimiter}"`
  const sign = decimal === ',' ? 'decimal comma' : 'decimal point'
  return `separated by ${name}, ${sign}, ${hasHeader ? 'with' : 'without'} a header`
}
