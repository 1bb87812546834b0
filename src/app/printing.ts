/**
 * Prints the page as it is on the screen, on one sheet of its shape. Browsers print the stage's
 * canvas empty, because its picture is gone once it has been shown: a copy takes its place.
 */
import type { Layout } from '../page/layout'

/** @param draw draws the stage at once, so that its picture can be copied in the same task */
export function followPrinting(layout: Pick<Layout, 'canvas'>, draw: () => void): void {
  const sheet = new CSSStyleSheet()
  let copy: HTMLCanvasElement | null = null
  let thaw = () => {}

  const end = () => {
    copy?.remove()
    copy = null
    thaw()
    sheet.replaceSync('')
  }
  addEventListener('beforeprint', () => {
    end()
    const { innerWidth: width, innerHeight: height } = window
    sheet.replaceSync(`
      @page { size: ${width}px ${height}px; margin: 0 }
      @media print {
        .page { width: ${width}px; height: ${height}px; overflow: hidden; ${presentSizes()} }
      }`)
    thaw = freezeSizes()
    draw()
    copy = copyOf(layout.canvas)
    layout.canvas.after(copy)
  })
  addEventListener('afterprint', end)
  document.adoptedStyleSheets.push(sheet)
}

/** The sizes of boxes that follow the window's, in pixels: not every browser takes its sheet. */
function presentSizes(): string {
  const sizes = [
    ['--side-width', '.side', 'offsetWidth'],
    ['--panel-width', '.panel', 'offsetWidth'],
    ['--timeline-height', '.timeline', 'offsetHeight'],
  ] as const
  return sizes
    .map(([name, box, side]) => [name, document.querySelector<HTMLElement>(box)?.[side]])
    .map(([name, size]) => (size ? `${name}: ${size}px !important;` : ''))
    .join(' ')
}

/**
 * Fixes whether each rule for a size or a theme applies: on paper, browsers would ask for those of
 * the paper, which is always light. Returns a function that takes it back.
 */
function freezeSizes(): () => void {
  const frozen = mediaRules().map(({ media }) => [media, media.mediaText] as const)
  for (const [media, text] of frozen) media.mediaText = matchMedia(text).matches ? 'all' : 'not all'
  return () => {
    for (const [media, text] of frozen) media.mediaText = text
  }
}

function mediaRules(): CSSMediaRule[] {
  const rulesOf = (sheet: CSSStyleSheet): CSSRule[] => {
    try {
      return [...sheet.cssRules].flatMap((rule) =>
        rule instanceof CSSImportRule && rule.styleSheet ? rulesOf(rule.styleSheet) : [rule],
      )
    } catch {
      // To a sandboxed frame its own sheets are foreign.
      return []
    }
  }
  return [...document.styleSheets]
    .flatMap(rulesOf)
    .filter((rule) => rule instanceof CSSMediaRule)
    .filter(({ media }) => /\b(width|height|prefers-color-scheme)\b/.test(media.mediaText))
}

function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas')
  copy.className = 'printed-stage'
  copy.width = canvas.width
  copy.height = canvas.height
  copy.setAttribute('aria-hidden', 'true')
  if (canvas.width > 0 && canvas.height > 0) copy.getContext('2d')?.drawImage(canvas, 0, 0)
  return copy
}
