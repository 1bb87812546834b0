/** Takes a data set, a scene or the defaults in place of what is there, and lets play what plays. */
import { readAddress, withSmallerDefaults } from '../settings/address'
import type { Phase } from '../settings/history'
import { presets } from '../settings/presets'
import { defaults, type Settings } from '../settings/settings'
import { playsByItself } from '../settings/shown'
import type { Showing } from './frames'
import type { PageParts } from './page'
import type { Playback } from './playback'
import type { Session } from './session'

/** Of the app, what replacing needs. */
export interface ReplacingHost {
  readonly parts: PageParts
  readonly showing: Showing
  readonly playback: Playback
  readonly session: Session | null
  current(): Settings
  change(partial: unknown): void
  commit(wanted: Settings, phase: Phase | null): void
  seek(step: number): void
}

export class Replacing {
  constructor(private readonly host: ReplacingHost) {}

  /** What an address without a step shows: where it ends, or how it gets there. */
  begin(query: string): void {
    const { host } = this
    const settings = host.current()
    if (!playsByItself(settings) || new URLSearchParams(query).has('step')) return
    if (prefersStillness()) host.seek(settings.steps)
    else host.playback.play()
  }

  preset(name: string): void {
    const preset = presets.find((candidate) => candidate.name === name)
    if (!preset) return
    const { host } = this
    const before = host.current()
    const { lens = before.lens } = preset
    const { axes, columns, rows } = defaults.map
    const { runners, ...settings } = preset.settings
    // Several have been put together by hand: a data set does not take them away.
    const own = before.runners.length > 1
    const map = { axes, columns, rows }
    host.change({ ...settings, ...(own ? {} : { runners }), lens, step: 0, map })
    const kept = own ? ' The runners stay as they are.' : ''
    host.parts.notice(`${preset.reason} ${preset.source}${kept}`)
    if (playsByItself(host.current()) && !prefersStillness()) host.playback.play()
  }

  /** Resolves when the scene of this address is shown. */
  async scene(query: string, phase: Phase | null): Promise<void> {
    const { host } = this
    const { layout, lenses } = host.parts
    host.playback.pause()
    lenses.forget()
    layout.showLensTab()
    const { engine } = host.current()
    const scene = readAddress(query).settings
    const isCpu = host.session?.engine.kind === 'cpu'
    host.commit({ ...(isCpu ? withSmallerDefaults(scene, query) : scene), engine }, phase)
    const taken = host.current()
    await host.showing.settled()
    // Or somebody has been faster.
    if (host.current() === taken) this.begin(query)
  }

  reset(): void {
    const { host } = this
    host.commit({ ...defaults, engine: host.current().engine }, 'whole')
  }
}

function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
