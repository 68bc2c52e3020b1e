// What an app of a user's own might hold; compiled and run outside the workspace, against the packed packages.
import { execFileSync } from 'node:child_process'
import { connectorTools } from '@agent/ai-sdk'
import { exitCodes } from '@agent/cli'
import { connect, encryptedStore, RemoteError, saveCredential } from '@agent/core'
import { fileStore } from '@agent/core/node'
import { createGithubEmulator, createHubspotEmulator } from '@agent/emulators'
import { getIssue, github as service, GithubConnector, type Issue } from '@agent/github'
import { type Contact, HubspotConnector } from '@agent/hubspot'
import { instrument } from '@agent/otel'
import { postgresStore } from '@agent/store-postgres'
import { redisStore } from '@agent/store-redis'
import { sqliteStore } from '@agent/store-sqlite'

const githubEmulator = await createGithubEmulator()
const hubspotEmulator = await createHubspotEmulator()
const auth = { type: 'personalAccessToken', token: 'test-token-1' } as const
const github = new GithubConnector({ auth, baseUrl: githubEmulator.url, ...instrument() })
const place = { owner: 'harborworks', repo: 'billing-portal' }

const titles: string[] = []
for await (const { title } of github.issues.list({ ...place, state: 'open' })) titles.push(title)
const opened: Issue = await github.issues.create({ ...place, title: 'Opened from outside' })
const { number: issue_number } = opened
const read = await connect(service, { auth, baseUrl: githubEmulator.url }).run(getIssue, {
  ...place,
  issue_number,
})

let code: string | undefined
try {
  await github.issues.get({ ...place, issue_number: 404 })
} catch (error) {
  if (!RemoteError.isInstance(error)) throw error
  code = error.code
}

// Under a credential that a store keeps; the databases are not asked here.
const files = fileStore({ directory: 'credentials' })
const store = encryptedStore(files, { keys: [{ id: 'first', key: new Uint8Array(32) }] })
await saveCredential(store, GithubConnector, { account: 'maria-silva', auth, baseUrl: githubEmulator.url })
const stored = new GithubConnector({
  auth: { type: 'stored', store, account: 'maria-silva' },
  baseUrl: githubEmulator.url,
})
const { login } = await stored.viewer.get()
const closed = [
  postgresStore({ connectionString: 'postgres://127.0.0.1/none' }),
  redisStore({ url: 'redis://127.0.0.1' }),
  sqliteStore({ path: 'credentials.db' }),
]
await Promise.all(closed.map((each) => each.close()))

const hubspot = new HubspotConnector({
  auth: { type: 'serviceKey', key: 'unknown-key' },
  baseUrl: hubspotEmulator.url,
})

/** Never called: the compiler must refuse what it marks, or the types have turned into `any`. */
export async function refused(): Promise<Contact> {
  // @ts-expect-error a number is expected
  await github.issues.get({ ...place, issue_number: 'one' })
  // @ts-expect-error no such field
  console.log(opened.headline)
  // @ts-expect-error no such kind of credential
  new HubspotConnector({ auth: { type: 'password' } })
  return hubspot.contacts.get({ contactId: '1' })
}

const help = execFileSync(process.execPath, ['node_modules/@agent/cli/dist/bin.js', '--help'], {
  encoding: 'utf8',
})
const { ok }: { ok: number } = exitCodes
const cli = ok === 0 && help.includes('agent doctor')
const tools = Object.keys(connectorTools(github)).length + Object.keys(connectorTools(hubspot)).length
console.log(JSON.stringify({ node: process.version, titles, read: read.title, code, login, tools, cli }))
await githubEmulator.close()
await hubspotEmulator.close()
