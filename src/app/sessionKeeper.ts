/** Keeps one session open: the first, one for another engine, and a new one after a loss. */
import type { Settings } from '../state/settings'
import type { Layout } from '../ui/layout'
import type { NoticeKind } from '../ui/notices'
import type { StageEvents } from '../view/picture'
import { openSession, type Session, sentenceOf } from './session'

/** With the third loss of an engine within a minute, the processor takes over. */
const mostLosses = 3
const lossWindow = 60_000

export interface SessionEvents {
  /** Which engine the settings ask for. */
  preference(): Settings['engine']
  onOpened(session: Session): void
  /** Everything that the closed session has computed goes with it. */
  onClosed(): void
  /** The graphics device was lost too often: the settings are to ask for the processor. */
  onGiveUpGpu(): void
  /** Nothing computes, and nothing will before the page is loaded again. */
  onEnd(): void
  notice(text: string, kind?: NoticeKind): void
}

export class SessionKeeper {
  /** Null while none is open. */
  session: Session | null = null
  private opening: Promise<Session>
  private losses: number[] = []

  constructor(
    private readonly layout: Layout,
    private readonly stageEvents: StageEvents,
    private readonly events: SessionEvents,
  ) {
    this.opening = this.watched(this.open())
  }

  /** The session that is open or being opened. */
  current(): Promise<Session> {
    return this.opening
  }

  /** Closes the session and opens one for the engine that the settings ask for now. */
  reopen(): void {
    this.close()
    const opened = this.opening
      .catch(() => null)
      .then(() => {
        // One that was still being opened has come meanwhile.
        this.close()
        return this.open()
      })
    this.opening = this.watched(opened)
  }

  /** Whoever waits for it hears of a failure, too. */
  private watched(opening: Promise<Session>): Promise<Session> {
    opening.catch((reason) => {
      this.events.notice(sentenceOf(reason), 'error')
      this.events.onEnd()
    })
    return opening
  }

  private async open(): Promise<Session> {
    const session = await openSession(this.events.preference(), this.layout, this.stageEvents)
    this.session = session
    for (const sentence of session.notices) this.events.notice(sentence)
    session.drawing.layout()
    void Promise.race([session.engine.lost, session.drawing.lost]).then((sentence) => {
      if (session === this.session) this.recover(session, sentence)
    })
    this.events.onOpened(session)
    return session
  }

  private close(): void {
    const { session } = this
    this.session = null
    this.events.onClosed()
    session?.dispose()
  }

  private recover({ engine }: Session, sentence: string): void {
    const now = performance.now()
    this.losses = [...this.losses.filter((time) => now - time < lossWindow), now]
    const { length } = this.losses
    if (length < mostLosses) {
      this.events.notice(`${sentence} A new one is in its place, and all settings are kept.`)
      this.reopen()
      return
    }
    const again = `${sentence} It was number ${length} in a minute`
    if (engine.kind === 'cpu') {
      this.close()
      // In place of the dead one, for which everybody would wait for ever.
      const end = new Error(`${again}: nothing computes any more. Load the page again.`)
      this.opening = this.watched(Promise.reject(end))
      return
    }
    this.events.notice(`${again}: the processor takes over.`)
    this.losses = []
    this.events.onGiveUpGpu()
    this.reopen()
  }
}
