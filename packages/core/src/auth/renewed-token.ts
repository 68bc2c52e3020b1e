import { defined } from '../errors/defined.ts'
import type { AuthContext, Authenticator, Authorization } from './authenticator.ts'
import type { RenewableOptions } from './renewable.ts'
import { Secret } from './secret.ts'
import { TokenSession } from './token-session.ts'

/** Puts the access token of a session on requests. */
export class RenewedToken implements Authenticator {
  readonly #session: TokenSession
  readonly #scheme: string
  readonly #headers: Readonly<Record<string, string>>

  constructor({ scheme = 'Bearer', headers = {}, ...options }: RenewableOptions) {
    this.#session = new TokenSession(options)
    this.#scheme = scheme
    this.#headers = headers
  }

  async authorize(context: AuthContext): Promise<Authorization> {
    const { accessToken, baseUrl, generation } = await this.#session.accessToken(context)
    const authorization = new Secret(`${this.#scheme} ${accessToken.reveal()}`)
    return { headers: { ...this.#headers, authorization }, generation, ...defined({ baseUrl }) }
  }

  onUnauthorized({ generation }: Authorization, context: AuthContext): Promise<boolean> {
    return this.#session.renewAfterRejection(generation, context)
  }
}
