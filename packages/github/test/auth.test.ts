import { describe, expect, it } from 'vitest'
import { defaultGithubSeed, type GithubSeed } from '@agent/emulators'
import { AuthRejectedError, type OAuth2Tokens, ReauthRequiredError } from '@agent/core'
import { failureOf, place, token, useGithub } from './world.ts'

const app = { type: 'oauth', clientId: 'test-client-id', clientSecret: 'test-client-secret' } as const
const world = useGithub()
const tokenRequests = () => world.emulator.requests.filter(({ path }) => path === '/login/oauth/access_token')
const apiRequests = () => world.emulator.requests.filter(({ path }) => !path.startsWith('/login/'))

describe('personal access token', () => {
  it('goes out as a bearer token, with version, media type and product', async () => {
    await world.connect({ userAgent: 'helpdesk/2.1' }).viewer.get()
    expect(world.emulator.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer test-token-1',
      'x-github-api-version': '2026-03-10',
      accept: 'application/vnd.github+json',
      'user-agent': expect.stringMatching(/^helpdesk\/2\.1 \S/) as string,
    })
  })

  it.each(['test-token-expired', 'test-token-unknown'])('T36 that is %s is refused once', async (value) => {
    const error = await failureOf(world.connect({ auth: token(value) }).viewer.get())
    expect(AuthRejectedError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ code: 'AUTH_REJECTED', status: 401, isRetryable: false })
    expect(String(error)).not.toContain(value)
    expect(world.emulator.requests).toHaveLength(1)
  })

  it('T36 that is rejected is not tried until GitHub locks logins out, and then not again', async () => {
    const locked = 'Maximum number of login attempts exceeded. Please try again later.'
    const github = world.connect({ auth: token('test-token-unknown') })
    expect(await failureOf(github.viewer.get())).toMatchObject({ code: 'AUTH_REJECTED', status: 401 })
    expect(world.emulator.requests).toHaveLength(1)
    world.emulator.addFault({
      kind: 'fails-before-applying',
      status: 403,
      body: { message: locked },
      times: 9,
    })
    const calls = [github.viewer.get(), github.issues.create({ ...place, title: 'Never made' })]
    for (const call of calls) {
      expect(await failureOf(call)).toMatchObject({
        code: 'AUTH_REJECTED',
        status: 403,
        isRetryable: false,
        attempts: 1,
        outcome: 'rejected',
      })
    }
    expect(world.emulator.requests).toHaveLength(3)
  })

  it('from a function is asked for again after a 401', async () => {
    const values = ['test-token-expired', 'test-token-1']
    const auth = { type: 'personalAccessToken', token: () => values.shift() ?? 'test-token-1' } as const
    expect(await world.connect({ auth }).viewer.get()).toMatchObject({ login: 'maria-silva' })
    expect(world.emulator.requests.map(({ status }) => status)).toEqual([401, 200])
  })
})

describe('oauth', () => {
  it('uses an access token alone, and says so when it is refused', async () => {
    const auth = { type: 'oauth', accessToken: 'test-access-token' } as const
    const github = world.connect({ auth })
    expect(await github.viewer.get()).toMatchObject({ login: 'maria-silva' })
    world.emulator.revokeToken('test-access-token')
    expect(await failureOf(github.viewer.get())).toMatchObject({ code: 'AUTH_REJECTED' })
    expect(tokenRequests()).toEqual([])
  })

  it('fetches an access token first when there is none', async () => {
    const github = world.connect({ auth: { ...app, refreshToken: 'test-refresh-token' } })
    expect(await github.viewer.get()).toMatchObject({ login: 'maria-silva' })
    expect(tokenRequests().map(({ body }) => body)).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'test-refresh-token',
        client_id: 'test-client-id',
        client_secret: 'test-client-secret',
      },
    ])
  })

  it.each([
    ['known to be expired', { expiresAt: '2020-01-01T00:00:00Z' }, 0],
    ['refused by GitHub', {}, 50],
  ])('T02 renews an access token %s once for 50 calls at a time', async (_, expiry, refused) => {
    const kept: OAuth2Tokens[] = []
    const github = world.connect({
      auth: {
        ...app,
        ...expiry,
        accessToken: 'test-token-expired',
        refreshToken: 'test-refresh-token',
        onTokens: (tokens) => void kept.push(tokens),
      },
    })
    const calls = Array.from({ length: 50 }, () => github.issues.get({ ...place, issue_number: 1 }))
    const issues = await Promise.all(calls)
    expect(issues.map(({ number }) => number)).toEqual(Array<number>(50).fill(1))
    expect(tokenRequests()).toHaveLength(1)
    expect(kept).toHaveLength(1)
    const statuses = apiRequests().map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(50)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(refused)
    expect(statuses.filter((status) => status === 401).length > 0).toBe(refused > 0)
  })

  it('T07 hands over each single-use refresh token before the new access token is used', async () => {
    const events: string[] = []
    const kept: OAuth2Tokens[] = []
    const github = world.connect({
      auth: {
        ...app,
        accessToken: 'test-access-token',
        refreshToken: 'test-refresh-token',
        onTokens: (tokens) => {
          kept.push(tokens)
          events.push('kept')
        },
      },
      onRequest: ({ action }) => events.push(action),
    })
    world.emulator.revokeToken('test-access-token')
    await github.viewer.get()
    expect(events).toEqual(['viewer.get', 'kept', 'viewer.get'])
    const [tokens] = kept
    expect(tokens?.refreshToken).not.toBe('test-refresh-token')
    expect(tokens?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 7 * 3_600_000)
    expect(tokens?.refreshTokenExpiresAt?.getTime()).toBeGreaterThan(Date.now() + 180 * 86_400_000)

    // A process that starts with what was kept goes on; one with the used token cannot.
    const { accessToken, refreshToken, expiresAt } = tokens!
    const next = world.connect({
      auth: { ...app, refreshToken: refreshToken!, accessToken, expiresAt: expiresAt! },
    })
    expect(await next.viewer.get()).toMatchObject({ login: 'maria-silva' })
    expect(tokenRequests()).toHaveLength(1)
    const late = world.connect({ auth: { ...app, refreshToken: 'test-refresh-token' } })
    expect(await failureOf(late.viewer.get())).toMatchObject({ code: 'REAUTH_REQUIRED' })
  })

  it('T03 is renewed once where GitHub refuses every token, never in a loop', async () => {
    const body = { message: 'Bad credentials' }
    const match = { path: /^\/user$/ }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 401, body, match, times: 9 })
    const auth = { ...app, accessToken: 'test-access-token', refreshToken: 'test-refresh-token' }
    const error = await failureOf(world.connect({ auth }).viewer.get())
    expect(error).toMatchObject({ code: 'AUTH_REJECTED', outcome: 'rejected', attempts: 2 })
    expect(tokenRequests()).toHaveLength(1)
    expect(apiRequests()).toHaveLength(2)
  })

  it('T06 takes an error in a 200 for what it is, and does not ask again', async () => {
    const github = world.connect({ auth: { ...app, refreshToken: 'test-refresh-token-unknown' } })
    const error = await failureOf(github.issues.create({ ...place, title: 'Never sent' }))
    expect(ReauthRequiredError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', outcome: 'not_sent' })
    expect(tokenRequests().map(({ status }) => status)).toEqual([200])
    expect(await failureOf(github.viewer.get())).toMatchObject({ code: 'REAUTH_REQUIRED' })
    expect(tokenRequests()).toHaveLength(1)
    expect(apiRequests()).toEqual([])
  })

  it('names wrong client credentials, and none of their values', async () => {
    const auth = { ...app, clientSecret: 'test-client-secret-wrong', refreshToken: 'test-refresh-token' }
    const error = await failureOf(world.connect({ auth }).viewer.get())
    expect(error).toMatchObject({ outcome: 'not_sent', isRetryable: false })
    expect(JSON.stringify(error) + String(error)).not.toMatch(/secret-wrong|test-refresh-token/)
    // The refresh token was not used up.
    const right = world.connect({ auth: { ...app, refreshToken: 'test-refresh-token' } })
    expect(await right.viewer.get()).toMatchObject({ login: 'maria-silva' })
  })
})

describe('T33 a token of 520 characters with dots', () => {
  const long = (part: string) => `test.${part.repeat(400)}.${part.repeat(114)}`
  const [accessToken, refreshToken] = [long('a'), long('r')]
  const seed: GithubSeed = {
    ...defaultGithubSeed,
    tokens: [{ token: accessToken, login: 'maria-silva', scopes: ['repo'] }],
    refreshTokens: [
      { token: refreshToken, clientId: app.clientId, login: 'maria-silva', permissions: { issues: 'write' } },
    ],
  }
  const world = useGithub({ seed })

  it.each([
    ['as a personal access token', token(accessToken)],
    ['as an access token', { type: 'oauth', accessToken }],
    ['as a refresh token', { ...app, refreshToken }],
  ] as const)('%s is used as it is', async (_, auth) => {
    expect(accessToken).toHaveLength(520)
    expect(await world.connect({ auth }).viewer.get()).toMatchObject({ login: 'maria-silva' })
  })

  it('is taken out of what GitHub says', async () => {
    const body = { message: `Not ${accessToken}.` }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 401, body })
    const error = await failureOf(world.connect({ auth: token(accessToken) }).viewer.get())
    expect((error as Error).message).toContain('[secret]')
    expect(JSON.stringify(error) + String(error)).not.toContain('aaaa')
  })
})
