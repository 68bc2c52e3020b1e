import { createPublicKey } from 'node:crypto'
import { AuthRejectedError, ConfigError, PermissionError, Secret, TokenEndpointError } from '@agent/core'
import { createGithubEmulator } from '@agent/emulators'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { getIssue } from '../src/index.ts'
import {
  connectionOf,
  connectorOf,
  makeKeys,
  mintsOf,
  type Pem,
  pemOf,
  publicPemOf,
  seedWithApp,
  tokensOf,
} from './app-world.ts'
import { failureOf, place, useGithub } from './world.ts'

const { privateKey: key, publicKey } = makeKeys()
const other = makeKeys()
const privateKey = pemOf(key)
const installed = { appId: 7, privateKey, installationId: 70 }
const hourMs = 3_600_000
const seed = seedWithApp(publicPemOf(publicKey))
const firstIssue = { ...place, issue_number: 1 }

let serverAheadMs = 0
const now = () => Date.now() + serverAheadMs
const world = useGithub({ seed, now })
const paths = () => world.emulator.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)
afterEach(() => {
  serverAheadMs = 0
})

describe('an installation token', () => {
  it('T33: of 520 characters with dots is minted once for 100 parallel calls, and used as it is', async () => {
    const github = connectorOf(world.emulator, installed)
    const issues = await Promise.all(Array.from({ length: 100 }, () => github.issues.get(firstIssue)))
    expect(issues.map(({ number }) => number)).toEqual(Array<number>(100).fill(1))
    await github.issues.get(firstIssue)
    expect(mintsOf(world.emulator)).toHaveLength(1)
    const [minted] = tokensOf(world.emulator)
    expect(minted?.token).toMatch(/^[^.]+\.[^.]+\.[^.]+$/)
    expect(minted?.token).toHaveLength(520)
    const sent = world.emulator.requests.slice(1).map(({ headers }) => headers['authorization'])
    expect(new Set(sent)).toEqual(new Set([`Bearer ${minted?.token}`]))
  })

  it.each<[string, object, string[]]>([
    ['of an id as text', { installationId: '70' }, []],
    ['of an app named by its client id', { appId: 'test-app-client-id', installationId: 70 }, []],
    [
      'of a repository',
      { repository: 'harborworks/billing-portal' },
      ['GET /repos/harborworks/billing-portal/installation 200'],
    ],
    ['of an organization', { account: 'harborworks' }, ['GET /orgs/harborworks/installation 200']],
  ])('%s is minted after the lookups it takes, which are not repeated', async (_, where, lookups) => {
    const times = { shift: 0 }
    const auth = { appId: 7, privateKey, ...where }
    const local = { settleMs: 0, now: () => Date.now() + times.shift }
    const connection = connectionOf(world.emulator, auth, local)
    await connection.run(getIssue, firstIssue)
    times.shift = serverAheadMs = 2 * hourMs
    await connection.run(getIssue, firstIssue)
    const mint = 'POST /app/installations/70/access_tokens 201'
    const get = 'GET /repos/harborworks/billing-portal/issues/1 200'
    expect(paths()).toEqual([...lookups, mint, get, mint, get])
  })

  it('of a user is found after no organization of that name was', async () => {
    await connectorOf(world.emulator, { appId: 7, privateKey, account: 'maria-silva' }).issues.get(firstIssue)
    expect(paths().slice(0, 3)).toEqual([
      'GET /orgs/maria-silva/installation 404',
      'GET /users/maria-silva/installation 200',
      'POST /app/installations/71/access_tokens 201',
    ])
  })

  it('T01: is renewed in the last five minutes of its hour', async () => {
    let shift = 0
    const connection = connectionOf(world.emulator, installed, { now: () => Date.now() + shift })
    for (const [minutes, mints] of [
      [0, 1],
      [54, 1],
      [56, 2],
      [57, 2],
    ] as const) {
      shift = serverAheadMs = minutes * 60_000
      await connection.run(getIssue, firstIssue)
      expect(mintsOf(world.emulator)).toHaveLength(mints)
    }
    expect(world.emulator.requests.every(({ status }) => status === 200 || status === 201)).toBe(true)
  })

  it('T02: refused before its time is renewed once, for 50 calls that hear of it late', async () => {
    const connection = connectionOf(world.emulator, installed, { settleMs: 0 })
    await connection.run(getIssue, firstIssue)
    world.emulator.revokeToken(tokensOf(world.emulator)[0]?.token ?? '')
    await Promise.all(Array.from({ length: 50 }, () => connection.run(getIssue, firstIssue)))
    expect(mintsOf(world.emulator)).toHaveLength(2)
  })

  it('T02: refused again and again is an error, not a loop', async () => {
    const connection = connectionOf(world.emulator, installed, { settleMs: 0 })
    world.emulator.addFault({
      kind: 'fails-before-applying',
      status: 401,
      times: 9,
      match: { path: /\/issues\/1$/ },
    })
    const error = await failureOf(connection.run(getIssue, firstIssue))
    expect(AuthRejectedError.isInstance(error)).toBe(true)
    expect(mintsOf(world.emulator)).toHaveLength(2)
    expect(JSON.stringify(error)).not.toContain(tokensOf(world.emulator)[0]?.token)
  })

  it('T34: refused right after it was made is tried again when it has settled, not made anew', async () => {
    const connection = connectionOf(world.emulator, installed, { settleMs: 200 })
    const match = { path: /\/issues\/1$/ }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 401, match })
    expect(await connection.run(getIssue, firstIssue)).toMatchObject({ number: 1 })
    expect(mintsOf(world.emulator)).toHaveLength(1)
  })

  it('T34: is not waited for once it is five seconds old', async () => {
    const connection = connectionOf(world.emulator, installed, {})
    await connection.run(getIssue, firstIssue)
    const monotonic = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => monotonic() + 5_000)
    const match = { path: /\/issues\/1$/ }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 401, match })
    expect(await connection.run(getIssue, firstIssue)).toMatchObject({ number: 1 })
    expect(mintsOf(world.emulator)).toHaveLength(2)
  })

  it.each([0, 10, -10])(
    'T16: is asked for with a JWT of a minute ago to nine minutes ahead, by the clock of GitHub: %i minutes off',
    async (minutes) => {
      serverAheadMs = minutes * 60_000
      const startedAt = Math.floor(now() / 1000)
      await connectorOf(world.emulator, installed).issues.get(firstIssue)
      const jwt = String(mintsOf(world.emulator).at(-1)?.headers['authorization']).split(' ')[1] ?? ''
      const { iat, exp, iss } = JSON.parse(
        Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString(),
      ) as Record<string, unknown>
      expect(iss).toBe('7')
      expect(Math.abs(Number(iat) - (startedAt - 60))).toBeLessThanOrEqual(3)
      expect(Number(exp) - Number(iat)).toBe(600)
      expect(mintsOf(world.emulator)).toHaveLength(minutes === 0 ? 1 : 2)
    },
  )

  it('T16: refused for its JWT by a clock that jumps about is asked for twice, not in a loop', async () => {
    const match = { path: /access_tokens$/ }
    for (const year of [2001, 2011, 2031]) {
      const headers = { date: new Date(Date.UTC(year, 0)).toUTCString() }
      world.emulator.addFault({ kind: 'fails-before-applying', status: 401, headers, match })
    }
    const error = await failureOf(connectorOf(world.emulator, installed).issues.get(firstIssue))
    expect(error).toMatchObject({ code: 'AUTH_REJECTED', outcome: 'not_sent' })
    expect(mintsOf(world.emulator)).toHaveLength(2)
  })

  it('T34: is waited for no longer than the caller wants', async () => {
    const connection = connectionOf(world.emulator, installed, { settleMs: 60_000 })
    const abort = new AbortController()
    const match = { path: /\/issues\/1$/ }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 401, match })
    const call = connection.run(getIssue, firstIssue, { signal: abort.signal })
    await vi.waitFor(() => {
      expect(paths().at(-1)).toMatch(/issues\/1 401$/)
    })
    abort.abort()
    expect(await failureOf(call)).toMatchObject({ code: 'ABORTED' })
  })

  it.each([10, -10])(
    'T16: is got although the clock is %i minutes off, and lasts its hour',
    async (minutes) => {
      serverAheadMs = minutes * 60_000
      let shift = 0
      const connection = connectionOf(world.emulator, installed, { now: () => Date.now() + shift })
      await connection.run(getIssue, firstIssue)
      shift = 54 * 60_000
      serverAheadMs += shift
      await connection.run(getIssue, firstIssue)
      expect(mintsOf(world.emulator).map(({ status }) => status)).toEqual([401, 201])
    },
  )
})

describe('the hosts and narrowings of tokens', () => {
  it('are never mixed: no token of one host reaches another', async () => {
    const second = await createGithubEmulator({ seed })
    try {
      const here = connectorOf(world.emulator, installed)
      const there = connectorOf(second, installed, '/api/v3')
      await Promise.all([here, there, here, there].map((github) => github.issues.get(firstIssue)))
      expect([mintsOf(world.emulator).length, mintsOf(second).length]).toEqual([1, 1])
      expect(mintsOf(second)[0]?.path).toBe('/api/v3/app/installations/70/access_tokens')
      for (const emulator of [world.emulator, second]) {
        const [minted] = tokensOf(emulator)
        const sent = emulator.requests.filter(({ path }) => path.endsWith('/issues/1'))
        expect(sent.map(({ status, headers }) => [status, headers['authorization']])).toEqual(
          Array(2).fill([200, `Bearer ${minted?.token}`]),
        )
      }
    } finally {
      await second.close()
    }
  })

  it('bound each connector by its own', async () => {
    const narrow = connectorOf(world.emulator, {
      ...installed,
      repositories: ['billing-portal'],
      permissions: { issues: 'read' },
    })
    const wide = connectorOf(world.emulator, installed)
    const elsewhere = { owner: 'harborworks', repo: 'infrastructure' }
    const title = 'Written by an app'
    await Promise.all([narrow.issues.get(firstIssue), wide.issues.get(firstIssue)])
    expect(await failureOf(narrow.issues.create({ ...place, title }))).toMatchObject({
      code: 'PERMISSION_DENIED',
    })
    expect(await failureOf(narrow.repositories.get(elsewhere))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await wide.issues.create({ ...place, title })).toMatchObject({ title })
    expect(await wide.repositories.get(elsewhere)).toMatchObject({ private: true })
    expect(mintsOf(world.emulator).map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        { repositories: ['billing-portal'], permissions: { issues: 'read' } },
        expect.not.objectContaining({ permissions: { issues: 'read' } }),
      ]),
    )
    expect(new Set(tokensOf(world.emulator).map(({ token }) => token)).size).toBe(2)
  })
})

describe('the private key', () => {
  it.each<[string, string | Secret | (() => Promise<string>)]>([
    ['PKCS#1', pemOf(key, 'pkcs1')],
    ['PKCS#8', pemOf(key, 'pkcs8')],
    ['PKCS#1 in one line with \\n', pemOf(key, 'pkcs1').replaceAll('\n', '\\n')],
    ['PKCS#8 in one line with \\r\\n', pemOf(key, 'pkcs8').replaceAll('\n', '\\r\\n')],
    ['a Secret', new Secret(privateKey)],
    ['a function', () => Promise.resolve(privateKey)],
  ])('T35: is taken as %s', async (_, given) => {
    const github = connectorOf(world.emulator, { ...installed, privateKey: given })
    expect(await github.issues.get(firstIssue)).toMatchObject({ number: 1 })
  })

  it('of 4096 bits is taken in either form', async () => {
    const long = makeKeys(4096)
    world.emulator.state.apps.get(7)?.publicKeys.push(long.publicKey)
    for (const type of ['pkcs1', 'pkcs8'] satisfies Pem[]) {
      const github = connectorOf(world.emulator, { ...installed, privateKey: pemOf(long.privateKey, type) })
      expect(await github.issues.get(firstIssue)).toMatchObject({ number: 1 })
    }
  })

  it('T38: is read again for each token, so a rotated one needs no restart', async () => {
    let current = privateKey
    const auth = { ...installed, privateKey: () => current }
    const connection = connectionOf(world.emulator, auth, { settleMs: 0 })
    await connection.run(getIssue, firstIssue)
    world.emulator.state.apps.get(7)!.publicKeys = [createPublicKey(other.privateKey)]
    current = pemOf(other.privateKey)
    world.emulator.revokeToken(tokensOf(world.emulator)[0]?.token ?? '')
    expect(await connection.run(getIssue, firstIssue)).toMatchObject({ number: 1 })
    expect(mintsOf(world.emulator).map(({ status }) => status)).toEqual([201, 201])
  })

  it('T35: of another app is refused once, with what to check', async () => {
    const wrong = pemOf(other.privateKey)
    const error = await failureOf(
      connectorOf(world.emulator, { ...installed, privateKey: wrong }).viewer.get(),
    )
    expect(AuthRejectedError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ code: 'AUTH_REJECTED', status: 401, outcome: 'not_sent' })
    expect(String((error as AuthRejectedError).hint)).toMatch(/privateKey.*appId.*clock/)
    expect(paths()).toEqual(['POST /app/installations/70/access_tokens 401'])
  })
})

describe('what the app is refused', () => {
  const suspended = { installationId: 72 }
  it.each<[string, object, typeof ConfigError | typeof PermissionError, object]>([
    ['an unknown app', { appId: 999 }, ConfigError, { issues: [{ path: 'appId' }], status: 404 }],
    [
      'an unknown installation',
      { installationId: 999 },
      ConfigError,
      { issues: [{ path: 'installationId' }] },
    ],
    ["another app's installation", { appId: 8 }, ConfigError, { issues: [{ path: 'installationId' }] }],
    [
      'an account without it',
      { installationId: undefined, account: 'nobody' },
      ConfigError,
      { issues: [{ path: 'account' }] },
    ],
    [
      'a repository without it',
      { installationId: undefined, repository: 'harborworks/nothing' },
      ConfigError,
      { issues: [{ path: 'repository' }] },
    ],
    ['a suspended installation', suspended, PermissionError, { code: 'PERMISSION_DENIED', status: 403 }],
    [
      'a repository too many',
      { repositories: ['billing-portal', 'nothing'] },
      ConfigError,
      { issues: [{ path: 'repositories' }], status: 422 },
    ],
    [
      'a permission too high',
      { permissions: { issues: 'admin' } },
      ConfigError,
      { issues: [{ path: 'permissions' }], status: 422 },
    ],
  ])('for %s is typed, has a hint and no key', async (_, auth, Class, details) => {
    const given = JSON.parse(JSON.stringify({ ...installed, ...auth })) as typeof installed
    if ('installationId' in auth && auth.installationId === undefined)
      delete (given as Partial<typeof given>).installationId
    const error = await failureOf(connectorOf(world.emulator, given).issues.get(firstIssue))
    expect(Class.isInstance(error)).toBe(true)
    const issues =
      'issues' in details
        ? { issues: (details.issues as object[]).map((one) => expect.objectContaining(one) as object) }
        : {}
    expect(error).toMatchObject({
      ...details,
      ...issues,
      outcome: 'not_sent',
      hint: expect.any(String) as string,
    })
    expect(JSON.stringify(error)).not.toContain('PRIVATE')
    expect(paths().some((path) => path.includes('/issues/'))).toBe(false)
  })

  it('T22: for want of a working server may be tried again, and a token that is still good is used meanwhile', async () => {
    let shift = 0
    const connection = connectionOf(world.emulator, installed, { now: () => Date.now() + shift })
    const fault = { kind: 'fails-before-applying', times: 3, match: { path: /access_tokens$/ } } as const
    world.emulator.addFault({ ...fault, status: 503 })
    const error = await failureOf(connection.run(getIssue, firstIssue))
    expect(TokenEndpointError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ isRetryable: true, status: 503, outcome: 'not_sent' })
    await connection.run(getIssue, firstIssue)
    shift = serverAheadMs = 56 * 60_000
    world.emulator.addFault({ ...fault, status: 500 })
    expect(await connection.run(getIssue, firstIssue)).toMatchObject({ number: 1 })
    expect(mintsOf(world.emulator).map(({ status }) => status)).toEqual([503, 503, 503, 201, 500, 500, 500])
  })

  it('T23: for calling too fast says when to come back', async () => {
    const headers = { 'retry-after': '90' }
    const match = { path: /access_tokens$/ }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 429, headers, match })
    const error = await failureOf(connectorOf(world.emulator, installed).viewer.get())
    expect(error).toMatchObject({ code: 'TOKEN_ENDPOINT_FAILED', isRetryable: true })
    expect((error as TokenEndpointError).retryAt?.getTime()).toBeGreaterThan(Date.now() + 80_000)
  })

  it('T24: as an answer that is none names what was wrong', async () => {
    world.emulator.addFault({ kind: 'html', match: { path: /access_tokens$/ } })
    const error = await failureOf(connectorOf(world.emulator, installed).viewer.get())
    expect(error).toMatchObject({ outcome: 'not_sent', isRetryable: false })
  })

  it('as the user it is not: an app has no viewer', async () => {
    const error = await failureOf(connectorOf(world.emulator, installed).viewer.get())
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED', status: 403 })
  })
})
