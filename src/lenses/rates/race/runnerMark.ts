/** The mark of a runner: its colour, and its shape as a second cue, as on stage and map. */

export interface RunnerMark {
  colour: string
  /** Disc, square, diamond or triangle: a second cue in addition to the colour. */
  shape: string
}

const shapes: Readonly<Record<string, string>> = {
  disc: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11z',
  square: 'M3 3h10v10H3z',
  diamond: 'M8 1.5L14.5 8 8 14.5 1.5 8z',
  triangle: 'M8 2l6.5 11.5h-13z',
}

export function createRunnerMark() {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  element.setAttribute('class', 'runner-mark')
  element.setAttribute('viewBox', '0 0 16 16')
  element.setAttribute('aria-hidden', 'true')
  element.innerHTML = '<path />'
  const path = element.querySelector('path')!
  return {
    element,
    show({ colour, shape }: RunnerMark) {
      path.setAttribute('d', shapes[shape] ?? shapes.disc)
      path.setAttribute('fill', colour)
    },
  }
}
