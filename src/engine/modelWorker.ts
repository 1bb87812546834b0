import { expose } from 'comlink'
import { findStationaryPoints } from '../model/outcomes/stationaryPoints'
import { magnify } from '../model/step/magnifier'

/** Functions of the model for inWorker.ts. */
const functions = { findStationaryPoints, magnify }

export type ModelFunctions = typeof functions

expose(functions)
