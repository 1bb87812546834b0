/** Functions of the model that take too long for the thread of the page. */
import { findStationaryPoints } from '../model/outcomes/stationaryPoints'
import { magnify } from '../model/step/magnifier'

export const modelFunctions = { findStationaryPoints, magnify }

export type ModelFunctions = typeof modelFunctions
