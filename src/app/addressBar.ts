/** The address follows the settings, and can be copied. */
import { writeAddress } from '../settings/address'
import { type Settings, samplesInAddress } from '../settings/settings'

/** Milliseconds after the last change until the address follows: browsers refuse more haste. */
const delay = 300

export class AddressBar {
  private timer = 0
  private isLeftOutTold = false

  constructor(private readonly tell: (sentence: string) => void) {}

  /** In place of the entry that is there, so that "back" leaves the page. */
  follow(settings: Settings): void {
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => {
      this.tellLeftOut(settings.samples.length)
      history.replaceState(null, '', location.pathname + writeAddress(settings))
    }, delay)
  }

  async copyLink(settings: Settings): Promise<void> {
    const link = location.origin + location.pathname + writeAddress(settings)
    try {
      await navigator.clipboard.writeText(link)
      this.tell('The link is in the clipboard.')
    } catch {
      this.tell(`The clipboard is not open to this page; the link is ${link}`)
    }
  }

  private tellLeftOut(samples: number): void {
    const isLeftOut = samples > samplesInAddress
    if (isLeftOut && !this.isLeftOutTold) {
      this.tell(
        `The address holds up to ${samplesInAddress} points; these ${samples} are not in it.`,
      )
    }
    this.isLeftOutTold = isLeftOut
  }
}
