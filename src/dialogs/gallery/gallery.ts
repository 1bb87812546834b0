/** The gallery, the caption of the shown scene, and the kiosk; the first one used loads all. */
import type { Page } from '../../page/page'
import { machines, readAddress, withDefaultsFor } from '../../settings/address'
import type { Phase } from '../../settings/history'
import { type Scene, scenes, showsStill } from '../../settings/scenes'
import type { Settings } from '../../settings/settings'
import { createCaption } from './caption'
import { createGalleryDialog } from './galleryDialog'

interface Shown {
  scene: Scene
  settings: Settings
}

export class Gallery {
  private readonly dialog
  private readonly caption
  private shown: Shown | null = null
  /** Every scene comes with its caption. */
  private hasCaptions = false
  private kiosk: { start(): void } | null = null

  constructor(private readonly page: Page) {
    this.dialog = createGalleryDialog(document.body, scenes, {
      onScene: (scene) => {
        void this.take(scene)
        if (!this.hasCaptions) page.notice(`${scene.title}. ${scene.sentence}`)
      },
      onBenchmark: () => page.benchmark(),
      onKiosk: () => void this.startKiosk(),
      onCaptions: () => this.setCaptions(!this.hasCaptions),
      onFullScreen: document.fullscreenEnabled ? () => void this.toggleFullScreen() : null,
    })
    this.caption = createCaption(document.body)
  }

  open(): void {
    this.dialog.showCaptions(this.hasCaptions)
    this.dialog.open(this.sceneShown()?.name ?? null)
  }

  toggleCaption(): void {
    if (this.sceneShown()) this.setCaptions(!this.caption.isShown)
    else this.page.notice('Captions belong to scenes: choose one in the gallery (G).')
  }

  private setCaptions(areOn: boolean): void {
    const scene = this.sceneShown()
    this.hasCaptions = areOn
    this.dialog.showCaptions(areOn)
    if (areOn && scene) this.caption.show(scene)
    else this.caption.hide()
  }

  /** The scene that was taken, or that the page's address or an undo has led to. */
  private sceneShown(): Scene | null {
    this.shown ??= sceneOf(this.page.current())
    return this.shown?.scene ?? null
  }

  async toggleFullScreen(): Promise<void> {
    try {
      if (document.fullscreenElement) await document.exitFullscreen()
      else await document.documentElement.requestFullscreen()
    } catch {
      this.page.notice('The browser does not allow full screen for this page.')
    }
  }

  async startKiosk(): Promise<void> {
    const { Kiosk } = await import('./kiosk')
    this.kiosk ??= new Kiosk(scenes, this.page, this.caption, (scene) => this.take(scene, null))
    this.kiosk.start()
  }

  /** Resolves when the scene is shown or has failed, which is reported elsewhere. */
  private async take(scene: Scene, phase?: Phase | null): Promise<void> {
    const shown = this.page.takeScene(scene.query, phase).catch(() => {})
    this.shown = { scene, settings: this.page.current() }
    if (this.hasCaptions) this.caption.show(scene)
    await shown
  }

  /** Hides the caption when the page no longer shows its scene. */
  show(settings: Settings): void {
    if (!this.shown || showsStill(this.shown.scene, this.shown.settings, settings)) return
    this.shown = null
    this.caption.hide()
  }
}

/** The scene of the settings, or null. Each machine has its own defaults for what a scene leaves open. */
function sceneOf(settings: Settings): Shown | null {
  for (const scene of scenes) {
    const read = readAddress(scene.query)
    const found = machines
      .map((machine) => withDefaultsFor(machine, read))
      .find((each) => showsStill(scene, each, settings))
    if (found) return { scene, settings: found }
  }
  return null
}
