/** The lenses that are loaded when they are first looked through, each with its own parts of the page. */
import type { Layout } from '../page/layout'
import type { Results } from '../results/results'
import type { Phase } from '../settings/history'
import type { Settings } from '../settings/settings'
import type { Place, ZoomGesture } from '../stage/picture'
import type { RatesLens } from './rates/ratesLens'
import type { StartsLens } from './starts/startsLens'
import type { WhyLens } from './why/whyLens'

export interface LensActions {
  /** Those of the last change, which may not be shown yet. */
  settings(): Settings
  change(partial: unknown, phase?: Phase): void
  notice(text: string): void
  redraw(): void
  onPointer(place: Place | null): void
  /** A part of the page could not be loaded. */
  onFailed(reason: unknown): void
}

type Loaded = 'starts' | 'rates' | 'why'

export class Lenses {
  /** Null until they have been loaded. */
  starts: StartsLens | null = null
  rates: RatesLens | null = null
  why: WhyLens | null = null
  private readonly loading = new Map<Loaded, Promise<void>>()

  constructor(
    private readonly layout: Layout,
    private readonly actions: LensActions,
  ) {}

  /** Shows the parts of the lens that is looked through; loads them first. */
  show(settings: Settings, results: Results, pointer: Place | null): void {
    const { lens } = settings
    if (lens === 'descend') return
    void this.loaded(settings)
    if (lens === 'starts') {
      const { outcomes, beside } = results
      this.starts?.show(settings, outcomes, settings.map.bothLosses ? beside : null)
    }
    if (lens === 'rates') this.rates?.show(settings, results, pointer)
    if (lens === 'why') this.why?.show(settings, results)
  }

  /** Resolves when the parts of the lens are there, or can not be, which is told. */
  async loaded({ lens }: Settings): Promise<void> {
    if (lens === 'descend') return
    const known = this.loading.get(lens)
    if (known) return known
    const loading = this.load(lens).then(this.actions.redraw, this.actions.onFailed)
    this.loading.set(lens, loading)
    return loading
  }

  private async load(lens: Loaded): Promise<void> {
    const { layout, actions } = this
    if (lens === 'starts') {
      this.starts = new (await import('./starts/startsLens')).StartsLens(layout, actions)
    }
    if (lens === 'rates')
      this.rates = new (await import('./rates/ratesLens')).RatesLens(layout, actions)
    if (lens === 'why') this.why = new (await import('./why/whyLens')).WhyLens(layout, actions)
  }

  /** What the map of the lens says of a place; empty where it says nothing. */
  sentenceAt(place: Place, settings: Settings): string {
    if (settings.lens === 'starts') return this.starts?.endingAt(place) ?? ''
    return (settings.lens === 'why' && this.why?.trustAt(place, settings)) || ''
  }

  /** Whether there is a map that can be zoomed; if so, it is. */
  zoom(gesture: ZoomGesture, { lens, rates }: Settings): boolean {
    if (lens === 'starts') this.starts?.zoom(gesture)
    else if (lens === 'rates' && rates.part === 'crowd') this.rates?.zoom(gesture)
    else return false
    return true
  }
}
