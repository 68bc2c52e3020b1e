import type { Authenticator } from './authenticator.ts'
import type { OAuth2Options } from './oauth2.ts'
import { RenewedToken } from './renewed-token.ts'
import { Secret } from './secret.ts'
import type { Grant } from './token-session.ts'

const secretOf = (value: string | undefined) => (value === undefined ? undefined : new Secret(value))

/** The authenticator behind `oauth2`. */
export function oauth2Token(options: OAuth2Options): Authenticator {
  const { tokenUrl, clientId, accessToken, refreshToken, expiresAt, extract, baseUrl } = options
  const tokens = {
    accessToken: secretOf(accessToken),
    refreshToken: secretOf(refreshToken),
    expiresAt: expiresAt?.getTime(),
    baseUrl,
  }
  const grant: Grant = {
    url: tokenUrl,
    needsBaseUrl: extract !== undefined,
    missing(held) {
      if (held.refreshToken) return clientId === undefined ? 'clientId' : undefined
      return held.accessToken ? 'refreshToken' : 'accessToken or refreshToken'
    },
    async request(previous, context, now) {
      // Loaded on first use: an app whose tokens last never pays for the OAuth client.
      const { refreshTokens } = await import('./oauth2-grants.ts')
      const { refreshToken: current = new Secret('') } = previous
      return refreshTokens(current, { options, clientId: clientId ?? '', previous, now, context })
    },
  }
  return new RenewedToken({ ...options, grant, tokens })
}
