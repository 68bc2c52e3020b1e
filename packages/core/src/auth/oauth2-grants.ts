import * as oauth from 'oauth4webapi'
import { ConnectorError } from '../errors/connector-error.ts'
import {
  AuthRejectedError,
  ProtocolError,
  ReauthRequiredError,
  TokenEndpointError,
} from '../errors/errors.ts'
import { readRetryAfterMs } from '../http/retry-after.ts'
import type { AuthContext, TokenReply } from './authenticator.ts'
import { assertSendable, readCredential } from './credential-value.ts'
import type { TokenEndpointOptions } from './oauth2.ts'
import type { HeldTokens } from './token-session.ts'
import { Secret } from './secret.ts'
import { readExpiresIn } from './token-lifetime.ts'

/** What a grant needs from its caller. */
export interface GrantContext {
  options: TokenEndpointOptions
  clientId: string
  previous: HeldTokens
  now: () => number
  context: AuthContext
}

/** Renews by a refresh token. @see https://www.rfc-editor.org/rfc/rfc6749#section-6 */
export async function refreshTokens(refreshToken: Secret, given: GrantContext): Promise<HeldTokens> {
  given.context.protect(refreshToken)
  const { server, client, authentication, request, response } = await endpointOf(given)
  const answer = await oauth.refreshTokenGrantRequest(
    server,
    client,
    authentication,
    refreshToken.reveal(),
    request,
  )
  return read(given, () => oauth.processRefreshTokenResponse(server, client, answer, response))
}

/** The app's own tokens. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
export async function clientCredentials(given: GrantContext): Promise<HeldTokens> {
  const { server, client, authentication, request, response } = await endpointOf(given)
  const parameters = given.options.tokenParameters ?? {}
  const answer = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    parameters,
    request,
  )
  return read(given, () => oauth.processClientCredentialsResponse(server, client, answer, response))
}

async function endpointOf({ options, clientId, context }: GrantContext) {
  const { clientSecret, tokenUrl, tokenParameters, scheme = 'Bearer' } = options
  const secret = clientSecret === undefined ? undefined : await readCredential('clientSecret', clientSecret)
  if (secret) context.protect(secret)
  const server: oauth.AuthorizationServer = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl }
  const client: oauth.Client = { client_id: clientId }
  const request: oauth.TokenEndpointRequestOptions = {
    ...(tokenParameters && { additionalParameters: tokenParameters }),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- for loopback; elsewhere `sendTokenRequest` refuses plain http
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (url, init) => send(url, init, options, context),
  }
  const response = { recognizedTokenTypes: { [scheme.toLowerCase()]: () => undefined } }
  return { server, client, authentication: clientAuthentication(options, secret), request, response }
}

type SentRequest = oauth.CustomFetchOptions<'POST', URLSearchParams>

async function read(
  given: GrantContext,
  process: () => Promise<oauth.TokenEndpointResponse>,
): Promise<HeldTokens> {
  const receivedAt = given.now()
  try {
    return toHeldTokens(await process(), given, receivedAt)
  } catch (error) {
    throw toConnectorError(error)
  }
}

function clientAuthentication(options: TokenEndpointOptions, secret: Secret | undefined): oauth.ClientAuth {
  if (!secret) return oauth.None()
  return options.clientAuthentication === 'basic'
    ? oauth.ClientSecretBasic(secret.reveal())
    : oauth.ClientSecretPost(secret.reveal())
}

async function send(
  url: string,
  init: SentRequest,
  options: TokenEndpointOptions,
  context: AuthContext,
): Promise<Response> {
  const isJson = options.tokenRequestFormat === 'json'
  const body = isJson ? JSON.stringify(Object.fromEntries(init.body)) : init.body.toString()
  const headers: Record<string, string | Secret> = {
    ...init.headers,
    ...options.tokenHeaders,
    accept: 'application/json',
    'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
  }
  const authorization = init.headers['authorization']
  if (authorization !== undefined) headers['authorization'] = new Secret(authorization)
  const reply = await context.sendTokenRequest({ url, headers, body: new Secret(body) })
  return normalized(reply)
}

/** The reply as RFC 6749 has it: some servers answer errors with 200, or lifetimes as strings. */
function normalized(reply: TokenReply): Response {
  const json = parse(reply)
  const isError = typeof json['error'] === 'string'
  if (!isError && (reply.status < 200 || reply.status > 299))
    throw failed(reply.status, { headers: reply.headers })
  if (!isError) {
    const expiresIn = readExpiresIn(json['expires_in'])
    if (Number.isNaN(expiresIn)) throw unusable('expires_in', 'a number of seconds')
    if (expiresIn === undefined) delete json['expires_in']
    else json['expires_in'] = expiresIn
    if (json['refresh_token'] === null || json['refresh_token'] === '') delete json['refresh_token']
  }
  const status = isError ? Math.max(reply.status, 400) : 200
  return Response.json(json, { status })
}

function parse(reply: TokenReply): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(reply.text)
  } catch {
    throw reply.status >= 400 ? failed(reply.status, { headers: reply.headers }) : unusable('body', 'JSON')
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw unusable('body', 'a JSON object')
  return json as Record<string, unknown>
}

function toHeldTokens(
  reply: oauth.TokenEndpointResponse,
  given: GrantContext,
  receivedAt: number,
): HeldTokens {
  const accessToken = new Secret(reply.access_token)
  const refreshToken =
    reply.refresh_token === undefined ? given.previous.refreshToken : new Secret(reply.refresh_token)
  given.context.protect(accessToken)
  if (refreshToken) given.context.protect(refreshToken)
  try {
    assertSendable('access_token', accessToken)
  } catch {
    throw unusable('access_token', 'visible ASCII characters')
  }
  const lifetimeMs = reply.expires_in === undefined ? undefined : reply.expires_in * 1000
  const refreshLifetime = readExpiresIn(reply['refresh_token_expires_in'])
  const knowsRefreshLifetime = refreshLifetime !== undefined && !Number.isNaN(refreshLifetime)
  return {
    accessToken,
    refreshToken,
    lifetimeMs,
    expiresAt: lifetimeMs === undefined ? undefined : receivedAt + lifetimeMs,
    refreshTokenExpiresAt: knowsRefreshLifetime ? receivedAt + refreshLifetime * 1000 : undefined,
    scope: reply.scope ?? given.previous.scope,
  }
}

// `bad_refresh_token` and `incorrect_client_credentials` are GitHub's names for RFC 6749's
// `invalid_grant` and `invalid_client`.
const deadGrants = new Set(['invalid_grant', 'bad_refresh_token'])
const wrongClients = new Set(['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'])

function toConnectorError(error: unknown): ConnectorError {
  if (ConnectorError.isInstance(error)) return error
  if (error instanceof oauth.ResponseBodyError) {
    const { status } = error
    const remoteCode = /^[\w.-]{1,64}$/.test(error.error) ? error.error : 'unprintable'
    if (deadGrants.has(remoteCode)) {
      return new ReauthRequiredError(`The refresh token is no longer valid (${remoteCode}).`, {
        code: 'REAUTH_REQUIRED',
        outcome: 'not_sent',
        hint: 'Let the user connect the account again and build the connector with the new refresh token.',
        status,
        remoteCode,
      })
    }
    if (wrongClients.has(remoteCode)) {
      return new AuthRejectedError(`The token endpoint rejected the client (${remoteCode}).`, {
        code: 'AUTH_REJECTED',
        outcome: 'not_sent',
        hint: 'Check clientId and clientSecret against the settings of the app at the service.',
        status,
        remoteCode,
      })
    }
    return failed(status, { remoteCode })
  }
  // Its errors carry the reply; only the fact that it broke the protocol may leave.
  return unusable('body', 'a token response as of RFC 6749 section 5.1')
}

function failed(
  status: number,
  { remoteCode, headers }: { remoteCode?: string; headers?: Headers },
): TokenEndpointError {
  const waitMs = headers && readRetryAfterMs(headers)
  const named = remoteCode === undefined ? '' : ` (${remoteCode})`
  const isPassing = status >= 500 || status === 429 || status === 408
  return new TokenEndpointError(`The token endpoint answered ${status}${named}.`, {
    code: 'TOKEN_ENDPOINT_FAILED',
    outcome: 'not_sent',
    isRetryable: isPassing,
    hint: isPassing ? 'Try again later.' : 'Check the OAuth settings of the connector.',
    status,
    retryAt: waitMs === undefined ? undefined : new Date(Date.now() + waitMs),
    remoteCode,
  })
}

function unusable(field: string, expected: string): ProtocolError {
  return new ProtocolError(`The token endpoint answered something unusable: ${field} is not ${expected}.`, {
    code: 'REPLY_INVALID',
    outcome: 'not_sent',
    hint: 'The previous tokens are kept. Check that the token URL is the right one.',
    issues: [{ path: field, expected }],
  })
}
