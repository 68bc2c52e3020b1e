import * as oauth from 'oauth4webapi'
import { ConnectorError } from '../errors/connector-error.ts'
import type { AuthContext, TokenReply } from './authenticator.ts'
import { readCredential } from './credential-value.ts'
import type { TokenEndpointOptions } from './oauth2.ts'
import { Secret } from './secret.ts'
import type { HeldTokens } from './held-tokens.ts'
import { baseUrlOf, lifetimesOf, normalized, sendableSecret, unusable } from './token-reply.ts'
import { type Refusal, refusalOf } from './token-refusal.ts'

/** What a grant needs from its caller. */
export interface GrantContext {
  options: TokenEndpointOptions
  /** Absent where the grant itself names the client. */
  clientId: string | undefined
  previous: HeldTokens
  now: () => number
  context: AuthContext
  /** What a refusal means, where the grant knows better than RFC 6749's general words. */
  refusal?: ((refused: Refusal) => ConnectorError | undefined) | undefined
}

type Sent = oauth.CustomFetchOptions<'POST', URLSearchParams>

/** The token endpoint as oauth4webapi takes it, its requests sent by the context. */
export async function endpointOf(given: GrantContext, { isRepeatable = false } = {}) {
  const { options, clientId, context } = given
  const { clientSecret, tokenUrl, tokenParameters, scheme = 'Bearer' } = options
  const secret = clientSecret === undefined ? undefined : await readCredential('clientSecret', clientSecret)
  if (secret) context.protect(secret)
  const server: oauth.AuthorizationServer = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl }
  const client: oauth.Client = { client_id: clientId ?? 'unnamed' }
  const request: oauth.TokenEndpointRequestOptions = {
    ...(tokenParameters && { additionalParameters: tokenParameters }),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- for loopback; elsewhere `sendTokenRequest` refuses plain http
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (url: string, init: Sent) => send(url, init, given, isRepeatable),
  }
  const response = { recognizedTokenTypes: { [scheme.toLowerCase()]: () => undefined } }
  const authentication = clientId === undefined ? () => undefined : clientAuthentication(options, secret)
  return { server, client, authentication, request, response }
}

/** Runs a step of oauth4webapi; whatever it throws leaves as an error of this library. */
export async function typed<T>(given: GrantContext, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw toConnectorError(error, given)
  }
}

/** The tokens of an answer, read and checked. */
export async function read(
  given: GrantContext,
  process: () => Promise<oauth.TokenEndpointResponse>,
): Promise<HeldTokens> {
  const receivedAt = given.now()
  return typed(given, async () => toHeldTokens(await process(), given, receivedAt))
}

function clientAuthentication(options: TokenEndpointOptions, secret: Secret | undefined): oauth.ClientAuth {
  if (!secret) return oauth.None()
  return options.clientAuthentication === 'basic'
    ? oauth.ClientSecretBasic(secret.reveal())
    : oauth.ClientSecretPost(secret.reveal())
}

async function send(
  url: string,
  init: Sent,
  { options, context }: GrantContext,
  isRepeatable: boolean,
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
  const request = { url, headers, body: new Secret(body), isRepeatable }
  const reply: TokenReply = await context.sendTokenRequest(request)
  return normalized(reply)
}

function toHeldTokens(
  reply: oauth.TokenEndpointResponse,
  { options, previous, context }: GrantContext,
  receivedAt: number,
): HeldTokens {
  const accessToken = sendableSecret('access_token', reply.access_token)
  const refreshToken =
    reply.refresh_token === undefined ? previous.refreshToken : new Secret(reply.refresh_token)
  context.protect(accessToken)
  if (refreshToken) context.protect(refreshToken)
  const baseUrl = options.extract && baseUrlOf(reply, options.extract, previous.baseUrl)
  return {
    accessToken,
    refreshToken,
    ...lifetimesOf(reply, receivedAt),
    scope: reply.scope ?? previous.scope,
    ...(baseUrl !== undefined && { baseUrl }),
  }
}

function toConnectorError(error: unknown, { refusal }: GrantContext): ConnectorError {
  if (ConnectorError.isInstance(error)) return error
  if (error instanceof oauth.ResponseBodyError) {
    const { status, response, cause } = error
    const remoteCode = /^[\w.-]{1,64}$/.test(error.error) ? error.error : 'unprintable'
    const refused: Refusal = { status, remoteCode, headers: response.headers, body: cause }
    return refusal?.(refused) ?? refusalOf(refused)
  }
  // Its errors carry the reply; only the fact that it broke the protocol may leave.
  return unusable('body', 'a token response as of RFC 6749 section 5.1')
}
