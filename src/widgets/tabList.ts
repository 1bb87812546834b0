/** Tabs as WAI-ARIA describes them: one is in the tab order, arrow keys choose. */

/** @param attribute data attribute that holds each button's name */
export function createTabList(
  list: HTMLElement,
  attribute: string,
  choose: (name: string) => void,
): (chosen: string) => void {
  const buttons = [...list.querySelectorAll<HTMLButtonElement>('[role=tab]')]
  const nameOf = (button: HTMLElement) => button.dataset[attribute]!
  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[role=tab]')
    if (button) choose(nameOf(button))
  })
  list.addEventListener('keydown', (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (move === undefined) return
    event.preventDefault()
    const shown = buttons.filter((button) => button.checkVisibility())
    // Starts from the focus, because the choice is shown a frame later.
    const at = shown.indexOf(event.target as HTMLButtonElement)
    const next = shown[(at + move + shown.length) % shown.length]
    choose(nameOf(next))
    next.focus()
  })
  return (chosen) => {
    for (const button of buttons) {
      const isChosen = nameOf(button) === chosen
      button.setAttribute('aria-selected', String(isChosen))
      button.tabIndex = isChosen ? 0 : -1
    }
  }
}
