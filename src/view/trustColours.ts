/** Colours of actual change / predicted change: blue where the prediction holds, orange where the step goes up. */

/** Between two stops colours are mixed; the colour-blind keep blue and orange apart. */
export const trustStops = [
  { ratio: -1, colour: '#a63c06' },
  { ratio: 0, colour: '#f2a55e' },
  { ratio: 0, colour: '#efe9dd' },
  { ratio: 0.5, colour: '#9cc2df' },
  { ratio: 1, colour: '#2b6cab' },
  { ratio: 2, colour: '#0f3159' },
] as const

/** Where the gradient is zero nothing is predicted. */
export const noTrust = '#7c8794'
