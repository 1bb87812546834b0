/** Which data points are selected, and what adding and removing does to that. */
import type { Sample } from '../../model/objective'
import type { Phase } from '../../settings/history'
import type { Axes } from '../../widgets/svgPlot'
import type { DataPicture } from './dataPicture'

export interface Selection {
  selected: ReadonlySet<number>
  /** The one that keys are about. */
  cursor: number
}

export interface SelectionHost {
  /** Those of the last change, which may not have been drawn yet. */
  samples(): readonly Sample[]
  /** The whole list after a change: 'move' while a drag lasts, then 'end'. */
  onChange(samples: readonly Sample[], phase: Phase): void
  /** Shows points and selection as they are now. */
  show(): void
}

/** The selection of whatever shows the same points: the card, or table and plot of the editor. */
export class SelectedPoints implements Selection {
  selected: ReadonlySet<number> = new Set()
  cursor = 0

  constructor(private readonly host: SelectionHost) {}

  /** How many points there are; of a selection, those that are gone are left out. */
  check(): number {
    const { length } = this.host.samples()
    if (Math.max(...this.selected) >= length) {
      this.selected = new Set([...this.selected].filter((index) => index < length))
    }
    this.cursor = Math.min(this.cursor, length - 1)
    return length
  }

  readonly select = ({ selected, cursor }: Selection): void => {
    Object.assign(this, { selected, cursor })
    this.host.show()
  }

  /** A held key is faster than a slow page: what it changes next is shown at once. */
  readonly change = (samples: readonly Sample[], phase: Phase): void => {
    this.host.onChange(samples, phase)
    if (phase === 'end') this.host.show()
  }

  /** Selects it, unless the app has refused it: only so many can be. */
  add(sample: Sample): void {
    const { length } = this.host.samples()
    this.host.onChange([...this.host.samples(), sample], 'end')
    if (this.host.samples().length > length) this.selectOne(length)
  }

  /** All that are selected but for one, since a loss over no point is no number. */
  remove(): void {
    const { selected, cursor } = this
    const samples = this.host.samples()
    const isAll = selected.size === samples.length
    const kept = samples.filter((_, i) => (isAll ? i === cursor : !selected.has(i)))
    if (kept.length === samples.length) return
    this.host.onChange(kept, 'end')
    this.selectOne(Math.min(...selected, kept.length - 1))
  }

  private selectOne(index: number): void {
    this.select({ selected: new Set([index]), cursor: index })
  }
}

export interface PointsActions {
  /** The whole list after a change: 'move' while a drag lasts, then 'end'. */
  onChange(samples: readonly Sample[], phase: Phase): void
  onSelect(selection: Selection): void
  /** At a place, or where there is most room. */
  onAdd(sample?: Sample): void
  /** All that are selected. */
  onRemove(): void
}

/** What the plot's parts share. */
export interface PointsState extends Selection {
  picture: DataPicture | null
  axes: Axes
  /** The axes stay while points are dragged, or these would run from the pointer. */
  dragging: boolean
}
