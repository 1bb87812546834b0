/** A worker for single functions of the model, which inWorker.ts calls. */
import { expose } from 'comlink'
import { modelFunctions } from './modelFunctions'

expose(modelFunctions)
