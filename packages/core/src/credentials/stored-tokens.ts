import type { HeldTokens } from '../auth/held-tokens.ts'
import { Secret } from '../auth/secret.ts'
import { defined } from '../errors/defined.ts'
import type { StoredTokens } from './credential-record.ts'

/** Tokens in the plain, for a store. */
export function toStored({ accessToken, refreshToken, ...rest }: HeldTokens): StoredTokens {
  return defined({ ...rest, accessToken: accessToken?.reveal(), refreshToken: refreshToken?.reveal() })
}

export function fromStored({ accessToken, refreshToken, ...rest }: StoredTokens): HeldTokens {
  const secretOf = (value: string | undefined) => (value === undefined ? undefined : new Secret(value))
  return { ...rest, accessToken: secretOf(accessToken), refreshToken: secretOf(refreshToken) }
}
