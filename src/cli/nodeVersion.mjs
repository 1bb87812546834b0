/**
 * Ends the process with a sentence where node is too old. Plain JavaScript without imports, as a node
 * that is too old has to read it, too.
 */

/**
 * A sentence where the version is not among the `engines` of package.json, else null.
 * @param {string} version as `process.versions.node` has it
 */
export function complaintAbout(version) {
  const [major, minor] = version.split('.').map(Number)
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return null
  return `Steepest needs node 20.19, 22.12 or later, from nodejs.org; this is node ${version}.`
}

const complaint = complaintAbout(process.versions.node)
if (complaint) {
  console.error(complaint)
  process.exit(1)
}
