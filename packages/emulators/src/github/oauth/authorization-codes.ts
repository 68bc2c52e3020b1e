import { answersChallenge } from '../../server/pkce.ts'
import { nextId } from '../state/identifiers.ts'
import type { AuthorizationCode, GithubState, OauthApp } from '../state/types.ts'
import { issueTokens } from './issue-tokens.ts'
import { type Answer, failure, type Parameters } from './oauth-protocol.ts'

const lifeMs = 600_000

/** A code of ten minutes for one use. */
export function issueCode(
  state: GithubState,
  authorization: Omit<AuthorizationCode, 'code' | 'expiresAt'>,
  now: number,
): string {
  const code = `emulated-code-${nextId(state)}`
  state.authorizationCodes.set(code, { ...authorization, code, expiresAt: now + lifeMs })
  return code
}

/** Tokens for a code; only a success uses it up. */
export function exchangeCode(
  state: GithubState,
  app: OauthApp,
  { code: presented, redirect_uri: redirectUri, code_verifier: verifier }: Parameters,
  now: number,
): Answer {
  const code = typeof presented === 'string' ? state.authorizationCodes.get(presented) : undefined
  if (code?.clientId !== app.clientId || code.expiresAt <= now) return badCode()
  if (redirectUri !== undefined && redirectUri !== code.redirectUri) {
    return failure(
      'redirect_uri_mismatch',
      'The redirect_uri MUST match the registered callback URL for this application.',
    )
  }
  if (!answersChallenge(code.codeChallenge, verifier)) return badCode()
  state.authorizationCodes.delete(code.code)
  const { clientId, tokensExpire: expires } = app
  const { login, grant } = code
  return issueTokens(state, { clientId, login, grant, expires, isOfDevice: false, now })
}

function badCode(): Answer {
  return failure('bad_verification_code', 'The code passed is incorrect or expired.')
}
