/**
 * Saving what is shown to files, and opening such files again. Loaded with the first file: it knows
 * all rooms, as the app does.
 */
import { version } from '../../package.json'
import type { Engine } from '../engine/engine'
import { type FileState, isVideo, mostBytes, readState } from '../io/fileState'
import { withPngText } from '../io/pngText'
import { type Description, describeSettings, settingsKeyword } from '../io/settingsText'
import { csvParts, jsonParts, type Table } from '../io/table'
import { type MakingOptions, textBlob } from '../io/textBlob'
import { planVideo } from '../io/videoPlan'
import { valueName } from '../state/look'
import type { Settings } from '../state/settings'
import type { NoticeKind } from '../ui/notices'
import { createSaveDialog, type SaveDialog } from '../ui/saveDialog'
import { capture, captureFlat } from '../view/capture'
import type { CaptureRequest } from '../view/picture'
import { stepText } from '../view/timelineControls'
import type { PageParts } from './pageParts'
import { timelineRuns } from './pictures'
import type { Results } from './results'
import { isPicture, type SaveRequest, saveRequest, type TableKind } from './saveRequest'
import { type Session, sentenceOf } from './session'
import type { SessionKeeper } from './sessionKeeper'
import type { Showing } from './showing'

/** Of the app, what saving needs. */
export interface SavingHost {
  readonly results: Results
  readonly parts: Pick<PageParts, 'notice' | 'layout' | 'lenses' | 'openData'>
  readonly keeper: Pick<SessionKeeper, 'current'>
  readonly showing: Pick<Showing, 'complete'>
  settings(): Settings
  /** Takes settings that have been checked. */
  commit(settings: Settings): void
  pause(): void
  seek(step: number): void
  copyLink(): void
}

export class Saving {
  private dialog: SaveDialog | null = null

  constructor(private readonly host: SavingHost) {}

  /** Opens a file that was dropped, or the dialog. */
  async show(file?: File): Promise<void> {
    try {
      await (file ? this.openFile(file) : this.openDialog())
    } catch (reason) {
      this.notice(sentenceOf(reason), 'error')
    }
  }

  private async openDialog(): Promise<void> {
    const { layout } = this.host.parts
    // What is saved is what one sees behind the dialog.
    this.host.pause()
    const { drawing } = await this.host.keeper.current()
    this.dialog ??= createSaveDialog(document.body, {
      onSave: (request, options) => this.download(request, options),
      onOpen: (file) => void this.openFile(file),
      onCopyLink: () => this.host.copyLink(),
    })
    this.dialog.open({
      stage: layout.stageRect(),
      map: layout.mapRect(),
      hasStage: drawing.stage !== undefined,
      step: this.host.settings().step,
    })
  }

  private async download(request: object, options: MakingOptions): Promise<void> {
    const blob = await this.save(request, options)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = nameOf(saveRequest(request), blob)
    link.click()
    // The browser has opened it long before.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    this.notice(`${link.download} is saved (${megabytes(blob)}).`)
  }

  private notice(text: string, kind?: NoticeKind): void {
    this.host.parts.notice(text, kind)
  }

  // Saving

  async save(request: unknown, options: MakingOptions = {}): Promise<Blob> {
    const checked = saveRequest(request)
    const session = await this.host.keeper.current()
    const { what, format } = checked
    if (isPicture(what)) return this.savePicture(checked, what, session)
    if (what === 'video') return this.saveVideo(checked, session, options)
    const settings = this.host.settings()
    const table = await this.makeTable(what, session.engine, settings, options)
    return writeTable(table, describe(session, settings), format, halfOf(options, 1))
  }

  private async savePicture(
    { scale, side }: SaveRequest,
    what: CaptureRequest['what'],
    session: Session,
  ): Promise<Blob> {
    const settings = this.host.settings()
    const size = side === undefined ? { scale } : { side }
    const canvas = await draw(session, { what, ...size })
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!png) throw new Error('The picture is too large for this browser; save a smaller one.')
    const texts = {
      Software: `Steepest ${version}`,
      [settingsKeyword]: JSON.stringify(describe(session, settings)),
    }
    const bytes = withPngText(new Uint8Array(await png.arrayBuffer()), texts)
    return new Blob([bytes], { type: 'image/png' })
  }

  private async makeTable(
    kind: TableKind,
    engine: Engine,
    settings: Settings,
    options: MakingOptions,
  ): Promise<Table> {
    const { makeTable } = await import('./savedTables')
    const { signal, onProgress } = halfOf(options, 0)
    return makeTable(kind, engine, settings, {
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    })
  }

  /** The page goes through the steps, and back to where it was. */
  private async saveVideo(
    { format, scale }: SaveRequest,
    session: Session,
    options: MakingOptions,
  ): Promise<Blob> {
    const { host } = this
    host.pause()
    const settings = host.settings()
    const { steps, framesPerSecond } = planVideo(settings.steps, settings.speed)
    const canvas = document.createElement('canvas')
    const what = session.drawing.stage ? 'stage' : 'map'
    const { makeVideo } = await import('../io/video')
    const request = {
      formats: format === 'mp4' || format === 'webm' ? [format] : (['mp4', 'webm'] as const),
      frames: steps.length,
      framesPerSecond,
      description: describe(session, settings),
      draw: async (frame: number) => {
        await this.showStep(steps[frame])
        const caption = this.caption(steps[frame])
        return draw(session, { what, scale, even: true, caption, canvas })
      },
    }
    try {
      return await makeVideo(request, options)
    } finally {
      await this.showStep(settings.step)
    }
  }

  /** The next picture is of this step. */
  private async showStep(step: number): Promise<void> {
    this.host.seek(step)
    await this.host.showing.complete()
  }

  private caption(step: number): string {
    const { results, parts } = this.host
    const settings = this.host.settings()
    const warmUp = parts.lenses.why?.warmUp(settings)
    const runs = warmUp ? [warmUp.run] : timelineRuns(results.runs.value ?? [])
    const { steps, speed, loop } = settings
    const name = valueName(settings)
    const rest = { playing: false, band: null, stale: false, logarithmic: false }
    return stepText({ step, steps, speed, loop, name, runs, ...rest }, ' · ')
  }

  // Opening

  private async openFile(file: File): Promise<void> {
    const found = await read(file)
    if (found === null) return this.host.parts.openData(file)
    if ('problem' in found) return this.notice(found.problem, 'error')
    this.host.pause()
    this.host.commit(found.settings)
    const by = found.version ? `, saved by Steepest ${found.version}` : ''
    this.notice(`The settings are those of ${file.name}${by}.`)
  }
}

function megabytes({ size }: Blob): string {
  return size < 1e5 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`
}

function draw(
  { drawing: { stage, flatMap } }: Session,
  request: CaptureRequest,
): Promise<HTMLCanvasElement> {
  if (stage) return capture(stage, request)
  if (flatMap) return captureFlat(flatMap, request)
  return Promise.reject(new Error('Nothing is drawn that could be saved.'))
}

async function read(file: File): Promise<FileState> {
  try {
    const head = new Uint8Array(await file.slice(0, 64).arrayBuffer())
    if (isVideo(head)) {
      const { readVideoState } = await import('../io/video')
      return await readVideoState(file, file.name)
    }
    // One byte more, so that a larger one is told from one that just fits.
    const bytes = await file.slice(0, mostBytes + 1).arrayBuffer()
    return readState(new Uint8Array(bytes), file.name)
  } catch (reason) {
    return { problem: `The file "${file.name}" can not be read: ${sentenceOf(reason)}` }
  }
}

function describe({ engine: { kind, name } }: Session, settings: Settings): Description {
  return describeSettings(settings, { engine: `${kind.toUpperCase()}, ${name}`, version })
}

/** Columns and rows of a text are known; its parts are of 512 rows. */
function writeTable(
  table: Table,
  description: Description,
  format: SaveRequest['format'],
  options: MakingOptions,
): Promise<Blob> {
  const parts = Math.ceil(table.rows / 512)
  return format === 'csv'
    ? textBlob(csvParts(table, description), 'text/csv', parts, options)
    : textBlob(
        jsonParts(table, description),
        'application/json',
        parts * table.columns.length,
        options,
      )
}

/** Computing is the first half of the work, writing the second. */
function halfOf({ signal, onProgress }: MakingOptions, half: 0 | 1): MakingOptions {
  return { signal, onProgress: onProgress && ((share) => onProgress((half + share) / 2)) }
}

function nameOf({ what, format }: SaveRequest, { type }: Blob): string {
  const ending = format === 'auto' ? type.replace('video/', '') : format
  return `steepest-${what}.${ending}`
}
