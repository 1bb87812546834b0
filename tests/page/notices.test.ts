/** Which words of an error reach a person. */
import { expect, test, vi } from 'vitest'
import { moduleMissing, sentenceOf } from '../../src/page/notices'

test('a sentence of ours is told as it is; the words of others go to the console', () => {
  const told = vi.spyOn(console, 'info').mockImplementation(() => {})
  expect(sentenceOf(new Error('The file has no points.'))).toBe('The file has no points.')
  expect(told).not.toHaveBeenCalled()
  const raw = "Cannot read properties of undefined (reading 'x')"
  const others = [
    new TypeError(raw),
    // comlink hands on the error of a worker like this.
    Object.assign(new Error(raw), { name: 'TypeError' }),
    new DOMException(raw, 'OperationError'),
    raw,
    undefined,
  ]
  for (const reason of others) {
    expect(sentenceOf(reason)).toMatch(/^Something has failed that should not \(\w+\)\. /)
    expect(sentenceOf(reason)).not.toContain('undefined')
  }
  expect(told).toHaveBeenCalledTimes(2 * others.length)
  const failed = new TypeError('Failed to fetch dynamically imported module: http://a/b.js')
  expect(sentenceOf(failed)).toBe(moduleMissing)
  told.mockRestore()
})
