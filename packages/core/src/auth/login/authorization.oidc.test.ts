import { describe, expect, it } from 'vitest'
import { connectWith } from '../../../test/connect-with.ts'
import { getItem } from '../../../test/example-service.ts'
import { failure } from '../../../test/failure.ts'
import {
  approve,
  clientId,
  clientSecret,
  type OidcServer,
  redirectUri,
  serveOidc,
} from '../../../test/oidc-server.ts'
import { json, serve } from '../../../test/serve.ts'
import {
  clientCredentials,
  finishAuthorization,
  oauth2,
  type OAuth2Tokens,
  startAuthorization,
  startDeviceAuthorization,
} from '../../index.ts'

const optionsOf = ({ authorizationUrl, tokenUrl, url }: OidcServer) => ({
  authorizationUrl,
  tokenUrl,
  clientId,
  clientSecret,
  redirectUri,
  scope: 'items',
  issuer: url,
  isIssuerSent: true,
})

async function login(server: OidcServer) {
  const options = optionsOf(server)
  const { url, pending } = await startAuthorization(options)
  const callback = await approve(server, url)
  return { callback, pending, options }
}

const item = { id: 1 }

async function call(server: OidcServer, authenticator: ReturnType<typeof oauth2>) {
  const api = await serve(json(item))
  const connection = connectWith(api, { authenticator, origins: [server.url] })
  return connection.run(getItem, { item_id: 1 })
}

describe('against a certified server', () => {
  it('an authorization code with PKCE becomes tokens, and only once', async () => {
    const server = await serveOidc()
    const { callback, pending, options } = await login(server)
    const parked = JSON.parse(JSON.stringify(pending)) as typeof pending
    const tokens = await finishAuthorization(callback, pending, options)
    expect(tokens).toMatchObject({ accessToken: expect.any(String) as string, scope: 'items' })
    expect(tokens.refreshToken).toEqual(expect.any(String))
    expect(tokens.expiresAt?.getTime()).toBeGreaterThan(Date.now())
    expect(await failure(finishAuthorization(callback, parked, options))).toMatchObject({
      name: 'AuthRejectedError',
      code: 'AUTHORIZATION_INVALID',
      outcome: 'not_sent',
    })
    expect(server.tokenRequests).toHaveLength(1)
  })

  it.each(['body', 'basic'] as const)('works with the client in %s', async (clientAuthentication) => {
    const method = clientAuthentication === 'body' ? 'client_secret_post' : 'client_secret_basic'
    const server = await serveOidc({ token_endpoint_auth_method: method })
    const { callback, pending, options } = await login(server)
    const tokens = await finishAuthorization(callback, pending, { ...options, clientAuthentication })
    expect(tokens.accessToken).not.toBe('')
  })

  it('works for a public client', async () => {
    const server = await serveOidc({ client_secret: undefined, token_endpoint_auth_method: 'none' })
    const { callback, pending, options } = await login(server)
    const tokens = await finishAuthorization(callback, pending, { ...options, clientSecret: undefined })
    expect(tokens.accessToken).not.toBe('')
  })

  it('T30 the server refuses the code with another verifier', async () => {
    const server = await serveOidc()
    const { callback, pending, options } = await login(server)
    const forged = { ...pending, codeVerifier: 'x'.repeat(43) }
    expect(await failure(finishAuthorization(callback, forged, options))).toMatchObject({
      code: 'AUTHORIZATION_INVALID',
      remoteCode: 'invalid_grant',
    })
  })

  it('T07 the refresh token rotates; T04 a reused one ends the grant', async () => {
    const server = await serveOidc()
    const { callback, pending, options } = await login(server)
    const first = await finishAuthorization(callback, pending, options)
    const handed: OAuth2Tokens[] = []
    const clock = { now: Date.now() }
    const authenticator = oauth2({
      tokenUrl: server.tokenUrl,
      clientId,
      clientSecret,
      ...first,
      onTokens: (tokens) => void handed.push(tokens),
      now: () => clock.now,
    })
    clock.now += 3_600_000
    expect(await call(server, authenticator)).toEqual(item)
    clock.now += 3_600_000
    expect(await call(server, authenticator)).toEqual(item)
    const sent = server.tokenRequests.slice(1).map(({ parameters }) => parameters['refresh_token'])
    expect(sent).toEqual([first.refreshToken, handed[0]?.refreshToken])
    expect(new Set([first.refreshToken, ...handed.map(({ refreshToken }) => refreshToken)]).size).toBe(3)

    const stale = { tokenUrl: server.tokenUrl, clientId, clientSecret, refreshToken: first.refreshToken }
    expect(await failure(call(server, oauth2(stale)))).toMatchObject({ code: 'REAUTH_REQUIRED' })
    const latest = { ...stale, refreshToken: handed.at(-1)?.refreshToken }
    expect(await failure(call(server, oauth2(latest)))).toMatchObject({ code: 'REAUTH_REQUIRED' })
  })

  it('client credentials get a token', async () => {
    const server = await serveOidc()
    const authenticator = clientCredentials({ tokenUrl: server.tokenUrl, clientId, clientSecret })
    expect(await call(server, authenticator)).toEqual(item)
    expect(server.tokenRequests).toMatchObject([{ status: 200 }])
  })

  it('a device code becomes tokens once the user has approved', async () => {
    const server = await serveOidc()
    const { deviceAuthorizationUrl, tokenUrl } = server
    const client = { deviceAuthorizationUrl, tokenUrl, clientId, clientSecret, scope: 'items' }
    const device = await startDeviceAuthorization({ ...client, wait: () => Promise.resolve() })
    const page = device.verificationUriComplete ?? ''
    expect(new URL(page).searchParams.get('user_code')).toBe(device.userCode)
    expect(device.expiresAt.getTime()).toBeGreaterThan(Date.now())
    const controller = new AbortController()
    const undecided = device.poll({
      signal: controller.signal,
      onPoll: ({ attempt }) => {
        if (attempt === 3) controller.abort()
      },
    })
    expect(await failure(undecided)).toMatchObject({ name: 'AbortError' })
    await approve(server, page)
    expect(await device.poll()).toMatchObject({ accessToken: expect.any(String) as string, scope: 'items' })
  })

  it('T32 a device code that the user turned down is told apart', async () => {
    const server = await serveOidc()
    const { deviceAuthorizationUrl, tokenUrl } = server
    const client = { deviceAuthorizationUrl, tokenUrl, clientId, clientSecret, scope: 'items' }
    const device = await startDeviceAuthorization({ ...client, wait: () => Promise.resolve() })
    await approve(server, device.verificationUriComplete ?? '', { abort: 'yes' })
    expect(await failure(device.poll())).toMatchObject({ code: 'AUTHORIZATION_DENIED', outcome: 'not_sent' })
  })
})
