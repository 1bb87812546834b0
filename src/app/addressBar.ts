/** Keeps the settings in the address, and copies it. */
import { formatCount } from '../display/numbers'
import { writeAddress } from '../settings/address'
import { type Settings, samplesInAddress } from '../settings/settings'
import { keepForReload } from './reload'

/** Milliseconds from the last change to the new address: browsers refuse faster changes. */
const delay = 300

export class AddressBar {
  private timer = 0
  private isLeftOutTold = false

  /** @param linked the settings that a link to what is shown has to restore */
  constructor(
    private readonly linked: () => Settings,
    private readonly tell: (sentence: string) => void,
  ) {
    addEventListener('pagehide', () => {
      // Only what has been changed here is worth keeping.
      if (this.timer) keepForReload(this.linked())
    })
  }

  /** Replaces the present history entry, so that "back" leaves the page. */
  follow(): void {
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => {
      const settings = this.linked()
      history.replaceState(null, '', location.pathname + writeAddress(settings))
      this.tellLeftOut(settings.samples.length, keepForReload(settings))
    }, delay)
  }

  async copyLink(): Promise<void> {
    const settings = this.linked()
    const link = location.origin + location.pathname + writeAddress(settings)
    const { length } = settings.samples
    const without =
      length > samplesInAddress
        ? ` It leaves out the ${formatCount(length)} points, because a link holds ${samplesInAddress} at most; Save… puts all of them into a file of settings.`
        : ''
    try {
      await navigator.clipboard.writeText(link)
      this.tell(`The link was copied.${without}`)
    } catch {
      this.tell(`This page cannot use the clipboard.${without} The link is ${link}`)
    }
  }

  private tellLeftOut(samples: number, isKept: boolean): void {
    const isLeftOut = samples > samplesInAddress
    if (isLeftOut && !this.isLeftOutTold) {
      const reload = isKept ? 'A reload of this tab brings them back' : 'A reload would lose them'
      this.tell(
        `The address holds at most ${samplesInAddress} points; these ${formatCount(samples)} are not in it. ${reload}; Save… keeps them in a file.`,
      )
    }
    this.isLeftOutTold = isLeftOut
  }
}
