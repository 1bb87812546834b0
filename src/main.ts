/** Starts the page. */
import { startApp } from './app/app'

startApp(document.getElementById('app') as HTMLElement)
