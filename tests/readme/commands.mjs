/** The commands that the README promises, taken out of its text. */

/** Has to stand under "Start", and nothing else: what is there is tried first by whoever comes. */
export const startCommands = ['npm ci --omit=dev && npm start', 'npm ci && npm test']

/**
 * @typedef {object} Promised
 * @property {string} start serves the page and does not end by itself
 * @property {string} test
 * @property {string[]} servers other commands that serve a page
 * @property {string[]} others commands that end by themselves, in their order
 */

/** @param {string} readme @returns {Promised} @throws Error with a sentence */
export function promisedCommands(readme) {
  const found = shellCommands(sectionOf(readme, 'Start'))
  if (found.join('\n') !== startCommands.join('\n')) {
    throw new Error(
      `The section "Start" of the README has the commands ${quoted(found)}; it must have ` +
        `${quoted(startCommands)}, which CI runs as they stand.`,
    )
  }
  const [start, test] = found
  const working = tableCommands(sectionOf(readme, 'Working on it'))
  const alone = shellCommands(sectionOf(readme, 'Without a browser'))
  for (const [title, list] of Object.entries({
    'Working on it': working,
    'Without a browser': alone,
  })) {
    if (list.length === 0) throw new Error(`The section "${title}" of the README has no command.`)
  }
  const isServer = (/** @type {string} */ command) => command === 'npm run dev'
  return {
    start,
    test,
    servers: working.filter(isServer),
    others: [...working.filter((command) => !isServer(command)), ...alone],
  }
}

/** @param {string[]} commands */
const quoted = (commands) => commands.map((command) => `"${command}"`).join(', ') || 'none'

/** From a heading of the second order to the next. @param {string} readme @param {string} title */
function sectionOf(readme, title) {
  const [, text] = readme.split(`\n## ${title}\n`)
  if (text === undefined) throw new Error(`The README has no section "${title}".`)
  return text.split('\n## ')[0]
}

/** The commands of all blocks of shell: one a line, or on several that end in a backslash. @param {string} section */
function shellCommands(section) {
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block]) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.replace(/\s+#.*/, '').trim())
    .filter(Boolean)
}

/** The first cell of each row. @param {string} section */
function tableCommands(section) {
  return [...section.matchAll(/^\| `(npm [^`]+)`/gm)].map(([, command]) => command)
}
