import {
  AbortError,
  type AuthContext,
  authContext,
  type Authorization,
  AuthRejectedError,
  type ConnectorError,
  type InspectOptions,
  readRetryAfterMs,
  Secret,
  TokenEndpointError,
  type TokenReply,
} from '@agent/core'
import { type HubspotAuthConfig, hubspotAuth } from '../auth.ts'
import { tokenUrlOf } from '../oauth-urls.ts'
import { hubspot } from '../service.ts'

/** What a connection lends an authenticator, with what depends on the base URL. */
export interface TokenFormContext extends AuthContext {
  baseUrl: URL
  authenticate(auth: HubspotAuthConfig): Promise<Authorization>
}

/**
 * Posts a form to a path below the token endpoint; everything secret stands in the body. Resolves with the
 * answer's JSON, undefined where it has none.
 */
export async function postTokenForm(
  path: 'introspect' | 'revoke',
  fields: Readonly<Record<string, Secret | string>>,
  context: TokenFormContext,
): Promise<unknown> {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Secret) context.protect(value)
    form.set(name, value instanceof Secret ? value.reveal() : value)
  }
  const reply = await context.sendTokenRequest({
    url: `${tokenUrlOf(context.baseUrl)}/${path}`,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new Secret(form.toString()),
    isRepeatable: true,
  })
  if (reply.status !== 200) throw refusal(reply)
  return jsonOf(reply)
}

/** Runs work with the guards, limits and redaction that a connection lends its authenticator. */
export async function withTokenForms<T>(
  work: (context: TokenFormContext) => Promise<T>,
  { baseUrl: given = hubspot.baseUrl, fetch, signal }: InspectOptions,
): Promise<T> {
  const baseUrl = new URL(given)
  const context = await authContext({ urls: [tokenUrlOf(baseUrl)], fetch })
  const authenticate = (auth: HubspotAuthConfig) =>
    hubspot.authenticate(hubspotAuth().parse(auth), { baseUrl }).authorize(context)
  if (signal?.aborted) {
    throw new AbortError('The call was aborted by the caller.', { code: 'ABORTED', outcome: 'not_sent' })
  }
  return work({ ...context, baseUrl, authenticate })
}

function refusal(reply: TokenReply): ConnectorError {
  const { status, headers } = reply
  const { error } = (jsonOf(reply) ?? {}) as { error?: unknown }
  const remoteCode = typeof error === 'string' && /^[\w.-]{1,64}$/.test(error) ? error : undefined
  const told = { outcome: 'not_sent', status, remoteCode } as const
  if (remoteCode === 'invalid_client') {
    return new AuthRejectedError('HubSpot rejected the client (invalid_client).', {
      ...told,
      code: 'AUTH_REJECTED',
      hint: 'Check clientId and clientSecret against the settings of the app at HubSpot.',
    })
  }
  const waitMs = readRetryAfterMs(headers)
  const isPassing = status >= 500 || status === 429 || status === 408
  return new TokenEndpointError(`HubSpot's token endpoint answered ${status}.`, {
    ...told,
    code: 'TOKEN_ENDPOINT_FAILED',
    isRetryable: isPassing,
    hint: isPassing ? 'Try again later.' : 'Check that baseUrl is the root of a HubSpot API.',
    retryAt: waitMs === undefined ? undefined : new Date(Date.now() + waitMs),
  })
}

function jsonOf({ text }: TokenReply): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
