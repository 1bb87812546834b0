/** The selected data points, and how adding and removing points changes them. */
import type { Sample } from '../../model/objective'
import type { Phase } from '../../settings/history'
import type { Axes } from '../../widgets/svgPlot'
import type { DataPicture } from './dataPicture'

export interface Selection {
  selected: ReadonlySet<number>
  /** The point that keys act on. */
  cursor: number
}

export interface SelectionHost {
  /** The samples after the last change, which may not have been drawn yet. */
  samples(): readonly Sample[]
  /** The whole list after a change: 'move' while a drag lasts, then 'end'. */
  onChange(samples: readonly Sample[], phase: Phase): void
  /** Shows points and selection as they are now. */
  show(): void
}

/** One selection for all views of the same points: the card, or the editor's table and plot. */
export class SelectedPoints implements Selection {
  selected: ReadonlySet<number> = new Set()
  cursor = 0

  constructor(private readonly host: SelectionHost) {}

  /** Drops points that no longer exist from the selection. Returns the number of points. */
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

  /** A held key may outpace a slow page, so only the last change is shown at once. */
  readonly change = (samples: readonly Sample[], phase: Phase): void => {
    this.host.onChange(samples, phase)
    if (phase === 'end') this.host.show()
  }

  /** Adds a point and selects it, unless the app refuses it because there are too many. */
  add(sample: Sample): void {
    const { length } = this.host.samples()
    this.host.onChange([...this.host.samples(), sample], 'end')
    if (this.host.samples().length > length) this.selectOne(length)
  }

  /** Removes the selected points, but always leaves one: a loss over no point is not a number. */
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
  /** Adds a point at a place, or in the widest gap. */
  onAdd(sample?: Sample): void
  /** Removes all selected points. */
  onRemove(): void
}

/** The state that the plot's parts share. */
export interface PointsState extends Selection {
  picture: DataPicture | null
  axes: Axes
  /** Holds the axes during a drag; otherwise the points would run away from the pointer. */
  dragging: boolean
}
