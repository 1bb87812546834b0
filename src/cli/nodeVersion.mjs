/**
 * Ends the process with a sentence if node is too old. Plain JavaScript without imports, because an
 * old node must be able to read it too.
 */

/**
 * A sentence if the version is not among the `engines` of package.json, else null.
 * @param {string} version as in `process.versions.node`
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
