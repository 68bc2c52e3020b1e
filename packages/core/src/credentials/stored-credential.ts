import { StoreError } from '../errors/errors.ts'
import {
  type CredentialAddress,
  credentialKey,
  type CredentialRecord,
  readRecord,
  writeRecord,
} from './credential-record.ts'
import type { CredentialStore } from './credential-store.ts'
import { answering } from './answering.ts'

const isDown = (error: unknown) => StoreError.isInstance(error) && error.code === 'STORE_UNAVAILABLE'

/** One credential in its store: read once for all who ask, changed by compare-and-swap. */
export class StoredCredential {
  readonly store: CredentialStore
  readonly key: string
  readonly #address: CredentialAddress
  readonly #clientId: string | undefined
  #reading: Promise<CredentialRecord> | undefined
  #together: Promise<CredentialRecord> | undefined
  /** What the store was last found to hold: nothing, where that was no record that may be used. */
  #last: { record: CredentialRecord | undefined; readAt: number } | undefined
  #askedAt = Number.NEGATIVE_INFINITY

  constructor(store: CredentialStore, address: CredentialAddress, clientId?: string) {
    this.store = answering(store)
    this.#address = address
    this.#clientId = clientId
    this.key = credentialKey(address)
  }

  /** When the store was last asked, by the monotonic clock. */
  get readAt(): number {
    return this.#last?.readAt ?? Number.NEGATIVE_INFINITY
  }

  /** As `read`, of one read for all who ask at about the same time, such as calls that were refused together. */
  readTogether(): Promise<CredentialRecord> {
    this.#together ??= new Promise((resolve) => setTimeout(resolve, 0)).then(() => {
      this.#together = undefined
      return this.read()
    })
    return this.#together
  }

  /** The record as it is now. */
  async read(): Promise<CredentialRecord> {
    const { record } = await this.#get()
    // This process may have written while the store was asked.
    return this.#last?.record ?? record
  }

  /** The record as last read, if that is less than `maxAgeMs` ago or the store is down; else as it is now. */
  async readWithin(maxAgeMs: number): Promise<CredentialRecord> {
    if (this.#last?.record && performance.now() - this.#askedAt < maxAgeMs) return this.#last.record
    this.#reading ??= this.read()
      .catch((error: unknown) => {
        if (!isDown(error) || !this.#last?.record) throw error
        return this.#last.record
      })
      .finally(() => {
        this.#askedAt = performance.now()
        this.#reading = undefined
      })
    return this.#reading
  }

  /**
   * Changes the record as it is now; `change` may see it more than once, and refuses by answering undefined.
   * Answers the record that counts then.
   */
  async update(
    change: (record: CredentialRecord) => CredentialRecord | undefined,
  ): Promise<CredentialRecord> {
    for (;;) {
      const { record, version } = await this.#get()
      const changed = change(record)
      if (!changed) return record
      const updated = { ...changed, updatedAt: Date.now() }
      if ((await this.store.set(this.key, writeRecord(updated), version)) === undefined) continue
      this.#found(updated, performance.now())
      return updated
    }
  }

  async #get(): Promise<{ record: CredentialRecord; version: string }> {
    const startedAt = performance.now()
    try {
      const stored = await this.store.get(this.key)
      if (!stored) throw this.#missing()
      const record = readRecord(stored.value)
      this.#assertBound(record)
      this.#found(record, startedAt)
      return { record, version: stored.version }
    } catch (error) {
      if (!isDown(error)) this.#found(undefined, startedAt)
      throw error
    }
  }

  /** Answers come in any order: what was asked for earlier does not replace what was found later. */
  #found(record: CredentialRecord | undefined, readAt: number): void {
    if (readAt >= this.readAt) this.#last = { record, readAt }
  }

  #assertBound(record: CredentialRecord): void {
    const { service, issuer, account } = this.#address
    const fields = [
      record.service !== service && 'service',
      record.issuer !== issuer && 'issuer',
      record.account !== account && 'account',
      this.#clientId !== undefined && record.clientId !== this.#clientId && 'clientId',
    ].filter((field) => field !== false)
    if (fields.length === 0) return
    throw new StoreError(`The stored credential is bound to another ${fields.join(' and ')}.`, {
      code: 'RECORD_MISMATCH',
      outcome: 'not_sent',
      hint: 'It was not used. Let the user connect the account again, for this client and server.',
    })
  }

  #missing(): StoreError {
    const { service, account } = this.#address
    return new StoreError('The credential store has no such credential.', {
      code: 'RECORD_MISSING',
      outcome: 'not_sent',
      hint: `Let the user connect the account, save it with saveCredential, or run "agent login ${service}". Check the account's name (${JSON.stringify(account)}) and baseUrl.`,
    })
  }
}
