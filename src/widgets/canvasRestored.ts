/** Canvases whose drawing surface was lost with the browser's graphics process come back empty. */

/** Calls back when a canvas inside is to be drawn anew. */
export function onRestored(host: HTMLElement, redraw: () => void): void {
  // The event does not bubble; on its way down it can be caught.
  host.addEventListener('contextrestored', redraw, true)
}
