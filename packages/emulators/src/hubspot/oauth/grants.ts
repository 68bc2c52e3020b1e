import type { AccessToken, Account, RefreshToken } from '../account/state.ts'
import { answersChallenge } from '../../server/pkce.ts'
import { OauthError } from './oauth-error.ts'

export const accessTokenSeconds = 1800

export type FormFields = Readonly<Record<string, string>>

export interface Grant {
  accessToken: AccessToken
  /** None for client credentials. */
  refreshToken: RefreshToken | undefined
}

/** The last for an app's own calls, those to the webhooks journal. */
const grantTypes = ['refresh_token', 'authorization_code', 'client_credentials'] as const

/** Scopes of a request, parted by spaces. */
export function scopesOf(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/\s+/).filter((scope) => scope !== ''))]
}

/** Checks client and grant, and issues an access token of thirty minutes. */
export function exchangeGrant(account: Account, fields: FormFields): Grant {
  const grantType = grantTypes.find((known) => known === fields['grant_type'])
  if (grantType === undefined) {
    throw new OauthError('unsupported_grant_type', 'BAD_GRANT_TYPE', 'missing or unknown grant type')
  }
  const clientId = requireClient(account, fields)
  if (grantType === 'client_credentials') {
    const scopes = scopesOf(fields['scope'])
    return { accessToken: issueAccessToken(account, { clientId, scopes }), refreshToken: undefined }
  }
  const refreshToken =
    grantType === 'refresh_token'
      ? renewedRefreshToken(account, clientId, fields)
      : refreshTokenForCode(account, clientId, fields)
  return { accessToken: issueAccessToken(account, refreshToken), refreshToken }
}

/** Checks the client's credentials and returns its id. */
export function requireClient({ state }: Account, fields: FormFields): string {
  const app = state.apps.find(({ clientId }) => clientId === fields['client_id'])
  if (app === undefined) {
    throw new OauthError('invalid_client', 'BAD_CLIENT_ID', 'missing or invalid client id')
  }
  if (app.clientSecret !== fields['client_secret']) {
    throw new OauthError('invalid_client', 'BAD_CLIENT_SECRET', 'missing or invalid client secret')
  }
  return app.clientId
}

function renewedRefreshToken({ state }: Account, clientId: string, fields: FormFields): RefreshToken {
  const current = state.refreshTokens.get(fields['refresh_token'] ?? '')
  if (current === undefined || current.revoked === true || current.clientId !== clientId) {
    throw new OauthError('invalid_grant', 'BAD_REFRESH_TOKEN', 'refresh token is invalid, expired or revoked')
  }
  if (!state.rotateRefreshTokens) return current
  current.revoked = true
  return issueRefreshToken(state, clientId, current.scopes)
}

function refreshTokenForCode({ state, now }: Account, clientId: string, fields: FormFields): RefreshToken {
  const code = state.authorizationCodes.get(fields['code'] ?? '')
  const hasExpired = code?.expiresAt !== undefined && code.expiresAt <= now()
  if (code?.clientId !== clientId || hasExpired) {
    throw new OauthError('invalid_grant', 'BAD_AUTH_CODE', 'missing, unknown or expired auth code')
  }
  if (code.redirectUri !== fields['redirect_uri']) {
    throw new OauthError('invalid_grant', 'BAD_REDIRECT_URI', 'redirect_uri does not match the authorization')
  }
  if (!answersChallenge(code.codeChallenge, fields['code_verifier'])) {
    throw new OauthError('invalid_grant', 'BAD_CODE_VERIFIER', 'code_verifier does not match the challenge')
  }
  state.authorizationCodes.delete(code.code)
  return issueRefreshToken(state, clientId, code.scopes)
}

function issueRefreshToken(state: Account['state'], clientId: string, scopes: string[]): RefreshToken {
  state.issuedTokens += 1
  const issued = { token: `issued-refresh-token-${state.issuedTokens}`, clientId, scopes }
  state.refreshTokens.set(issued.token, issued)
  return issued
}

function issueAccessToken(
  { state, now }: Account,
  { clientId, scopes }: Pick<RefreshToken, 'clientId' | 'scopes'>,
): AccessToken {
  state.issuedTokens += 1
  const issued: AccessToken = {
    token: `issued-access-token-${state.issuedTokens}`,
    scopes,
    kind: 'oauth',
    expiresAt: now() + accessTokenSeconds * 1000,
    clientId,
  }
  state.accessTokens.set(issued.token, issued)
  return issued
}
