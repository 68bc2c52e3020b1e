import type { PastedCredential, Secret } from '@agent/core'

/** What a login brought, before it is saved. */
export interface NewCredential {
  /** The auth config, with its secrets in the plain. */
  auth: unknown
  /** Granted scope, space-separated, where the server said so. */
  scope?: string
  refreshTokenExpiresAt?: Date
}

export const pastedAuth = ({ type, field }: PastedCredential, secret: Secret): NewCredential => ({
  auth: { type, [field]: secret.reveal() },
})
