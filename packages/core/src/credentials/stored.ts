import { parseConfig } from '../action/parse-config.ts'
import type { Service } from '../action/service.ts'
import type { AuthContext, Authenticator, Authorization } from '../auth/authenticator.ts'
import type { CredentialRecord } from './credential-record.ts'
import type { storedAuthSchema } from './stored-auth-config.ts'
import { StoredCredential } from './stored-credential.ts'
import { StoreKeeper } from './store-keeper.ts'
import { authConfigOf } from './auth-config-of.ts'

type StoredAuth = ReturnType<ReturnType<typeof storedAuthSchema>['parse']>

/** An authenticator, and what of the record it was built from. */
interface Built {
  authenticator: Authenticator
  record: CredentialRecord
  identity: string
}

/** The authenticator of a stored credential: of the kind that the record says, and another when that changes. */
export class StoredAuthenticator implements Authenticator {
  readonly #service: Service
  readonly #config: StoredAuth
  readonly #baseUrl: URL
  readonly #stored: StoredCredential
  #built: Built | undefined

  constructor(service: Service, config: StoredAuth, baseUrl: URL) {
    this.#service = service
    this.#config = config
    this.#baseUrl = baseUrl
    const { store, account, clientId } = config
    const address = { service: service.name, issuer: baseUrl.origin, account }
    this.#stored = new StoredCredential(store, address, clientId)
  }

  async authorize(context: AuthContext): Promise<Authorization> {
    const { authenticator } = this.#current(await this.#stored.readWithin(this.#config.maxAgeMs))
    const authorization = await authenticator.authorize(context)
    return { ...authorization, generation: { authenticator, generation: authorization.generation } }
  }

  async onUnauthorized(rejected: Authorization, context: AuthContext): Promise<boolean> {
    const { authenticator, generation } = rejected.generation as Authorization & {
      authenticator: Authenticator
    }
    const current = this.#current(await this.#stored.readTogether())
    if (current.authenticator !== authenticator) return true
    return (await authenticator.onUnauthorized?.({ ...rejected, generation }, context)) ?? false
  }

  #current(record: CredentialRecord): Built {
    if (this.#built?.record === record) return this.#built
    if (!this.#built || this.#built.identity !== identityOf(record, this.#built.authenticator)) {
      const authenticator = this.#build(record)
      this.#built = { authenticator, record, identity: identityOf(record, authenticator) }
    }
    this.#built.record = record
    return this.#built
  }

  #build(record: CredentialRecord): Authenticator {
    const config = { ...authConfigOf(record), ...this.#config.secrets }
    const parsed = parseConfig(`stored ${this.#service.title} auth config`, this.#service.auth(), config)
    const tokenKeeper = new StoreKeeper(this.#stored, record, this.#config)
    return this.#service.authenticate(parsed, { baseUrl: this.#baseUrl, tokenKeeper })
  }
}

/** What makes another authenticator necessary; new tokens alone do not, where it renews them itself. */
function identityOf(record: CredentialRecord, authenticator: Authenticator): string {
  const generation = authenticator.onUnauthorized ? undefined : record.generation
  return JSON.stringify([record.auth, record.clientId, generation])
}
