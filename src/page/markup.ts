/** The page's boxes as HTML, and the lists of its tabs. */

import type { Settings } from '../settings/settings'

/** Views that share the canvas area on a small screen; a large one shows all at once. */
export type Tab = 'surface' | 'map' | 'data' | 'numbers'

const tabs: readonly { name: Tab; label: string }[] = [
  { name: 'surface', label: 'Surface' },
  { name: 'map', label: 'Map' },
  { name: 'data', label: 'Data' },
  { name: 'numbers', label: 'Numbers' },
]

const lenses: readonly { name: Settings['lens']; label: string; hint: string }[] = [
  { name: 'descend', label: 'Descend', hint: 'Many starts run down the surface' },
  { name: 'starts', label: 'Starts', hint: 'Where each start ends, and how fast' },
  { name: 'rates', label: 'Rates', hint: 'Learning rates and update rules, side by side' },
  { name: 'why', label: 'Why', hint: 'One step under the magnifier' },
]

const parts: readonly { name: Settings['rates']['part']; label: string; hint: string }[] = [
  { name: 'race', label: 'Race', hint: 'All runners leave from the chosen start' },
  { name: 'sweep', label: 'Sweep', hint: 'The chosen start at a thousand learning rates' },
  { name: 'crowd', label: 'Crowd', hint: 'Starts of the whole view under every runner' },
]

const whyParts: readonly { name: Settings['why']['part']; label: string; hint: string }[] = [
  { name: 'step', label: 'Step', hint: 'What Taylor’s terms promise of a step, and what it does' },
  { name: 'angle', label: 'Angle', hint: 'Steps in all directions' },
  { name: 'points', label: 'Points', hint: 'What each data point has to do with it' },
  { name: 'cubic', label: 'x³', hint: 'To warm up: Taylor’s terms in one variable' },
  { name: 'cubicAndSquare', label: 'w³ + b²', hint: 'To warm up: partial derivatives' },
]

/** Buttons of a list of tabs, each with its name in a data attribute. */
function tabButtons(
  attribute: string,
  list: readonly { name: string; label: string; hint?: string }[],
): string {
  return list
    .map(
      ({ name, label, hint }) =>
        `<button type="button" role="tab" class="tab" data-${attribute}="${name}"${hint ? ` title="${hint}"` : ''}>${label}</button>`,
    )
    .join('')
}

export const markup = `
  <header class="header">
    <h1 class="wordmark">Steepest</h1>
    <div class="lenses" role="tablist" aria-label="Lens">
      ${tabButtons('lens', lenses)}
    </div>
    <div class="views" role="toolbar" aria-label="View"></div>
    <div class="status"></div>
    <button type="button" class="button panel-toggle" aria-controls="panel">Settings</button>
  </header>
  <section class="tabs" aria-label="Parts of the page">
    <div class="tab-list" role="tablist" aria-label="What is shown">
      ${tabButtons('tab', tabs)}
    </div>
  </section>
  <main class="field">
    <canvas id="stage-canvas" role="img" aria-label="Loss surface and map"
      aria-describedby="stage-text" tabindex="-1"></canvas>
    <p class="unseen" id="stage-text"></p>
    <div id="labels"></div>
    <section class="stage" aria-label="Loss surface">
      <p class="stage-message placeholder" role="status" hidden></p>
    </section>
    <section class="outcome-maps" aria-label="Map of outcomes">
      <div class="map-tools" role="toolbar" aria-label="Zoom"></div>
      <div class="large-holes">
        <div class="large-hole"></div>
        <div class="large-hole" hidden></div>
      </div>
    </section>
    <section class="rates-area" aria-label="Rates">
      <div class="sweep"></div>
      <div class="small-maps"></div>
      <div class="profile"></div>
    </section>
    <div class="rates-parts segments" role="tablist" aria-label="What the lens of rates shows">
      ${tabButtons('part', parts)}
    </div>
    <section class="card why-area" aria-label="One step">
      <div class="why-parts segments" role="tablist" aria-label="What is looked at">
        ${tabButtons('why', whyParts)}
      </div>
      <div class="why-card" role="group" aria-label="What is looked at" tabindex="0"></div>
    </section>
    <div class="readout"></div>
    <div class="legend"></div>
    <aside class="side" aria-label="Map and data">
      <section class="card map-card" aria-label="Map">
        <h2 class="card-title">Loss from above</h2>
        <div class="trust-key" hidden></div>
        <div class="map-hole"></div>
      </section>
      <section class="card outcome-card" aria-label="Where descents end"></section>
      <section class="card score-card" aria-label="Scores"></section>
      <section class="card data-card" aria-label="Data and neuron"></section>
    </aside>
    <div class="notices"></div>
  </main>
  <section class="timeline" aria-label="Timeline"></section>
  <section class="histograms" aria-label="Steps and final losses"></section>
  <aside class="panel" id="panel" aria-label="Settings">
    <section class="lessons" aria-label="Lessons"></section>
    <section class="runners" aria-label="Runners"></section>
    <section class="scale-hint" aria-label="Scale of x" hidden></section>
    <div class="settings"></div>
    <section class="stationary-section" aria-label="Minima and saddles"></section>
    <footer class="about">
      Steepest, MIT licence. <a href="./licences.txt" target="_blank">Licences of its libraries</a>
    </footer>
  </aside>
`
