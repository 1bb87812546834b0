/** Defaults for a page that the processor computes. */
import { defaults, type Settings } from '../state/settings'

/** What the processor computes in place of the GPU: where the address asks for nothing, less. */
export function withSmallerDefaults(settings: Settings, query: string): Settings {
  const { starts, view } = settings
  const asked = new URLSearchParams(query)
  const isDefault = {
    side: starts.perSide === defaults.starts.perSide && !asked.has('side'),
    grid: view.resolution === defaults.view.resolution && !asked.has('grid'),
  }
  return {
    ...settings,
    starts: isDefault.side ? { ...starts, perSide: 16 } : starts,
    view: isDefault.grid ? { ...view, resolution: 256 } : view,
  }
}
