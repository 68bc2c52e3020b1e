import { defined } from '../errors/defined.ts'
import type { OAuth2Tokens } from './oauth2.ts'
import type { Secret } from './secret.ts'

/** Tokens while this library holds them. */
export interface HeldTokens {
  accessToken?: Secret | undefined
  refreshToken?: Secret | undefined
  /** Milliseconds since the epoch; undefined when unknown. */
  expiresAt?: number | undefined
  refreshTokenExpiresAt?: number | undefined
  lifetimeMs?: number | undefined
  scope?: string | undefined
  /** Where the API is, when the token endpoint says so. */
  baseUrl?: string | undefined
}

/** Tokens as the app is handed them: plain strings, to be stored. */
export function tokensForApp(tokens: HeldTokens): OAuth2Tokens {
  const { accessToken, refreshToken, expiresAt, refreshTokenExpiresAt, scope, baseUrl } = tokens
  const date = (at: number | undefined) => (at === undefined ? undefined : new Date(at))
  const known = {
    refreshToken: refreshToken?.reveal(),
    expiresAt: date(expiresAt),
    refreshTokenExpiresAt: date(refreshTokenExpiresAt),
    scope,
    baseUrl,
  }
  return { accessToken: accessToken?.reveal() ?? '', ...defined(known) }
}
