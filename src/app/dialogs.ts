/** The dialogs, each loaded on first use. */
import type { Benchmark } from '../dialogs/benchmark/benchmark'
import type { DataEditor } from '../dialogs/data/dataEditor'
import type { Gallery } from '../dialogs/gallery/gallery'
import type { Saving } from '../dialogs/save/save'
import type { DataPicture } from '../page/data/dataPicture'
import type { GalleryAct } from '../page/keyboard'
import type { Page } from '../page/page'
import type { History } from '../settings/history'
import type { Settings } from '../settings/settings'
import { loadModule } from '../widgets/loadModule'

export class Dialogs {
  private shownGallery: Gallery | null = null
  private editor: DataEditor | null = null
  private saving: Saving | null = null
  private benchmarking: Benchmark | null = null

  constructor(private readonly page: Page) {}

  async gallery(act: GalleryAct | 'startKiosk'): Promise<void> {
    try {
      const { Gallery } = await loadModule(() => import('../dialogs/gallery/gallery'))
      this.shownGallery ??= new Gallery(this.page)
      await this.shownGallery[act]()
    } catch (reason) {
      this.page.moduleFailed(reason)
    }
  }

  openData(file?: File): void {
    loadModule(() => import('../dialogs/data/dataEditor'))
      .then(({ DataEditor }) => {
        this.editor ??= new DataEditor(this.page)
        this.editor.open(file)
      })
      .catch((reason) => this.page.moduleFailed(reason))
  }

  files(file?: File): void {
    this.loadSaving().then(
      (saving) => saving.show(file),
      (reason) => this.page.moduleFailed(reason),
    )
  }

  async save(request: unknown): Promise<Blob> {
    const saving = await this.loadSaving()
    return saving.save(request)
  }

  private async loadSaving(): Promise<Saving> {
    const { Saving } = await loadModule(() => import('../dialogs/save/save'))
    this.saving ??= new Saving(this.page)
    return this.saving
  }

  benchmark(): void {
    loadModule(() => import('../dialogs/benchmark/benchmark'))
      .then(({ Benchmark }) => {
        this.benchmarking ??= new Benchmark(this.page)
        this.benchmarking.open()
      })
      .catch((reason) => this.page.moduleFailed(reason))
  }

  showKeys(): void {
    loadModule(() => import('../page/keyList')).then(
      ({ openKeyList }) => openKeyList(),
      (reason) => this.page.moduleFailed(reason),
    )
  }

  /** Whether the data editor is open and shows the data instead of the card. */
  showData(data: DataPicture, history: History): boolean {
    return this.editor?.show(data, history) ?? false
  }

  /** The caption of a scene disappears when the page no longer shows the scene. */
  showScene(settings: Settings): void {
    this.shownGallery?.show(settings)
  }
}
