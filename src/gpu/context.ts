/** What the passes of one device share. */
import { Pacer } from './pacer'
import { Planes } from './planes'
import { Programs } from './program'

export interface GpuContext {
  device: GPUDevice
  programs: Programs
  pacer: Pacer
  planes: Planes
}

export function createContext(device: GPUDevice, programs = new Programs(device)): GpuContext {
  return { device, programs, pacer: new Pacer(device), planes: new Planes(device) }
}
