import { ProtocolError } from '../errors/errors.ts'
import type { TokenReply } from './authenticator.ts'
import { assertSendable } from './credential-value.ts'
import type { BaseUrlExtraction } from './oauth2.ts'
import { allowedBaseUrl } from './extracted-base-url.ts'
import { Secret } from './secret.ts'
import { failed } from './token-refusal.ts'
import { readExpiresIn } from './token-lifetime.ts'

type Fields = Readonly<Record<string, unknown>>

/** The reply as RFC 6749 has it: some servers answer errors with 200, or lifetimes as strings. */
export function normalized(reply: TokenReply): Response {
  const json = parse(reply)
  const { headers, status: received } = reply
  const isError = typeof json['error'] === 'string' && received < 500
  if (!isError && (received < 200 || received > 299)) throw failed({ status: received, headers })
  if (!isError) {
    const expiresIn = readExpiresIn(json['expires_in'])
    if (Number.isNaN(expiresIn)) throw unusable('expires_in', 'a number of seconds')
    if (expiresIn === undefined) delete json['expires_in']
    else json['expires_in'] = expiresIn
    if (json['refresh_token'] === null || json['refresh_token'] === '') delete json['refresh_token']
    // Who the user is is not asked here, and the token URL does not say who may vouch for it.
    delete json['id_token']
  }
  const status = isError ? Math.max(received, 400) : 200
  const told = ['retry-after', 'date'].flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value] as [string, string]]
  })
  return Response.json(json, { status, headers: told })
}

function parse({ status, headers, text }: TokenReply): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw status >= 400 ? failed({ status, headers }) : unusable('body', 'JSON')
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw unusable('body', 'a JSON object')
  return json as Record<string, unknown>
}

/** When the tokens of a reply expire, where it says so. */
export function lifetimesOf(reply: Fields, receivedAt: number) {
  const at = (seconds: unknown) => {
    const lifetime = readExpiresIn(seconds)
    return lifetime === undefined || Number.isNaN(lifetime) ? undefined : lifetime * 1000
  }
  const lifetimeMs = at(reply['expires_in'])
  const refreshMs = at(reply['refresh_token_expires_in'])
  return {
    lifetimeMs,
    expiresAt: lifetimeMs === undefined ? undefined : receivedAt + lifetimeMs,
    refreshTokenExpiresAt: refreshMs === undefined ? undefined : receivedAt + refreshMs,
  }
}

/** A token that a header can carry. */
export function sendableSecret(field: string, value: string): Secret {
  const secret = new Secret(value)
  try {
    assertSendable(field, secret)
  } catch {
    throw unusable(field, 'visible ASCII characters')
  }
  return secret
}

/** The base URL that a reply names, or the one known before where it names none. */
export function baseUrlOf(
  reply: Fields,
  { baseUrl: field, allowedHosts }: BaseUrlExtraction,
  known: string | undefined,
): string {
  const value = reply[field] ?? known
  const url = typeof value === 'string' ? allowedBaseUrl(value, allowedHosts) : undefined
  if (url) return url
  throw unusable(field, `an https URL of ${allowedHosts.join(' or ')}`)
}

export function unusable(field: string, expected: string): ProtocolError {
  return new ProtocolError(`The token endpoint answered something unusable: ${field} is not ${expected}.`, {
    code: 'REPLY_INVALID',
    outcome: 'not_sent',
    hint: 'Nothing was taken from it. Check that the token URL is the right one.',
    issues: [{ path: field, expected }],
  })
}
