/** The worker of stationaryPoints.ts. */
import { expose } from 'comlink'
import { findStationaryPoints } from '../model/stationaryPoints'

expose(findStationaryPoints)
