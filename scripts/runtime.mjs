// Loaded before anything else: Gatehouse is TypeScript that Node.js 26 runs as it is.
const major = Number(process.versions.node.split('.')[0])
if (major < 26) {
  console.error(
    `Gatehouse needs Node.js 26 and this is ${process.versions.node}. ` +
      'Run "npm ci" (without --ignore-scripts): it brings Node.js 26 along, and the npm scripts then find it first.',
  )
  process.exit(1)
}
