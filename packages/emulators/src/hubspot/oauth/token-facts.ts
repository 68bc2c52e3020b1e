import type { AccessToken, Account, RefreshToken } from '../account/state.ts'

const user = { user_id: 4001, user: 'admin@example.com', hub_domain: 'example.com' }

export function findActive(account: Account, token: string): AccessToken | RefreshToken | undefined {
  const { accessTokens, refreshTokens } = account.state
  const found = accessTokens.get(token) ?? refreshTokens.get(token)
  if (found === undefined || found.revoked === true) return undefined
  const expired = 'kind' in found && found.expiresAt !== undefined && found.expiresAt <= account.now()
  return expired ? undefined : found
}

/** What HubSpot tells about a token, common to introspection and the numeric token routes. */
export function tokenFacts({ state, now }: Account, token: AccessToken | RefreshToken) {
  const facts = {
    token: token.token,
    hub_id: state.portalId,
    ...user,
    client_id: token.clientId,
    scopes: token.scopes,
  }
  if (!('kind' in token)) return { ...facts, token_use: 'refresh_token', token_type: 'refresh' }
  return {
    ...facts,
    token_use: 'access_token',
    token_type: 'access',
    app_id: 5001,
    expires_in: token.expiresAt === undefined ? undefined : Math.floor((token.expiresAt - now()) / 1000),
  }
}
