/** Mounts an element of a given size at the page's top left, and removes it after each test. */
import '../../src/style.css'
import '../../src/lenses/rates/rates.css'
import '../../src/lenses/why/why.css'
import { afterEach } from 'vitest'

export function mount(width: number, height: number): HTMLElement {
  const element = document.createElement('div')
  element.style.cssText = `position: fixed; inset: 0 auto auto 0; width: ${width}px; height: ${height}px`
  document.body.append(element)
  return element
}

afterEach(() => {
  document.body.replaceChildren()
})
