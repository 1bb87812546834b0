/** A worker for single functions of the model, which inWorker.ts calls. */
import { expose } from 'comlink'
import { findStationaryPoints } from '../model/outcomes/stationaryPoints'
import { magnify } from '../model/step/magnifier'

const functions = { findStationaryPoints, magnify }

export type ModelFunctions = typeof functions

expose(functions)
