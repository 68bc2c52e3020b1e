import { lazy } from '../action/lazy.ts'
import type { Authenticator } from './authenticator.ts'
import { defined } from '../errors/defined.ts'
import { Secret } from './secret.ts'
import type { TokenSessionOptions } from './token-session.ts'

export interface RenewableOptions extends TokenSessionOptions {
  scheme?: string | undefined
  headers?: Readonly<Record<string, string>> | undefined
}

/** Authenticator of a token that a grant renews. */
export function renewable({ scheme = 'Bearer', headers = {}, ...options }: RenewableOptions): Authenticator {
  // Loaded with the first call, so an app with a static token never loads what renews one.
  const session = lazy(() =>
    import('./token-session.ts').then(({ TokenSession }) => new TokenSession(options)),
  )
  return {
    async authorize(context) {
      const { accessToken, baseUrl, generation } = await (await session()).accessToken(context)
      const authorization = new Secret(`${scheme} ${accessToken.reveal()}`)
      return { headers: { ...headers, authorization }, generation, ...defined({ baseUrl }) }
    },
    async onUnauthorized({ generation }, context) {
      return (await session()).renewAfterRejection(generation, context)
    },
  }
}
