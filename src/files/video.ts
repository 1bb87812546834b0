/** A video of canvases, encoded by the browser (WebCodecs). Loaded on demand: mediabunny is large. */
import {
  BlobSource,
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  Quality,
  type VideoCodec,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny'
import { type FileState, stateOfDescription } from './fileState'
import type { Description } from './settingsText'
import type { MakingOptions } from './textBlob'

export type VideoFormat = 'mp4' | 'webm'

const codecs: Record<VideoFormat, VideoCodec[]> = { mp4: ['avc'], webm: ['vp9', 'vp8'] }

export interface VideoRequest {
  /** The first one that the browser can encode is used. */
  formats: readonly VideoFormat[]
  frames: number
  framesPerSecond: number
  description: Description
  /** Draws a frame on the canvas, which has its size from the first frame on. */
  draw(frame: number): Promise<HTMLCanvasElement>
}

/** Seconds between frames that can be sought without decoding earlier ones. */
const keyFrameInterval = 2

/**
 * @throws a sentence if the browser cannot encode video, or the signal's reason once it is aborted
 */
export async function makeVideo(
  { formats, frames, framesPerSecond, description, draw }: VideoRequest,
  { signal, onProgress }: MakingOptions = {},
): Promise<Blob> {
  if (typeof VideoEncoder === 'undefined') {
    throw new Error(
      'This browser cannot encode video (it has no WebCodecs). Save pictures, or use another browser.',
    )
  }
  const canvas = await draw(0)
  const { format, codec } = await choose(formats, canvas.width, canvas.height)
  const output = new Output({
    format:
      format === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
    target: new BufferTarget(),
  })
  const quality = new Quality('high')
  const source = new CanvasSource(canvas, { codec, quality, keyFrameInterval })
  output.addVideoTrack(source)
  output.setMetadataTags({ title: 'Steepest', comment: JSON.stringify(description) })
  try {
    await output.start()
    for (let i = 0; i < frames; i++) {
      if (i > 0) await draw(i)
      await source.add(i / framesPerSecond, 1 / framesPerSecond)
      onProgress?.((i + 1) / frames)
      signal?.throwIfAborted()
    }
    await output.finalize()
  } catch (reason) {
    await output.cancel()
    throw reason
  }
  const { buffer } = output.target
  if (!buffer) throw new Error('The video could not be finished: the encoder produced nothing.')
  return new Blob([buffer], { type: `video/${format}` })
}

async function choose(
  formats: readonly VideoFormat[],
  width: number,
  height: number,
): Promise<{ format: VideoFormat; codec: VideoCodec }> {
  for (const format of formats) {
    const codec = await getFirstEncodableVideoCodec(codecs[format], { width, height })
    if (codec) return { format, codec }
  }
  const names = formats.map((format) => format.toUpperCase().replace('WEBM', 'WebM')).join(' or ')
  throw new Error(
    `This browser cannot encode ${width} × ${height} as ${names}. Try a smaller size or another format.`,
  )
}

/** The settings stored in a video. */
export async function readVideoState(file: Blob, name: string): Promise<FileState> {
  const shown = `The file "${name.slice(0, 60)}"`
  const foreign = {
    problem: `${shown} is a video without Steepest settings; nothing was changed.`,
  }
  const input = new Input({ formats: [MP4, WEBM], source: new BlobSource(file) })
  try {
    const { title, comment } = await input.getMetadataTags()
    if (title !== 'Steepest' || comment === undefined) return foreign
    return stateOfDescription(comment, shown)
  } catch {
    return foreign
  } finally {
    input.dispose()
  }
}
