import { bundleSize } from './bundle-size.ts'

// What every connector loads. A page kind is chosen by an action, so it is measured with it.
const common = 'bearer, connect, credentialValue, defineAction, defineService, oauth2, oauth2Fields, path'
const fromCore = `import { ${common} } from '@agent/core'; export { ${common} }`
const core = await bundleSize(fromCore)
const service = await bundleSize(`${fromCore}; export { github } from '@agent/github'`)
const action = await bundleSize(`${fromCore}; export { github, listIssues } from '@agent/github'`)
const app = `
  import { connect } from '@agent/core'; import { github, listIssues } from '@agent/github'
  export const run = (auth, input) => connect(github, { auth }).run(listIssues, input)`
const start = await bundleSize(app)
const withOAuth = await bundleSize(app, /installation-token|stored/)
const withAppTokens = await bundleSize(app, /oauth2|stored/)
const withStored = await bundleSize(app, /installation-token|oauth2|renewed-token/)

const kilobyte = 1024
const rows = [
  { part: 'core', bytes: core, budget: 10 * kilobyte },
  { part: 'the GitHub service', bytes: service - core, budget: 2 * kilobyte },
  { part: 'one action with its page kind', bytes: action - service, budget: 2 * kilobyte },
  { part: 'an app with all three', bytes: start, budget: 14 * kilobyte },
  { part: 'loaded by the first OAuth call', bytes: withOAuth - start, budget: 12 * kilobyte },
  { part: 'loaded by the first GitHub App call', bytes: withAppTokens - start, budget: 12 * kilobyte },
  { part: 'loaded by the first stored call', bytes: withStored - start, budget: 6 * kilobyte },
]

console.log('Bundled by esbuild, minified, gzip, beyond ky and zod:')
for (const { part, bytes, budget } of rows) {
  const verdict = bytes <= budget ? 'ok' : 'OVER'
  console.log(
    `  ${part.padEnd(38)} ${String(bytes).padStart(6)} B of ${String(budget).padStart(6)} B  ${verdict}`,
  )
}
if (rows.some(({ bytes, budget }) => bytes > budget)) process.exitCode = 1
