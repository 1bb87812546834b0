/** That of the settings: pictures without a page have it, too. */
export * from '../state/height'
