/**
 * Calls back when a box changes its size, or the screen its pixels: a window that is dragged to
 * another screen keeps its CSS size. Returns a function to stop.
 */
export function onResize(boxes: readonly HTMLElement[], callback: () => void): () => void {
  const observer = new ResizeObserver(callback)
  for (const box of boxes) observer.observe(box)
  const stopped = new AbortController()
  const follow = () => {
    const present = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    const change = () => {
      callback()
      follow()
    }
    present.addEventListener('change', change, { once: true, signal: stopped.signal })
  }
  follow()
  return () => {
    observer.disconnect()
    stopped.abort()
  }
}
