/** The start marker's height, so that a finger finds it; asked for only when it can have changed. */
import type { Picker } from './picking'
import type { Picture } from './picture'

export class StartHeight {
  /** The newest that has been found, 0 to 1. */
  value = 0
  private key = ''

  constructor(private readonly picker: Picker) {}

  find(uv: [u: number, v: number], { surface, settings }: Picture): void {
    if (!surface) return
    const { lowest, highest, nodeStep } = surface
    const key = [...uv, lowest, highest, nodeStep, settings.height].join()
    if (key === this.key) return
    this.key = key
    this.picker.height(uv).then(
      (found) => {
        if (key === this.key) this.value = found
      },
      () => {
        // A lost device answers no question; the app makes a new stage then.
      },
    )
  }
}
