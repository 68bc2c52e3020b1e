import type { ConnectorError } from '../errors/connector-error.ts'
import { AuthRejectedError, ReauthRequiredError, TokenEndpointError } from '../errors/errors.ts'
import { readRetryAfterMs } from '../http/retry-after.ts'

/** An error answer of a token endpoint. */
export interface Refusal {
  status: number
  /** RFC 6749's `error`; absent where the answer has none. */
  remoteCode?: string
  headers: Headers
  /** The answer's fields. Not for errors: it may hold anything. */
  body?: Readonly<Record<string, unknown>>
}

// `bad_refresh_token` and `incorrect_client_credentials` are GitHub's names for RFC 6749's
// `invalid_grant` and `invalid_client`.
const deadGrants = new Set(['invalid_grant', 'bad_refresh_token'])
const wrongClients = new Set(['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'])

/** The error that an error answer amounts to. */
export function refusalOf(refused: Refusal): ConnectorError {
  const { status, remoteCode = '' } = refused
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
  return failed(refused)
}

/** A failure of the token endpoint itself. */
export function failed({ status, remoteCode, headers }: Refusal): TokenEndpointError {
  const waitMs = readRetryAfterMs(headers)
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
