/** Sizes and rectangles on the page. */

export interface Size {
  width: number
  height: number
}

/** A rectangle in CSS pixels, relative to the canvas. */
export interface Rect extends Size {
  x: number
  y: number
}
