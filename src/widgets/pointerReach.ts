/** The precision of a pointer in CSS pixels: a finger is less exact than a mouse. */
export interface Slack {
  mouse: number
  touch: number
}

/** A pointer that moves less than this between down and up has clicked. */
export const clickSlack: Slack = { mouse: 4, touch: 10 }

export function slackOf({ pointerType }: PointerEvent, { mouse, touch }: Slack): number {
  return pointerType === 'mouse' ? mouse : touch
}
