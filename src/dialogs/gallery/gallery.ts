/** The gallery, the caption of the scene that is shown, and the kiosk: loaded with the first of them. */
import type { Page } from '../../page/page'
import { readAddress, withSmallerDefaults } from '../../settings/address'
import type { Phase } from '../../settings/history'
import { type Scene, scenes, showsStill } from '../../settings/scenes'
import type { Settings } from '../../settings/settings'
import { createCaption } from './caption'
import { createGallery } from './galleryDialog'

interface Shown {
  scene: Scene
  settings: Settings
}

export class GalleryPart {
  private readonly dialog
  private readonly caption
  private shown: Shown | null = null
  /** With every scene comes its caption. */
  private hasCaptions = false
  private kiosk: { start(): void } | null = null

  constructor(private readonly page: Page) {
    this.dialog = createGallery(document.body, scenes, {
      onScene: (scene) => {
        void this.take(scene)
        if (!this.hasCaptions) page.notice(`${scene.title}. ${scene.sentence}`)
      },
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

  /** The one that was taken, or that the address of the page or a way back has led to. */
  private sceneShown(): Scene | null {
    this.shown ??= sceneOf(this.page.current())
    return this.shown?.scene ?? null
  }

  async toggleFullScreen(): Promise<void> {
    try {
      if (document.fullscreenElement) await document.exitFullscreen()
      else await document.documentElement.requestFullscreen()
    } catch {
      this.page.notice('The browser does not let this page fill the screen.')
    }
  }

  async startKiosk(): Promise<void> {
    const { Kiosk } = await import('./kiosk')
    this.kiosk ??= new Kiosk(scenes, this.page, this.caption, (scene) => this.take(scene, null))
    this.kiosk.start()
  }

  /** Resolves when it is shown, or can not be, which is told elsewhere. */
  private async take(scene: Scene, phase?: Phase | null): Promise<void> {
    const shown = this.page.takeScene(scene.query, phase).catch(() => {})
    this.shown = { scene, settings: this.page.current() }
    if (this.hasCaptions) this.caption.show(scene)
    await shown
  }

  /** The caption goes when what it tells of is not shown any more. */
  show(settings: Settings): void {
    if (!this.shown || showsStill(this.shown.scene, this.shown.settings, settings)) return
    this.shown = null
    this.caption.hide()
  }
}

/** Null where the settings are of none. The processor shows less of one. */
function sceneOf(settings: Settings): Shown | null {
  for (const scene of scenes) {
    const read = readAddress(scene.query)
    const found = [read.settings, withSmallerDefaults(read)].find((each) =>
      showsStill(scene, each, settings),
    )
    if (found) return { scene, settings: found }
  }
  return null
}
