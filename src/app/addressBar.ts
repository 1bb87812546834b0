/** Keeps the settings in the address, and copies it. */
import { formatCount } from '../display/numbers'
import { writeAddress } from '../settings/address'
import { pointsInAddress, type Settings } from '../settings/settings'
import { keepForReload } from './reload'

/** Milliseconds from the last change to the new address: browsers refuse faster changes. */
const delay = 300

export class AddressBar {
  private timer = 0
  private isLeftOutTold = false

  /**
   * @param linked the settings that a link to what is shown has to restore
   * @param here the defaults of this machine, null while none is known
   */
  constructor(
    private readonly linked: () => Settings,
    private readonly here: () => Settings | null,
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
      history.replaceState(null, '', location.pathname + this.write(settings))
      this.tellLeftOut(leftOutOf(settings), keepForReload(settings))
    }, delay)
  }

  async copyLink(): Promise<void> {
    const settings = this.linked()
    const link = location.origin + location.pathname + this.write(settings)
    const leftOut = leftOutOf(settings)
    const without = leftOut.length
      ? ` It leaves out the ${leftOut.join(' and the ')}, because a link holds ${pointsInAddress} at most; Save… puts all of them into a file of settings.`
      : ''
    try {
      await navigator.clipboard.writeText(link)
      this.tell(`The link was copied.${without}`)
    } catch {
      this.tell(`This page cannot use the clipboard.${without} The link is ${link}`)
    }
  }

  private write(settings: Settings): string {
    return writeAddress(settings, this.here() ?? undefined)
  }

  private tellLeftOut(leftOut: readonly string[], isKept: boolean): void {
    const isLeftOut = leftOut.length > 0
    if (isLeftOut && !this.isLeftOutTold) {
      const reload = isKept ? 'A reload of this tab brings them back' : 'A reload would lose them'
      this.tell(
        `The address leaves out the ${leftOut.join(' and the ')}, because it holds ${pointsInAddress} at most. ${reload}; Save… keeps them in a file.`,
      )
    }
    this.isLeftOutTold = isLeftOut
  }
}

/** The parts of the settings that are too long for an address, such as "70 points". */
function leftOutOf({ samples, starts: { arrangement, list } }: Settings): string[] {
  const lists = [
    { noun: 'points', count: samples.length },
    { noun: 'starts', count: arrangement === 'list' ? list.length : 0 },
  ]
  return lists
    .filter(({ count }) => count > pointsInAddress)
    .map(({ noun, count }) => `${formatCount(count)} ${noun}`)
}
