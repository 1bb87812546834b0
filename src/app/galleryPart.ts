/** The gallery, the caption of the scene that is shown, and the kiosk: loaded with the first of them. */
import { type Scene, scenes } from '../state/scenes'
import type { Settings } from '../state/settings'
import { createCaption } from '../ui/caption'
import { createGallery } from '../ui/gallery'
import type { Layout } from '../ui/layout'
import type { NoticeKind } from '../ui/notices'
import type { PageActions } from './pageParts'

/** What the gallery needs of the page's parts. */
export interface GalleryPage {
  readonly layout: Layout
  notice(text: string, kind?: NoticeKind): void
}

/** A scene stays itself however it is looked at. */
const looks = new Set<string>([
  ...['step', 'speed', 'loop', 'camera', 'height', 'lossAxis', 'colours', 'contours', 'trails'],
  ...['engine'],
])

export class GalleryPart {
  private readonly dialog
  private readonly caption
  private shown: { scene: Scene; settings: Settings } | null = null
  private kiosk: { start(): void } | null = null

  constructor(
    private readonly page: GalleryPage,
    private readonly actions: PageActions,
  ) {
    this.dialog = createGallery(document.body, scenes, {
      onScene: (scene) => {
        void this.take(scene)
        if (!this.caption.isShown) page.notice(`${scene.title}. ${scene.sentence}`)
      },
      onKiosk: () => void this.startKiosk(),
      onFullScreen: document.fullscreenEnabled ? () => void this.toggleFullScreen() : null,
    })
    this.caption = createCaption(document.body)
  }

  open(): void {
    this.dialog.open(this.shown?.scene.name ?? null)
  }

  toggleCaption(): void {
    if (!this.shown) this.page.notice('Captions belong to scenes: choose one in the gallery (G).')
    else if (this.caption.isShown) this.caption.hide()
    else this.caption.show(this.shown.scene)
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
    this.kiosk ??= new Kiosk(scenes, {
      actions: this.actions,
      layout: this.page.layout,
      take: (scene) => this.take(scene),
      showCaption: (scene) => this.caption.show(scene),
      hideCaption: () => this.caption.hide(),
      notice: (text) => this.page.notice(text),
    })
    this.kiosk.start()
  }

  /** Resolves when it is shown, or can not be, which is told elsewhere. */
  private async take(scene: Scene): Promise<void> {
    const shown = this.actions.takeScene(scene.query).catch(() => {})
    this.shown = { scene, settings: this.actions.current() }
    if (this.caption.isShown) this.caption.show(scene)
    await shown
  }

  /** The caption goes when what it tells of is not shown any more. */
  show(settings: Settings): void {
    if (!this.shown) return
    const { settings: wanted } = this.shown
    const isSame = Object.entries(settings).every(
      ([key, value]) => looks.has(key) || value === wanted[key as keyof Settings],
    )
    if (isSame) return
    this.shown = null
    this.caption.hide()
  }
}
