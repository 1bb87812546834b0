/** Takes a data set, a scene or the defaults, and starts playback if they play by themselves. */
import type { Lenses } from '../lenses/lenses'
import type { Page } from '../page/page'
import { machineOf } from '../page/session'
import { type Address, defaultsFor, readAddress, withDefaultsFor } from '../settings/address'
import type { Phase } from '../settings/history'
import { presets } from '../settings/presets'
import { defaults } from '../settings/settings'
import { playsByItself } from '../settings/shown'
import type { Playback } from './playback'

export class SceneTaker {
  constructor(
    private readonly page: Page,
    private readonly playback: Playback,
    private readonly lenses: () => Lenses,
  ) {}

  /** Decides whether an address without a step shows the end or plays up to it. */
  begin(given: Address['given']): void {
    const { page } = this
    const settings = page.current()
    if (!playsByItself(settings) || given.has('step') || settings.step > 0) return
    if (prefersStillness()) page.seek(settings.steps)
    else this.playback.play()
  }

  preset(name: string): void {
    const preset = presets.find((candidate) => candidate.name === name)
    if (!preset) return
    const { page } = this
    const before = page.current()
    const { lens = before.lens } = preset
    const { axes, columns, rows } = defaults.map
    const { runners, ...settings } = preset.settings
    // A data set does not replace several runners, because a person has put them together.
    const own = before.runners.length > 1
    const map = { axes, columns, rows }
    page.change({ ...settings, ...(own ? {} : { runners }), lens, step: 0, map })
    const kept = own ? ' The runners are unchanged.' : ''
    page.notice(`${preset.reason} ${preset.source}${kept}`)
    if (playsByItself(page.current()) && !prefersStillness()) this.playback.play()
  }

  /** Resolves when the scene of this address is shown. */
  async scene(query: string, phase: Phase | null): Promise<void> {
    const { page } = this
    this.playback.pause()
    this.lenses().forget()
    page.layout.showLensTab()
    const { engine } = page.current()
    const scene = readAddress(query)
    const { machine } = this
    page.commit({ ...(machine ? withDefaultsFor(machine, scene) : scene.settings), engine }, phase)
    const taken = page.current()
    await page.settled()
    // Otherwise somebody has made another change first.
    if (page.current() === taken) this.begin(scene.given)
  }

  private get machine() {
    const { session } = this.page
    return session && machineOf(session.engine)
  }

  reset(): void {
    const { page } = this
    const { machine } = this
    const { engine } = page.current()
    page.commit({ ...(machine ? defaultsFor(machine) : defaults), engine }, 'whole')
  }
}

function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
