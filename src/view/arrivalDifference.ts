/** Which of two runners is first from each start, in numbers. */
import { noMinimum } from '../model/outcome'
import { quantile } from '../model/quantile'
import { percentText, stepsText } from './endingText'

export interface ArrivalDifference {
  starts: number
  /** Counts of starts, which add up to all: both arrive, A or B sooner or in the same step, ... */
  aFirst: number
  bFirst: number
  alike: number
  /** ... only one arrives, or none. */
  aAlone: number
  bAlone: number
  neither: number
  /** By how many steps it is first, in the median; null where it never is. */
  aAhead: number | null
  bAhead: number | null
}

/** Step of arrival at a minimum, or -1; cells as in an outcome map. */
export function arrivalAt(cells: Float32Array, i: number): number {
  return cells[i * 4 + 1] === noMinimum ? -1 : cells[i * 4 + 2]
}

export function compareArrivals([a, b]: readonly [Float32Array, Float32Array]): ArrivalDifference {
  const starts = a.length / 4
  const ahead = { a: new Float32Array(starts), b: new Float32Array(starts) }
  const counts = { aFirst: 0, bFirst: 0, alike: 0, aAlone: 0, bAlone: 0, neither: 0 }
  for (let i = 0; i < starts; i++) {
    const [ofA, ofB] = [arrivalAt(a, i), arrivalAt(b, i)]
    if (ofA < 0 && ofB < 0) counts.neither++
    else if (ofB < 0) counts.aAlone++
    else if (ofA < 0) counts.bAlone++
    else if (ofA === ofB) counts.alike++
    else if (ofA < ofB) ahead.a[counts.aFirst++] = ofB - ofA
    else ahead.b[counts.bFirst++] = ofA - ofB
  }
  const median = (values: Float32Array, count: number) =>
    count === 0 ? null : quantile(values.subarray(0, count), 0.5)
  return {
    starts,
    ...counts,
    aAhead: median(ahead.a, counts.aFirst),
    bAhead: median(ahead.b, counts.bFirst),
  }
}

/** "A is first at 63 % of the starts, by 41 steps in the median; B at 12 %, by 9; 5 % alike; ..." */
export function differenceText(numbers: ArrivalDifference): string {
  const { starts, aAhead, bAhead } = numbers
  const share = (count: number) => percentText(starts > 0 ? count / starts : 0)
  const byA = aAhead === null ? '' : `, by ${stepsText(aAhead)} in the median`
  const byB = bAhead === null ? '' : `, by ${bAhead.toLocaleString('en')}`
  return (
    `A is first at ${share(numbers.aFirst)} of the starts${byA}; ` +
    `B at ${share(numbers.bFirst)}${byB}; ${share(numbers.alike)} alike; ` +
    `A alone arrives at ${share(numbers.aAlone)}, B alone at ${share(numbers.bAlone)}, ` +
    `neither at ${share(numbers.neither)}.`
  )
}
