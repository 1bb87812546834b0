/** The one cache: the newest value, kept as long as what it was made from is the same. */

/**
 * A place for one value.
 *
 *     const title = remember<string>()
 *     title([settings.lens, settings.why], () => mapTitle(settings))
 *
 * computes again when an input is another, by Object.is and item by item, and else gives the value
 * that it gave before, so that whoever gets it can compare by identity. Where computing is showing,
 * the value is nothing: `remember<void>()`.
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
