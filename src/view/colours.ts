/** Those of the settings: pictures without a page have them, too. */
export * from '../state/colours'
