/** The state that the passes of one device share. */
import { Pacer } from './pacer'
import { Programs } from './program'
import { createSliceClock } from './sliceClock'
import { Turns } from './turns'

export interface GpuContext {
  device: GPUDevice
  programs: Programs
  turns: Turns
  pacer: Pacer
  planes: Planes
}

export function createContext(device: GPUDevice, programs = new Programs(device)): GpuContext {
  const turns = new Turns(device.queue)
  return {
    device,
    programs,
    turns,
    pacer: new Pacer(device, turns, createSliceClock(device)),
    planes: new Planes(device),
  }
}

/** A texture that kernels write, the view reads in place, and a read-back copies. */
export interface PlaneForm {
  label: string
  format: 'r32float' | 'rg32float' | 'rgba32float'
  width: number
  height: number
}

/**
 * Makes planes, and keeps the last one of each label that was given back: making one takes 2.7 ms
 * at 512 x 512 in Chromium on SwiftShader, a third of the time to fill it, and a drag needs one for
 * each of its steps. The contents of a plane that is taken are undefined.
 */
export class Planes {
  private readonly spare = new Map<string, GPUTexture>()

  constructor(private readonly device: GPUDevice) {}

  take({ label, format, width, height }: PlaneForm): GPUTexture {
    const spare = this.spare.get(label)
    this.spare.delete(label)
    if (spare?.format === format && spare.width === width && spare.height === height) return spare
    spare?.destroy()
    return this.device.createTexture({
      label,
      format,
      size: [width, height],
      usage:
        GPUTextureUsage.STORAGE_BINDING |
        GPUTextureUsage.TEXTURE_BINDING |
        GPUTextureUsage.COPY_SRC,
    })
  }

  /** Passes already submitted still run; nothing more may be submitted for it. */
  giveBack(plane: GPUTexture): void {
    this.spare.get(plane.label)?.destroy()
    this.spare.set(plane.label, plane)
  }
}
