import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { saveCredential } from '@agent/core'
import { localDirectories, localStore } from '@agent/core/node'
import { github } from '@agent/github'
import { expect, test } from 'vitest'
import type { Finding } from '../src/doctor/finding.ts'
import { json, type Ran, useWorld } from './world.ts'

const world = useWorld()
const doctor = (...more: string[]) => ['doctor', 'github', '--base-url', world.github.url, '--json', ...more]
const findings = (ran: Ran) => json(ran)['findings'] as Finding[]

async function save(token: string, expiresAt?: Date) {
  const store = localStore({ environment: world.environment })
  const auth = expiresAt
    ? ({ type: 'oauth', accessToken: token, expiresAt } as const)
    : ({ type: 'personalAccessToken', token } as const)
  await saveCredential(store, github, { account: 'maria-silva', auth, baseUrl: world.github.url })
}

/** As `expect.stringMatching`, whose type is `any`. */
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)

const git = (...args: string[]) => execFileSync('git', ['-C', world.directory, ...args], { stdio: 'ignore' })

test('All is well where the credential may do what it must', async () => {
  await save('test-token-1')
  const ran = await world.run(doctor('--actions', 'issues.list'))
  expect(ran.code).toBe(0)
  expect(findings(ran)).toEqual([
    expect.objectContaining({
      level: 'note',
      check: 'scopes',
      message: 'Has user, which no action in use needs.',
    }),
  ])
  expect(json(ran)).toMatchObject({
    credentials: [{ state: 'good', scopes: { granted: ['repo', 'user'], missing: [], unneeded: ['user'] } }],
  })
})

test('A scope that an action in use lacks is a problem', async () => {
  await save('test-token-no-scopes')
  const ran = await world.run(doctor('--actions', 'issues.list,issues.create'))
  expect(ran.code).toBe(4)
  expect(findings(ran)).toEqual([
    {
      level: 'problem',
      check: 'scopes',
      subject: 'github maria-silva',
      message: 'Lacks repo, which issues.list, issues.create need.',
      fix: 'Grant it: agent login github --account maria-silva',
    },
  ])
})

test('Without --actions a missing scope is a note', async () => {
  await save('test-token-no-scopes')
  const ran = await world.run(doctor())
  expect(ran.code).toBe(0)
  expect(findings(ran)).toMatchObject([{ level: 'note', check: 'scopes' }])
})

test('Of a user token of a GitHub App, which names no scopes, nothing is said to be missing', async () => {
  const store = localStore({ environment: world.environment })
  const auth = { type: 'oauth', accessToken: 'test-access-token' } as const
  const name = { account: 'maria-silva', baseUrl: world.github.url }
  await saveCredential(store, github, { ...name, auth, scope: '' })
  const ran = await world.run(doctor('--actions', 'issues.create'))
  expect(ran.code).toBe(0)
  expect(findings(ran)).toMatchObject([{ level: 'note', message: matching(/does not tell/) }])
})

test('A credential that is rejected, and one that ends soon, are problems', async () => {
  await save('test-token-unknown')
  const rejected = await world.run(doctor())
  expect(rejected.code).toBe(4)
  expect(findings(rejected)).toMatchObject([{ check: 'login', fix: matching(/agent login github/) }])
  await save('test-access-token', new Date(Date.now() + 3_600_000))
  const ending = await world.run(doctor())
  expect(findings(ending)).toContainEqual(expect.objectContaining({ level: 'problem', check: 'expiry' }))
})

test('Files that others may read are problems, and then the credentials are not used', async () => {
  await save('test-token-1')
  const { credentials, keys } = localDirectories({ environment: world.environment })
  chmodSync(credentials, 0o755)
  chmodSync(keys, 0o750)
  const ran = await world.run(doctor())
  expect(ran.code).toBe(4)
  expect(findings(ran)).toContainEqual({
    level: 'problem',
    check: 'files',
    subject: credentials,
    message: 'Other users may read or change it (mode 755).',
    fix: `Run: chmod 700 ${credentials}`,
  })
  expect(findings(ran)).toContainEqual(expect.objectContaining({ check: 'files', subject: keys }))
  expect(findings(ran)).toContainEqual(expect.objectContaining({ check: 'store' }))
})

test('A .env file that git tracks, or does not ignore, is a problem', async () => {
  git('init', '--quiet')
  writeFileSync(join(world.directory, '.env'), 'GITHUB_TOKEN=test-token-1\n', { mode: 0o600 })
  writeFileSync(join(world.directory, '.env.example'), 'GITHUB_TOKEN=\n')
  const untracked = await world.run(['doctor', '--json'])
  expect(findings(untracked)).toMatchObject([{ check: 'env-file', message: 'Is not ignored by git.' }])
  git('add', '.env')
  const tracked = await world.run(['doctor', '--json'])
  expect(tracked.code).toBe(4)
  expect(findings(tracked)).toMatchObject([
    { message: 'Is tracked by git.', fix: matching(/git rm --cached \.env/) },
  ])
  git('rm', '--cached', '.env')
  writeFileSync(join(world.directory, '.gitignore'), '.env\n')
  expect((await world.run(['doctor', '--json'])).code).toBe(0)
})

test('A .env file that others may read is a problem, in git or not', async () => {
  const file = join(world.directory, '.env.local')
  writeFileSync(file, 'A=b\n')
  chmodSync(file, 0o640)
  const ran = await world.run(['doctor', '--json'], { environment: { PATH: '' } })
  expect(ran.code).toBe(4)
  expect(findings(ran)).toMatchObject([
    { subject: file, message: matching(/mode 640/), fix: `Run: chmod 600 ${file}` },
  ])
})

test('Secrets in the environment are noted by name', async () => {
  const ran = await world.run(['doctor', '--json'], {
    environment: { GITHUB_TOKEN: 'test-token-1', HUBSPOT_CLIENT_SECRET: 'test-client-secret', HOME: '/' },
  })
  expect(ran.code).toBe(0)
  expect(findings(ran).map(({ subject }) => subject)).toEqual(['GITHUB_TOKEN', 'HUBSPOT_CLIENT_SECRET'])
})

test('For people, each finding says what to do', async () => {
  await save('test-token-no-scopes')
  const args = ['doctor', 'github', '--base-url', world.github.url, '--actions', 'issues.*', '--read-only']
  const ran = await world.run(args)
  expect(ran.stdout).toContain('Problem: github maria-silva')
  expect(ran.stdout).toContain('Grant it: agent login github --account maria-silva')
  expect(ran.stdout).toContain('1 problem found.')
})

test('Actions are those of a service', async () => {
  expect((await world.run(['doctor', '--actions', 'issues.list'])).code).toBe(2)
  const ran = await world.run(doctor('--actions', 'issues.lst'))
  expect(json(ran)).toMatchObject({ error: { hint: matching(/^Known: issues\.list,/) } })
})
