import { nextId } from '../state/identifiers.ts'
import type { GithubState, Grant } from '../state/types.ts'
import type { Answer } from './oauth-protocol.ts'

const accessTokenLifeSeconds = 28_800
const refreshTokenLifeSeconds = 15_811_200

export interface Issue {
  clientId: string
  login: string
  grant: Grant
  /** Whether the access token ends after eight hours and comes with a refresh token. */
  expires: boolean
  isOfDevice: boolean
  now: number
}

/** A new access token, with a refresh token where it expires, as the token endpoint hands them out. */
export function issueTokens(state: GithubState, issue: Issue): Answer {
  const { clientId, login, grant, expires, isOfDevice, now } = issue
  const id = nextId(state)
  const token = `emulated-access-token-${id}`
  const expiresAt = expires ? now + accessTokenLifeSeconds * 1000 : undefined
  state.tokens.set(token, { token, login, grant, clientId, expiresAt, createdAt: now })
  const scope = grant.kind === 'classic' ? grant.scopes.join(',') : ''
  if (!expires) return { access_token: token, token_type: 'bearer', scope }

  const refresh = `emulated-refresh-token-${id}`
  state.refreshTokens.set(refresh, {
    token: refresh,
    clientId,
    login,
    grant,
    accessToken: token,
    expiresAt: now + refreshTokenLifeSeconds * 1000,
    isOfDevice,
  })
  return {
    access_token: token,
    expires_in: accessTokenLifeSeconds,
    refresh_token: refresh,
    refresh_token_expires_in: refreshTokenLifeSeconds,
    token_type: 'bearer',
    scope,
  }
}
