import { expect, test } from 'vitest'
import { movedCamera, pannedCamera } from '../../src/app/keys'
import { changeSettings } from '../../src/settings/change'
import { defaults } from '../../src/settings/settings'

test('keys turn, tilt and come nearer, within what the settings allow', () => {
  const { camera } = defaults
  expect(movedCamera(camera, 5, 0, 1)).toEqual({ ...camera, azimuth: camera.azimuth + 5 })
  expect(movedCamera(camera, 0, -5, 1)).toEqual({ ...camera, elevation: camera.elevation - 5 })
  expect(movedCamera(camera, 0, 0, 0.9).distance).toBeCloseTo(0.9 * camera.distance, 4)
  let moved = camera
  for (let i = 0; i < 200; i++) {
    moved = movedCamera(moved, 5, 5, 0.9)
    expect(changeSettings(defaults, { camera: moved }).complaints).toEqual([])
  }
  expect([moved.elevation, moved.distance]).toEqual([90, 0.1])
  for (let i = 0; i < 200; i++) moved = movedCamera(moved, -5, -5, 1 / 0.9)
  expect([moved.elevation, moved.distance]).toEqual([0, 10])
  expect(moved.azimuth).toBe(camera.azimuth)
  expect(changeSettings(defaults, { camera: moved }).complaints).toEqual([])
})

test('keys move the eye as it looks, the farther the faster, within what the settings allow', () => {
  const from = (azimuth: number, distance = 2) => ({ ...defaults.camera, azimuth, distance })
  // From the south to the right is east, which is w; ahead is north, which is b.
  expect(pannedCamera(from(0), 1, 0).pan).toEqual([0.1, 0])
  expect(pannedCamera(from(0), 0, 1).pan).toEqual([0, 0.1])
  expect(pannedCamera(from(0, 4), -1, 0).pan).toEqual([-0.2, 0])
  // From the east to the right is north, and ahead is west.
  expect(pannedCamera(from(90), 1, 0).pan).toEqual([0, 0.1])
  expect(pannedCamera(from(90), 0, 1).pan).toEqual([-0.1, 0])
  let moved = from(35, 10)
  for (let i = 0; i < 20; i++) {
    moved = pannedCamera(moved, 1, 1)
    expect(changeSettings(defaults, { camera: moved }).complaints).toEqual([])
  }
  expect(moved.pan[1]).toBe(2)
  const { pan, ...rest } = moved
  expect({ ...rest, pan: defaults.camera.pan }).toEqual(from(35, 10))
})
