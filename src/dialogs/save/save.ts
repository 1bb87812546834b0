/**
 * Saves what is shown to files, and opens such files again. Loaded with the first file.
 */
import { version } from '../../../package.json'
import type { Size } from '../../display/rect'
import { type FileState, headBytes, isVideo, readState } from '../../files/fileState'
import { withPngText } from '../../files/pngText'
import {
  type Description,
  describeSettings,
  engineText,
  settingsKeyword,
} from '../../files/settingsText'
import { csvParts, jsonParts, partCount } from '../../files/table'
import { type MakingOptions, textBlob } from '../../files/textBlob'
import { planVideo } from '../../files/videoPlan'
import { type NoticeKind, sentenceOf } from '../../page/notices'
import type { Page } from '../../page/page'
import type { Session } from '../../page/session'
import { timelineRuns } from '../../page/timeline/timeline'
import { stepText } from '../../page/timeline/timelineControls'
import { changedPaths } from '../../settings/change'
import type { Settings } from '../../settings/settings'
import { valueName } from '../../settings/shown'
import { type Captured, capture, captureFlat } from '../../stage/capture'
import type { CaptureRequest } from '../../stage/picture'
import { download, downloadDoubt } from '../../widgets/download'
import { SaveDialog } from './saveDialog'
import { isPicture, type SaveRequest, saveRequest, type TableKind } from './saveRequest'

export class Saving {
  private dialog: SaveDialog | null = null
  /** Files are made one after the other, because a video moves the shown step. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly page: Page) {}

  /** Opens a dropped file, or the dialog. */
  async show(file?: File): Promise<void> {
    if (!file) return this.openDialog()
    if (this.dialog?.refuses(file)) return
    try {
      await this.openFile(file)
    } catch (reason) {
      this.notice(sentenceOf(reason), 'error')
    }
  }

  private openDialog(): void {
    const { page } = this
    const { layout } = page
    // The file shows what is visible behind the dialog.
    page.pause()
    this.dialog ??= new SaveDialog({
      onSave: (request, options) => this.download(request, options),
      onOpen: (file) => void this.show(file),
      onCopyLink: () => page.copyLink(),
    })
    const maps = [layout.mapRect(), layout.otherLossRect()].filter((rect) => rect !== null)
    this.dialog.open({
      stage: layout.stageRect(),
      maps,
      hasStage: page.session?.drawing.flatMap === undefined,
      step: page.current().step,
    })
  }

  private async download(request: object, options: MakingOptions): Promise<void> {
    const blob = await this.save(request, options)
    options.signal?.throwIfAborted()
    const name = nameOf(saveRequest(request), blob)
    download(blob, name)
    this.notice(`Saved ${name} (${megabytes(blob)}).${downloadDoubt}`)
  }

  private notice(text: string, kind?: NoticeKind): void {
    this.page.notice(text, kind)
  }

  // Saving

  /** @throws a sentence if the request is wrong or nothing can be saved; the signal's reason */
  async save(request: unknown, options: MakingOptions = {}): Promise<Blob> {
    const checked = saveRequest(request)
    const turn = this.last.then(() => {
      options.signal?.throwIfAborted()
      const { what } = checked
      if (isPicture(what)) return this.savePicture(checked, what, options)
      return what === 'video'
        ? this.saveVideo(checked, options)
        : this.saveTable(checked, what, options)
    })
    this.last = turn.catch(() => {})
    return turn
  }

  private async savePicture(
    { scale, side }: SaveRequest,
    what: CaptureRequest['what'],
    options: MakingOptions,
  ): Promise<Blob> {
    const session = await this.page.complete()
    const size = side === undefined ? { scale } : { side }
    const { canvas, settings } = await draw(session, { what, ...size }, options)
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!png) throw new Error('The picture is too large for this browser; save a smaller one.')
    const texts = {
      Software: `Steepest ${version}`,
      [settingsKeyword]: JSON.stringify(describe(session, settings)),
    }
    const bytes = withPngText(new Uint8Array(await png.arrayBuffer()), texts)
    return new Blob([bytes], { type: 'image/png' })
  }

  /** Computes the table anew. Computing is the first half of the progress, writing the second. */
  private async saveTable(
    { format }: SaveRequest,
    kind: TableKind,
    { signal, onProgress }: MakingOptions,
  ): Promise<Blob> {
    const session = await this.page.opened()
    const settings = this.page.current()
    const { makeTable } = await import('./savedTables')
    const table = await makeTable(kind, session.engine, settings, {
      ...(signal && { signal, coarseSignal: signal }),
      onProgress: (share) => onProgress?.(share / 2),
    })
    const description = describe(session, settings)
    const isCsv = format === 'csv'
    const parts = isCsv ? csvParts(table, description) : jsonParts(table, description)
    return textBlob(
      parts,
      isCsv ? 'text/csv' : 'application/json',
      partCount(table, isCsv ? 'csv' : 'json'),
      { signal, onProgress: (share) => onProgress?.((1 + share) / 2) },
    )
  }

  /** Takes the page through the steps, and back to where it was. */
  private async saveVideo({ format, scale }: SaveRequest, options: MakingOptions): Promise<Blob> {
    const { page } = this
    page.pause()
    const session = await page.complete()
    const settings = page.current()
    const { steps, framesPerSecond } = planVideo(settings.steps, settings.speed)
    const canvas = document.createElement('canvas')
    const what = session.drawing.stage ? 'stage' : 'map'
    // The window may change its size during the recording; the video keeps one size.
    let size: Size | undefined
    const { makeVideo } = await import('../../files/video')
    const request = {
      formats: format === 'mp4' || format === 'webm' ? [format] : (['mp4', 'webm'] as const),
      frames: steps.length,
      framesPerSecond,
      description: describe(session, settings),
      draw: async (frame: number) => {
        const now = await this.showStep(steps[frame], settings)
        const caption = this.caption(steps[frame])
        const asked = { what, scale, even: true, caption, canvas, ...(size && { size }) } as const
        const drawn = await draw(now, asked, { signal: options.signal })
        size ??= drawn.size
        return canvas
      },
    }
    try {
      return await makeVideo(request, options)
    } finally {
      // Errors here are already reported, or new settings have brought a step of their own.
      await this.showStep(settings.step, settings).catch(() => {})
    }
  }

  /** Resolves when the next picture shows this step of these settings. */
  private async showStep(step: number, settings: Settings): Promise<Session> {
    const { page } = this
    page.pause()
    const check = () => {
      if (changedPaths(settings, page.current()).every((path) => path === 'step')) return
      throw new Error(
        'The settings changed while the video was being made, so it was not saved. Try again.',
      )
    }
    check()
    page.seek(step)
    const session = await page.complete()
    check()
    return session
  }

  private caption(step: number): string {
    const settings = this.page.current()
    const runs = timelineRuns(this.page.results.runs.value ?? [])
    const { steps, speed, loop } = settings
    const name = valueName(settings)
    const rest = { playing: false, band: null, stale: false, logarithmic: false }
    return stepText({ step, steps, speed, loop, name, runs, ...rest }, ' · ')
  }

  // Opening

  private async openFile(file: File): Promise<void> {
    const found = await read(file)
    if (found === null) return this.page.openData(file)
    if ('problem' in found) return this.notice(found.problem, 'error')
    this.page.pause()
    this.page.commit(found.settings, 'whole')
    const by = found.version ? `, saved by Steepest ${found.version}` : ''
    this.notice(`Restored the settings of ${file.name}${by}.`)
  }
}

function megabytes({ size }: Blob): string {
  return size < 1e5 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`
}

function draw(
  { drawing: { stage, flatMap } }: Session,
  request: CaptureRequest,
  options: MakingOptions,
): Promise<Captured> {
  if (stage) return capture(stage, request, options)
  if (flatMap) return captureFlat(flatMap, request, options)
  return Promise.reject(new Error('There is no picture to save.'))
}

async function read(file: File): Promise<FileState> {
  try {
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
    if (!isVideo(head)) return readState(head, file.name)
    const { readVideoState } = await import('../../files/video')
    return await readVideoState(file, file.name)
  } catch (reason) {
    return { problem: `The file "${file.name}" cannot be read: ${sentenceOf(reason)}` }
  }
}

function describe({ engine }: Session, settings: Settings): Description {
  return describeSettings(settings, { engine: engineText(engine), version })
}

function nameOf({ what, format }: SaveRequest, { type }: Blob): string {
  const ending = format === 'auto' ? type.replace('video/', '') : format
  return `steepest-${what}.${ending}`
}
