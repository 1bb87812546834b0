/** The card of the lessons: one at a time, and whether its task has been done. */
import { remember } from '../../../display/remember'
import { type LessonFacts, numberWord } from './lesson'
import { lessons } from './lessons'
import './lessons.css'

const markup = `
  <button type="button" class="button lesson-begin">Lessons: why it works, in ${numberWord(lessons.length)} steps</button>
  <section class="lesson" aria-label="Lesson" hidden>
    <div class="lesson-progress">
      <p class="lesson-count"></p>
      <div class="lesson-dots" role="img">${'<i class="lesson-dot"></i>'.repeat(lessons.length)}</div>
    </div>
    <h2 class="lesson-title" tabindex="-1"></h2>
    <div class="lesson-text"></div>
    <div class="lesson-formula"></div>
    <p class="lesson-try"><b>Try:</b> <span></span></p>
    <p class="lesson-status" role="status"></p>
    <div class="lesson-buttons">
      <button type="button" class="button lesson-back">Back</button>
      <button type="button" class="button lesson-next"></button>
      <button type="button" class="button lesson-leave">Leave</button>
    </div>
  </section>`

/** @param onOpen receives a lesson's number, counted from 1; 0 leaves the lessons */
export function createLessonCard(container: HTMLElement, onOpen: (lesson: number) => void) {
  const last = lessons.length
  container.innerHTML = markup
  const find = <Kind extends HTMLElement>(name: string) =>
    container.querySelector<Kind>(`.lesson-${name}`)!
  const card = container.querySelector<HTMLElement>('.lesson')!
  const [begin, back, next, leave] = ['begin', 'back', 'next', 'leave'].map(find<HTMLButtonElement>)
  const [count, title, text, status] = ['count', 'title', 'text', 'status'].map(find)
  const tryIt = find('try').querySelector('span')!
  const showDots = createDots(find('dots'))
  const showFormula = createFormula(find('formula'))
  /** Lessons whose task has ever been done. */
  const done = new Set<number>()
  let open = 0
  /** The lesson that a button asked for; its heading takes the focus when it appears. */
  let awaited: number | null = null

  const ask = (lesson: number) => {
    awaited = lesson
    onOpen(lesson)
  }
  begin.addEventListener('click', () => ask(1))
  back.addEventListener('click', () => ask(open - 1))
  next.addEventListener('click', () => ask(open === last ? 0 : open + 1))
  leave.addEventListener('click', () => ask(0))

  function show(facts: LessonFacts) {
    const number = facts.settings.why.lesson
    const isNew = number !== open
    open = number
    if (isNew) {
      begin.hidden = number > 0
      card.hidden = number === 0
      setText(status, '')
    }
    if (number > 0) showLesson(facts)
    if (awaited === number) (number > 0 ? title : begin).focus()
    if (isNew || awaited === number) awaited = null
  }

  function showLesson(facts: LessonFacts) {
    const lesson = lessons[open - 1]
    setText(count, `Lesson ${open} of ${last}`)
    setText(title, lesson.title)
    setParagraphs(text, lesson.text(facts))
    showFormula(lesson.formula(facts))
    setText(tryIt, lesson.tryIt(facts))
    // The sentence about a finished task stays, because it describes that moment.
    if (status.textContent === '' && lesson.isDone(facts)) {
      done.add(open)
      setText(status, `Done. ${lesson.done(facts)}`)
    }
    showDots(open, done)
    setText(next, open === last ? 'Finish' : 'Next')
    back.disabled = open === 1
  }

  return { show }
}

/** A row of lessons: the present one is long, finished ones are ticked. */
function createDots(container: HTMLElement) {
  return (open: number, done: ReadonlySet<number>) => {
    const numbers = [...done].sort((a, b) => a - b)
    const label = numbers.length ? `Tasks done: ${numbers.join(', ')}.` : 'No task done yet.'
    if (container.ariaLabel !== label) container.ariaLabel = label
    ;[...container.children].forEach((dot, i) => {
      dot.classList.toggle('is-open', i + 1 === open)
      dot.classList.toggle('is-done', done.has(i + 1))
    })
  }
}

/** Remembers the markup, because `innerHTML` may return it in another form. */
function createFormula(container: HTMLElement) {
  const shown = remember()
  return (markup: string) =>
    shown([markup], () => {
      container.innerHTML = markup
    })
}

function setParagraphs(container: HTMLElement, texts: readonly string[]) {
  while (container.children.length > texts.length) container.lastElementChild!.remove()
  while (container.children.length < texts.length) {
    container.append(document.createElement('p'))
  }
  texts.forEach((text, i) => {
    setText(container.children[i], text)
  })
}

/** Keeps formulas in a sentence on one line, and a number with its unit. */
function unbroken(text: string): string {
  return text.replace(/ (?=[=·−+%])|(?<=[=·−+]) /g, '\u00a0')
}

function setText(element: Element, sentence: string) {
  const text = unbroken(sentence)
  if (element.textContent !== text) element.textContent = text
}
