/** Keeps the settings in the address, and copies it. */
import { writeAddress } from '../settings/address'
import { type Settings, samplesInAddress } from '../settings/settings'

/** Milliseconds from the last change to the new address: browsers refuse faster changes. */
const delay = 300

export class AddressBar {
  private timer = 0
  private isLeftOutTold = false

  constructor(private readonly tell: (sentence: string) => void) {}

  /** Replaces the present history entry, so that "back" leaves the page. */
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
      this.tell('The link was copied.')
    } catch {
      this.tell(`This page cannot use the clipboard; the link is ${link}`)
    }
  }

  private tellLeftOut(samples: number): void {
    const isLeftOut = samples > samplesInAddress
    if (isLeftOut && !this.isLeftOutTold) {
      this.tell(
        `The address holds at most ${samplesInAddress} points; these ${samples} are not in it.`,
      )
    }
    this.isLeftOutTold = isLeftOut
  }
}
