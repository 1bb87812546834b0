/** Values of instances or vertices, uploaded only if they have changed. */
import type { BufferAttribute } from 'three/webgpu'

/** Writes the values of one item; while they stay the same, nothing is uploaded again. */
export function putValues(
  attribute: BufferAttribute,
  index: number,
  values: readonly number[],
): void {
  const { array, itemSize } = attribute
  values.forEach((value, k) => {
    const rounded = Math.fround(value)
    if (array[index * itemSize + k] === rounded) return
    array[index * itemSize + k] = rounded
    attribute.needsUpdate = true
  })
}
