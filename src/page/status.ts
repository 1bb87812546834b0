/** The status line: what computes, how fast, and how far from the oracle. */
import { formatLarge, formatNumber } from '../display/numbers'
import type { PageActions } from './actions'

export interface Status {
  /** Null while one is being opened, 'none' if there will be none until the page is reloaded. */
  engine: { kind: 'gpu' | 'cpu'; name: string } | null | 'none'
  /** Whether what moves is drawn with less detail, to hold its pace. */
  isReduced: boolean
  stepsPerSecond: number | null
  /** Largest error that the oracle found, relative to the permitted one: up to 1 is permitted. */
  check: number | null
  /** Finished share of a long job, 0 to 1. */
  progress: number | null
  /** A sentence on what the oracle has compared, for those who want to know. */
  checked: string
}

export interface StatusItem {
  text: string
  /** A narrow screen shows this instead. */
  short?: string
  look: 'plain' | 'good' | 'warning'
}

/**
 * The items of the line: "GPU · SwiftShader", "28.4 M steps/s", "oracle 0.40 of permitted error ✓".
 */
export function statusItems({ engine, isReduced, stepsPerSecond, check }: Status): StatusItem[] {
  if (engine === null) return [{ text: 'Starting the engine…', look: 'plain' }]
  if (engine === 'none') return [{ text: 'No engine', look: 'warning' }]
  const items: StatusItem[] = [
    { text: [engine.kind.toUpperCase(), engine.name].filter(Boolean).join(' · '), look: 'plain' },
  ]
  if (stepsPerSecond !== null) {
    items.push({ text: `${formatLarge(stepsPerSecond)} steps/s`, look: 'plain' })
  }
  if (check !== null) items.push(checkItem(check))
  if (isReduced) items.push({ text: 'less detail', look: 'plain' })
  return items
}

function checkItem(check: number): StatusItem {
  const good = check <= 1
  // An error just above 1 is not rounded to 1, so number and mark never contradict each other.
  const size = check < 100 ? (good ? check : Math.max(check, 1.01)).toFixed(2) : formatNumber(check)
  return {
    text: `oracle ${size} of permitted error ${good ? '✓' : '⚠'}`,
    short: `oracle ${size} ${good ? '✓' : '⚠'}`,
    // NaN is not <= 1, so it warns.
    look: good ? 'good' : 'warning',
  }
}

const lessDetail =
  'While something moves, less of the trails and fewer pixels are drawn, to hold the pace.'

/** Fills `container`; a long job has a progress bar with a button to cancel. */
export function createStatus(container: HTMLElement, actions: Pick<PageActions, 'cancel'>) {
  container.innerHTML = `
    <p class="status-line"></p>
    <div class="status-job" hidden>
      <progress max="1" aria-label="Progress of the computation"></progress>
      <span class="status-share"></span>
      <button type="button" class="button">Cancel</button>
    </div>`
  const line = container.querySelector<HTMLElement>('.status-line')!
  const job = container.querySelector<HTMLElement>('.status-job')!
  const bar = container.querySelector('progress')!
  const share = container.querySelector('.status-share')!
  container.querySelector('button')!.addEventListener('click', () => actions.cancel())

  return {
    show(status: Status) {
      line.replaceChildren(...statusItems(status).map(itemElement))
      line.title = [line.textContent, status.checked, status.isReduced ? lessDetail : '']
        .filter(Boolean)
        .join('\n')
      job.hidden = status.progress === null
      if (status.progress === null) return
      bar.value = status.progress
      share.textContent = `${Math.floor(status.progress * 100)} %`
    },
  }
}

function itemElement({ text, short, look }: StatusItem): HTMLElement {
  const element = document.createElement('span')
  element.className = `status-part status-${look}`
  element.textContent = text
  // The style sheet shows it through `content`, so that it is not read out twice.
  if (short) element.dataset.short = short
  return element
}
