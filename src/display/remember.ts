/** The only cache: it keeps the newest value as long as its inputs are the same. */

/**
 * A place for one value.
 *
 *     const title = remember<string>()
 *     title([settings.lens, settings.why], () => mapTitle(settings))
 *
 * computes again when an input differs, by Object.is and item by item, and otherwise gives the same
 * value as before, so that callers can compare by identity. If computing means showing something,
 * there is no value: `remember<void>()`.
 */
export function remember<Value>(): (inputs: readonly unknown[], compute: () => Value) => Value {
  let known: { inputs: readonly unknown[]; value: Value } | null = null
  return (inputs, compute) => {
    if (!known || !sameItems(known.inputs, inputs)) known = { inputs, value: compute() }
    return known.value
  }
}

export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => Object.is(item, b[i]))
}
