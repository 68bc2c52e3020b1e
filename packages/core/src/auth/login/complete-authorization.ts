import { ConnectorError } from '../../errors/connector-error.ts'
import type { AuthRejectedError } from '../../errors/errors.ts'
import { OutcomeUnknownError, TokenEndpointError } from '../../errors/errors.ts'
import { parseConfiguredUrl } from '../../http/destination.ts'
import { tokensForApp } from '../held-tokens.ts'
import type { OAuth2Tokens } from '../oauth2.ts'
import { Secret } from '../secret.ts'
import type { GrantContext } from '../token-endpoint.ts'
import type { Refusal } from '../token-refusal.ts'
import type { FinishAuthorizationOptions, PendingAuthorization } from './authorization.ts'
import { answerInvalid, readCallback, startAgain } from './callback.ts'
import { loginContext } from './login-context.ts'
import { codeTokens } from './login-grants.ts'

export async function finish(
  callback: string | URL | URLSearchParams,
  pending: PendingAuthorization,
  options: FinishAuthorizationOptions,
): Promise<OAuth2Tokens> {
  const { clientId, tokenUrl, now = Date.now } = options
  const origin = parseConfiguredUrl('tokenUrl', tokenUrl)
  const code = readCallback(callback, pending, options)
  const context = loginContext([origin], options, 1)
  for (const value of [code, pending.codeVerifier]) context.protect(new Secret(value))
  const given: GrantContext = { options, clientId, previous: {}, now, context, refusal }
  try {
    return tokensForApp(await codeTokens(new URLSearchParams({ code }), pending, given))
  } catch (error) {
    throw TokenEndpointError.isInstance(error) ? forCode(error) : error
  }
}

/** A code is good for one request, so what may help elsewhere does not here. */
function forCode(error: TokenEndpointError): ConnectorError {
  const { message, status, remoteCode, retryAt, cause } = error
  if (ConnectorError.isInstance(cause) && cause.outcome === 'unknown') {
    return new OutcomeUnknownError(`${message} Whether the code was exchanged is unknown.`, {
      code: 'OUTCOME_UNKNOWN',
      outcome: 'unknown',
      hint: startAgain,
      cause,
    })
  }
  return new TokenEndpointError(message, {
    code: 'TOKEN_ENDPOINT_FAILED',
    outcome: error.outcome,
    hint: startAgain,
    status,
    remoteCode,
    retryAt,
    cause: ConnectorError.isInstance(cause) ? cause : undefined,
  })
}

// The second is GitHub's name for the first.
const refusedCodes = new Set(['invalid_grant', 'bad_verification_code', 'redirect_uri_mismatch'])

function refusal({ remoteCode = '', status }: Refusal): AuthRejectedError | undefined {
  if (!refusedCodes.has(remoteCode)) return undefined
  return answerInvalid('The server refused the authorization code', { remoteCode, status })
}
