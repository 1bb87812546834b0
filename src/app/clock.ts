/** One alarm, which stands still while the page is hidden. */
export class Clock {
  private timer = 0
  private left = 0
  private since = 0
  private ring: (() => void) | null = null

  constructor() {
    document.addEventListener('visibilitychange', this.onVisibility)
  }

  /** In place of the alarm that was set before. */
  set(milliseconds: number, ring: () => void): void {
    this.clear()
    this.left = milliseconds
    this.ring = ring
    if (!document.hidden) this.run()
  }

  clear(): void {
    clearTimeout(this.timer)
    this.timer = 0
    this.ring = null
  }

  private run(): void {
    this.since = performance.now()
    this.timer = window.setTimeout(() => {
      const { ring } = this
      this.clear()
      ring?.()
    }, this.left)
  }

  private readonly onVisibility = () => {
    if (!this.ring) return
    if (!document.hidden) return this.run()
    clearTimeout(this.timer)
    this.left = Math.max(0, this.left - (performance.now() - this.since))
  }
}
