/** Writes the benchmark's findings as text and as JSON, for people and for an issue. */
import { formatLarge } from '../display/numbers'
import type { Measured } from './benchmark'

/** The program, the adapter and the browser that were measured. */
export interface Where {
  /** The version of Steepest. */
  version: string
  /** For example "GPU, SwiftShader". */
  engine: string
  /** The browser or runtime, as it names itself. */
  runtime: string
}

/** 28_400_000 steps a second -> "28.4 M steps/s" */
export function rateText({ rate, unit }: Pick<Measured, 'rate' | 'unit'>): string {
  return `${formatLarge(rate)} ${unit}/s`
}

export function reportText({ version, engine, runtime }: Where, all: readonly Measured[]): string {
  const lines = all.map((each) => [each.name, rateText(each), each.check.sentence])
  const width = (column: number) => Math.max(0, ...lines.map((line) => line[column].length))
  const [name, rate] = [width(0), width(1)]
  return [
    `Steepest ${version}, benchmark`,
    engine,
    runtime,
    ...lines.map((line) => `${line[0].padEnd(name)}  ${line[1].padStart(rate)}  ${line[2]}`),
    '',
  ].join('\n')
}

export function reportJson(where: Where, all: readonly Measured[]): string {
  return `${JSON.stringify({ steepest: { kind: 'benchmark', ...where }, data: all }, null, 2)}\n`
}
