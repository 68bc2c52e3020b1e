import { bundleSize } from './bundle-size.ts'

// What GitHub's service and its action take from core; the rest of their bundle is their own.
const core = await bundleSize(`
  import { bearer, connect, credentialValue, defineAction, defineService, linkHeader, oauth2, oauth2Fields, path }
    from '@agent/core'
  export { bearer, connect, credentialValue, defineAction, defineService, linkHeader, oauth2, oauth2Fields, path }`)
const service = await bundleSize(`
  import { connect, defineAction, linkHeader, path } from '@agent/core'; import { github } from '@agent/github'
  export { connect, defineAction, github, linkHeader, path }`)
const action = await bundleSize(`
  import { connect, defineAction, linkHeader, path } from '@agent/core'; import { github, listIssues } from '@agent/github'
  export { connect, defineAction, github, linkHeader, listIssues, path }`)
const app = `
  import { connect } from '@agent/core'; import { github, listIssues } from '@agent/github'
  export const run = (auth, input) => connect(github, { auth }).run(listIssues, input)`
const start = await bundleSize(app)
const whole = await bundleSize(app, { withLazy: true })

const kilobyte = 1024
const rows = [
  { part: 'core', bytes: core, budget: 10 * kilobyte },
  { part: 'the GitHub service', bytes: service - core, budget: 2 * kilobyte },
  { part: 'one action (issues.list)', bytes: action - service, budget: 2 * kilobyte },
  { part: 'an app with all three', bytes: start, budget: 14 * kilobyte },
  { part: 'loaded by the first OAuth call', bytes: whole - start, budget: 12 * kilobyte },
]

console.log('Bundled by esbuild, minified, gzip, beyond ky and zod:')
for (const { part, bytes, budget } of rows) {
  const verdict = bytes <= budget ? 'ok' : 'OVER'
  console.log(
    `  ${part.padEnd(38)} ${String(bytes).padStart(6)} B of ${String(budget).padStart(6)} B  ${verdict}`,
  )
}
if (rows.some(({ bytes, budget }) => bytes > budget)) process.exitCode = 1
