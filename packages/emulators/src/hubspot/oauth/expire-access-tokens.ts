import type { Account } from '../account/state.ts'

/** Ends the tokens of OAuth apps; service keys and private apps' tokens last. */
export function expireAccessTokens({ state, now }: Account): void {
  for (const token of state.accessTokens.values()) {
    if (token.kind === 'oauth') token.expiresAt = Math.min(token.expiresAt ?? Infinity, now())
  }
}
