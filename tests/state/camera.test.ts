import { expect, test } from 'vitest'
import { movedCamera } from '../../src/state/camera'
import { changeSettings } from '../../src/state/change'
import { defaults } from '../../src/state/settings'

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
