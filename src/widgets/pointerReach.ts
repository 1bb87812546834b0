/** The precision of a pointer in CSS pixels: a finger is less exact than a mouse. */
export interface Reach {
  mouse: number
  touch: number
}

/** A pointer that moves less than this between down and up has clicked. */
export const clickReach: Reach = { mouse: 4, touch: 10 }

export function reachOf({ pointerType }: PointerEvent, { mouse, touch }: Reach): number {
  return pointerType === 'mouse' ? mouse : touch
}
