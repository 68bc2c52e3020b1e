import { type Authenticator, Secret } from '@agent/core'

/** An authenticator that also makes known the secrets of the request's body, so that no error shows them. */
export function protecting(secrets: readonly string[], sender: Authenticator): Authenticator {
  return {
    async authorize(context) {
      for (const secret of secrets) context.protect(new Secret(secret))
      return sender.authorize(context)
    },
  }
}
