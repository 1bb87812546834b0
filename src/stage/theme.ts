/** Colours that are not data, in one small table. Data colours are in colours.ts. */
import { isLight, onThemeChange } from '../widgets/theme'

export interface Theme {
  /** Behind everything. */
  ground: string
  /** The map's margin. */
  panel: string
  /** Frames and tick marks. */
  line: string
  /** Tick labels, at least 4.5 : 1 on both grounds. */
  label: string
  /** Names of axes. */
  name: string
}

const dark: Theme = {
  ground: '#0d1117',
  panel: '#121820',
  line: '#5b6675',
  label: '#9aa7b6',
  name: '#d5dde6',
}

const light: Theme = {
  ground: '#f6f8fa',
  panel: '#ffffff',
  line: '#8692a0',
  label: '#4d5966',
  name: '#1f2730',
}

/** For drawing over the surface, whose colours are the same in both themes. */
export const ink = { light: '#ffffff', dark: '#0b0f14', accent: '#6cb6ff' } as const

/** Follows the system's choice; calls `changed` when it changes. */
export function watchTheme(changed: () => void): { readonly theme: Theme; dispose(): void } {
  const dispose = onThemeChange(changed)
  return {
    get theme() {
      return isLight() ? light : dark
    },
    dispose,
  }
}
