import { createHash } from 'node:crypto'

/**
 * Whether a code verifier hashes to the S256 challenge of the authorization request; a code without a
 * challenge takes any.
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4.6
 */
export function answersChallenge(challenge: string | undefined, verifier: unknown): boolean {
  if (challenge === undefined) return true
  if (typeof verifier !== 'string' || !/^[\w.~-]{43,128}$/.test(verifier)) return false
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}

/** What an authorization request says of PKCE: a challenge, none, or one that is not S256's. */
export function challengeOf(
  challenge: string | undefined,
  method: string | undefined,
): { challenge: string | undefined } | 'invalid' {
  if (challenge === undefined && method === undefined) return { challenge }
  return method === 'S256' && /^[\w-]{43}$/.test(challenge ?? '') ? { challenge } : 'invalid'
}
