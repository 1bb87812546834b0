/** Opening a graphics device: drivers that refuse, or never answer, end in a sentence. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { requestGpu } from '../../src/gpu/device'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = () => new Promise<never>(() => {})
const refuse = () => Promise.reject(new Error('D3D12: E_FAIL 0x80004005'))

function gpuOf(requestAdapter: () => Promise<unknown>): GPU {
  // The one method that is called, in place of the whole interface.
  return { requestAdapter } as unknown as GPU
}

const withDevice = (requestDevice: () => Promise<unknown>) =>
  gpuOf(async () => ({
    requestDevice,
    features: new Set(),
    info: { vendor: 'v', architecture: 'a' },
  }))

/** The sentence of a request that is still unanswered after ten seconds. */
async function sentenceAfterTenSeconds(gpu: GPU, signal?: AbortSignal): Promise<unknown> {
  const sentence = requestGpu(gpu, signal).then(
    () => 'opened',
    (reason) => reason,
  )
  await vi.advanceTimersByTimeAsync(10_000)
  return sentence
}

test('an adapter or a device that never answers ends in a sentence', async () => {
  expect(await sentenceAfterTenSeconds(gpuOf(never))).toEqual(
    new Error('The graphics adapter has not answered for 6 seconds.'),
  )
  expect(await sentenceAfterTenSeconds(withDevice(never))).toEqual(
    new Error('The graphics device has not answered for 6 seconds.'),
  )
})

test('the driver’s own words stay out of the sentence', async () => {
  for (const gpu of [gpuOf(refuse), withDevice(refuse)]) {
    const reason = await sentenceAfterTenSeconds(gpu)
    expect(String(reason)).toMatch(
      /^Error: The browser refused to open a graphics (adapter|device)\.$/,
    )
  }
})

test('a device that comes too late is destroyed', async () => {
  const destroy = vi.fn()
  const late = () =>
    new Promise((resolve) => {
      setTimeout(() => resolve({ destroy }), 8000)
    })
  await sentenceAfterTenSeconds(withDevice(late))
  expect(destroy).toHaveBeenCalledOnce()
})

test('waiting ends at once when aborted, before and after the request', async () => {
  const controller = new AbortController()
  const reason = new Error('The processor was chosen.')
  const asked = expect(requestGpu(gpuOf(never), controller.signal)).rejects.toBe(reason)
  controller.abort(reason)
  await asked
  await expect(requestGpu(gpuOf(never), controller.signal)).rejects.toBe(reason)
})

test('an adapter without a name has an empty one', async () => {
  const request = {
    requestDevice: async () => ({}),
    features: new Set(),
    info: { vendor: '', architecture: '' },
  }
  expect(await requestGpu(gpuOf(async () => request))).toMatchObject({ name: '' })
})

test('an answer leaves no timer behind', async () => {
  const gpu = withDevice(async () => ({}))
  expect(await requestGpu(gpu)).toMatchObject({ name: 'v a', isSoftware: false })
  expect(vi.getTimerCount()).toBe(0)
})
