/** The lenses, each loaded on first use. The lens of descents is the page itself. */
import type { PageActions } from '../page/actions'
import type { Layout } from '../page/layout'
import type { Results } from '../results/results'
import type { Settings } from '../settings/settings'
import type { Picture, Place, ZoomGesture } from '../stage/picture'
import { loadModule } from '../widgets/loadModule'
import type { Lens, LensModule } from './lens'

const modules: { readonly [Name in Settings['lens']]?: () => Promise<LensModule> } = {
  starts: () => import('./starts/startsLens'),
  rates: () => import('./rates/ratesLens'),
  why: () => import('./why/whyLens'),
}

export class Lenses {
  private readonly loadedLenses = new Map<Settings['lens'], Lens>()
  /** Could not be loaded; asking for it again is another try, each frame in it is not. */
  private failed: Settings['lens'] | null = null
  private readonly loading = new Map<Settings['lens'], Promise<void>>()

  constructor(
    private readonly layout: Layout,
    private readonly actions: PageActions,
    private readonly results: Results,
  ) {}

  private current({ lens }: Settings): Lens | undefined {
    return this.loadedLenses.get(lens)
  }

  /** A person asks for a lens, maybe for one that could not be loaded. */
  retry(): void {
    this.failed = null
  }

  /** Shows the parts of the present lens; loads them first. */
  show(settings: Settings, results: Results, pointer: Place | null): void {
    if (settings.lens !== this.failed) this.failed = null
    void this.loaded(settings)
    this.current(settings)?.show(settings, results, pointer)
  }

  /** Resolves when the lens has loaded, or has failed to load and reported that. */
  async loaded({ lens }: Settings): Promise<void> {
    const module = modules[lens]
    if (!module || lens === this.failed) return
    const known = this.loading.get(lens)
    if (known) return known
    const loading = loadModule(module).then(
      ({ createLens }) => {
        const made = createLens(this.layout, this.actions)
        this.loadedLenses.set(lens, made)
        this.results.add(made.results)
        this.actions.redraw()
      },
      (reason) => {
        this.loading.delete(lens)
        this.failed = lens
        this.actions.moduleFailed(reason)
      },
    )
    this.loading.set(lens, loading)
    return loading
  }

  overlay(settings: Settings, results: Results): Partial<Picture> {
    return this.current(settings)?.overlay?.(settings, results) ?? {}
  }

  sentenceAt(place: Place, settings: Settings): string {
    return this.current(settings)?.sentenceAt?.(place, settings) ?? ''
  }

  /** Null if the lens has no words of its own. */
  words(settings: Settings, results: Results): string[] | null {
    return this.current(settings)?.words?.(settings, results) ?? null
  }

  litPoint(settings: Settings): number | null {
    return this.current(settings)?.litPoint?.(settings) ?? null
  }

  zoom(gesture: ZoomGesture, settings: Settings): boolean {
    return this.current(settings)?.zoom?.(gesture) ?? false
  }

  forget(): void {
    for (const lens of this.loadedLenses.values()) lens.forget?.()
  }
}
