/** The worker of magnifier.ts. */
import { expose } from 'comlink'
import { magnify } from '../model/magnifier'

expose(magnify)
