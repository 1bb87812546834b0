/** How exactly a pointer means a place: a finger less than a mouse. CSS pixels. */
export interface Slack {
  mouse: number
  touch: number
}

/** A pointer that moved less than this between down and up has clicked. */
export const clickSlack: Slack = { mouse: 4, touch: 10 }

export function slackOf({ pointerType }: PointerEvent, { mouse, touch }: Slack): number {
  return pointerType === 'mouse' ? mouse : touch
}
