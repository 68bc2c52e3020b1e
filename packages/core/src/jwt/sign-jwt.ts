import { Secret } from '../auth/secret.ts'
import { ConfigError } from '../errors/errors.ts'
import type { JwtAlgorithm } from './algorithms.ts'

export interface JwtOptions {
  /** As {@link importPrivateKey} gives it. */
  key: CryptoKey
  /** `RS256` unless told. */
  algorithm?: JwtAlgorithm | undefined
  /** `kid` of the header. */
  keyId?: string | undefined
  /** `iss`. */
  issuer?: string | undefined
  /** `sub`. */
  subject?: string | undefined
  /** `aud`. */
  audience?: string | undefined
  /** Further claims. */
  claims?: Readonly<Record<string, unknown>> | undefined
  /** Milliseconds since the epoch by the clock of whoever will judge it; this machine's unless told. */
  now?: number | undefined
  /** At most 10 minutes; 9 minutes unless told. */
  lifetimeMs?: number | undefined
}

const minuteMs = 60_000

/**
 * A signed JWT, short-lived: issued a minute ago, since clocks differ, and valid for `lifetimeMs` from now.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export async function signJwt(options: JwtOptions): Promise<Secret> {
  const { key, algorithm = 'RS256', keyId, issuer, subject, audience, claims = {} } = options
  const { now = Date.now(), lifetimeMs = 9 * minuteMs } = options
  if (!(lifetimeMs > 0 && lifetimeMs <= 10 * minuteMs)) {
    throw new ConfigError('Invalid lifetimeMs: expected at most 10 minutes.', {
      code: 'CONFIG_INVALID',
      outcome: 'not_sent',
      hint: 'Leave lifetimeMs out, or make it shorter.',
      issues: [{ path: 'lifetimeMs', expected: 'at most 600000' }],
    })
  }
  const { SignJWT } = await import('jose/jwt/sign')
  const seconds = Math.floor(now / 1000)
  const jwt = new SignJWT({ ...claims })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(keyId !== undefined && { kid: keyId }) })
    .setIssuedAt(seconds - 60)
    .setExpirationTime(seconds + Math.floor(lifetimeMs / 1000))
  if (issuer !== undefined) jwt.setIssuer(issuer)
  if (subject !== undefined) jwt.setSubject(subject)
  if (audience !== undefined) jwt.setAudience(audience)
  return new Secret(await jwt.sign(key))
}
