/** The key of the map's colours when it shows how far Taylor's terms can be trusted. */

/** @param stops colours of the ratios, from the lowest to the highest */
export function createTrustKey(
  container: HTMLElement,
  stops: readonly { ratio: number; colour: string }[],
) {
  const [low, high] = [stops[0].ratio, stops[stops.length - 1].ratio]
  const share = (ratio: number) => `${((ratio - low) / (high - low)) * 100}%`
  const gradient = stops.map(({ ratio, colour }) => `${colour} ${share(ratio)}`).join(', ')
  container.innerHTML =
    '<div class="trust-bar" role="img"></div><div class="trust-ticks" aria-hidden="true"></div>'
  const bar = container.querySelector<HTMLElement>('.trust-bar')!
  bar.style.background = `linear-gradient(to right, ${gradient})`
  bar.setAttribute(
    'aria-label',
    'Colours of actual over predicted change: orange below zero, where the step goes up; pale where the change is much smaller than predicted; blue near one, where the prediction holds.',
  )
  const ticks = [
    { ratio: low / 2, text: 'goes up' },
    { ratio: 0, text: '0' },
    { ratio: 1, text: '1 holds' },
    { ratio: high, text: String(high) },
  ]
  container.querySelector('.trust-ticks')!.append(
    ...ticks.map(({ ratio, text }) => {
      const tick = document.createElement('span')
      tick.textContent = text
      tick.style.setProperty('--at', share(ratio))
      return tick
    }),
  )
}
