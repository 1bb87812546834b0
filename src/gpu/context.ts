/** What the passes of one device share. */
import { Pacer } from './pacer'
import { Programs } from './program'

export interface GpuContext {
  device: GPUDevice
  programs: Programs
  pacer: Pacer
}

export function createContext(device: GPUDevice): GpuContext {
  return { device, programs: new Programs(device), pacer: new Pacer(device) }
}
