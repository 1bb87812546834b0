/** The precision of a pointer in CSS pixels: a finger is less exact than a mouse. */
export interface Reach {
  mouse: number
  touch: number
}

/** A pointer hits a point within this distance: a finger covers 44 pixels. */
export const pointReach: Reach = { mouse: 12, touch: 22 }

/** A pointer that moves less than this between down and up has clicked. */
export const clickReach: Reach = { mouse: 4, touch: 10 }

export function reachOf({ pointerType }: PointerEvent, { mouse, touch }: Reach): number {
  return pointerType === 'mouse' ? mouse : touch
}
