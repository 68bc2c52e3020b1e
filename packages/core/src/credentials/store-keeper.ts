import { ReauthRequiredError, StoreError } from '../errors/errors.ts'
import { defined } from '../errors/defined.ts'
import type { HeldTokens } from '../auth/held-tokens.ts'
import { type KeptTokens, persistInTime, type Renewal, type TokenKeeper } from '../auth/token-keeper.ts'
import type { CredentialRecord } from './credential-record.ts'
import { fromStored, toStored } from './stored-tokens.ts'
import { holdLock } from './hold-lock.ts'
import type { StoredCredential } from './stored-credential.ts'

export interface StoreKeeperOptions {
  lockTtlMs: number
  maxAgeMs: number
}

/**
 * Keeps tokens in a store that other processes use too. One process renews at a time: it holds the record's
 * lock, reads again what is there, says in the record that it renews, and persists before anybody uses the new
 * tokens. The lock saves requests; what keeps tokens from being lost is that a pair replaces only the pair that
 * it was made from, whoever holds the lock by then.
 */
export class StoreKeeper implements TokenKeeper {
  readonly initial: KeptTokens
  readonly #stored: StoredCredential
  readonly #options: StoreKeeperOptions
  #unsettled: { kept: KeptTokens; replaces: string } | undefined
  /** What the store was last seen to hold, and when; a later generation is no older than that. */
  #seen: { kept: KeptTokens; at: number }

  constructor(stored: StoredCredential, record: CredentialRecord, options: StoreKeeperOptions) {
    this.#stored = stored
    this.#options = options
    this.initial = { tokens: fromStored(record.tokens), generation: record.generation }
    this.#seen = { kept: this.initial, at: stored.readAt }
  }

  get isUnsettled(): boolean {
    return this.#unsettled !== undefined
  }

  async newer(generation: string, now = false): Promise<KeptTokens | undefined> {
    if (this.#unsettled) return undefined
    const record = await (now ? this.#stored.readTogether() : this.#stored.readWithin(this.#options.maxAgeMs))
    if (record.reauthRequired) return undefined
    const kept = this.#keep(record)
    return record.generation === generation ? undefined : kept
  }

  async renew(renewal: Renewal): Promise<KeptTokens> {
    const { held, isUsable } = renewal
    const usable = async () => {
      const kept = this.#keep(await this.#stored.read())
      return kept.generation !== held.generation && isUsable(kept.tokens) ? kept : undefined
    }
    const { store, key } = this.#stored
    return holdLock({ store, key, ttlMs: this.#options.lockTtlMs, elsewhere: usable }, (owner) =>
      this.#renewUnderLock(renewal, owner),
    )
  }

  async #renewUnderLock(
    { held, isUsable, request, onReceived }: Renewal,
    owner: string,
  ): Promise<KeptTokens> {
    const before = await this.#stored.read()
    if (before.reauthRequired) throw reauthRequired(before.reauthRequired.remoteCode)
    const found = this.#keep(before)
    if (found.generation !== held.generation && isUsable(found.tokens)) return found

    const wasInterrupted = before.refreshing !== undefined
    const begun = await this.#stored.update((record) =>
      record.generation === found.generation
        ? { ...record, refreshing: { owner, at: Date.now() } }
        : undefined,
    )
    if (begun.generation !== found.generation) return this.#keep(begun)

    let tokens: HeldTokens
    try {
      tokens = await request(found.tokens)
    } catch (error) {
      return this.#afterFailure(error, found, owner, wasInterrupted)
    }
    const kept = { tokens, generation: crypto.randomUUID() }
    onReceived(kept)
    this.#unsettled = { kept, replaces: found.generation }
    return this.settle()
  }

  async settle(): Promise<KeptTokens> {
    const unsettled = this.#unsettled
    if (!unsettled) throw new Error('There is nothing to persist.')
    const { kept, replaces } = unsettled
    let record: CredentialRecord | undefined
    const persisting = this.#stored.update(
      ({ refreshing: _refreshing, reauthRequired: _reauthRequired, ...current }) =>
        current.generation === replaces
          ? { ...current, tokens: toStored(kept.tokens), generation: kept.generation }
          : undefined,
    )
    const recorded = persisting.then((updated) => {
      record = updated
    })
    try {
      await persistInTime(recorded, (reason) => `the credential store ${reason}`)
    } catch (error) {
      // Removed by the app, so that these tokens are no longer wanted.
      const { cause } = error as StoreError
      if (StoreError.isInstance(cause) && ['RECORD_MISSING', 'RECORD_MISMATCH'].includes(cause.code)) {
        this.#unsettled = undefined
        throw cause
      }
      throw error
    }
    this.#unsettled = undefined
    // Another pair, where the credential was replaced meanwhile.
    return record && record.generation !== kept.generation ? this.#keep(record) : this.#see(kept)
  }

  async #afterFailure(
    error: unknown,
    tried: KeptTokens,
    owner: string,
    wasInterrupted: boolean,
  ): Promise<KeptTokens> {
    const isDead = ReauthRequiredError.isInstance(error)
    // An answer other than success used nothing up; without one the mark stays.
    const isAnswered = isDead || (Object(error) as { status?: number }).status !== undefined
    if (!isAnswered) throw error
    const remoteCode = isDead ? error.remoteCode : undefined
    const marking = this.#stored.update(({ refreshing, ...record }) => {
      if (record.generation !== tried.generation || refreshing?.owner !== owner) return undefined
      if (!isDead) return wasInterrupted ? undefined : record
      return { ...record, reauthRequired: { at: Date.now(), ...defined({ remoteCode }) } }
    })
    // Why the tokens could not be renewed matters more than that the store did not learn of it.
    const after = await marking.catch(() => undefined)
    if (isDead && after && after.generation !== tried.generation) return this.#keep(after)
    throw isDead && wasInterrupted ? reauthRequired(remoteCode, interrupted) : error
  }

  #keep(record: CredentialRecord): KeptTokens {
    const { generation } = record
    if (generation === this.#seen.kept.generation) return this.#see(this.#seen.kept)
    const tokens = fromStored(record.tokens)
    // The writer's clock may differ from this one's. These tokens were written since the store was last seen,
    // so they have at least the rest of their life from then on.
    const { expiresAt, lifetimeMs } = tokens
    if (expiresAt === undefined || lifetimeMs === undefined) return this.#see({ tokens, generation })
    const leastLeftMs = lifetimeMs - (performance.now() - this.#seen.at)
    const adjusted = { ...tokens, expiresAt: Math.max(expiresAt, Date.now() + leastLeftMs) }
    return this.#see({ tokens: adjusted, generation })
  }

  #see(kept: KeptTokens): KeptTokens {
    this.#seen = { kept, at: this.#stored.readAt }
    return kept
  }
}

const interrupted =
  'A process ended while it renewed the tokens, after it may have used up the refresh token. '

function reauthRequired(remoteCode: string | undefined, story = ''): ReauthRequiredError {
  const named = remoteCode === undefined ? '' : ` (${remoteCode})`
  return new ReauthRequiredError(`The stored refresh token is no longer valid${named}.`, {
    code: 'REAUTH_REQUIRED',
    outcome: 'not_sent',
    hint: `${story}Let the user connect the account again and save the new credential.`,
    remoteCode,
  })
}
