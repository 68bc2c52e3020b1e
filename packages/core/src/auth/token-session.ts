import { ConnectorError } from '../errors/connector-error.ts'
import { ConfigError, ReauthRequiredError, StoreError, TokenEndpointError } from '../errors/errors.ts'
import type { AuthContext, TokenRefreshEvent } from './authenticator.ts'
import type { HeldTokens } from './held-tokens.ts'
import type { OnTokens } from './oauth2.ts'
import type { Secret } from './secret.ts'
import { CallbackKeeper, type KeptTokens, type TokenKeeper } from './token-keeper.ts'
import { renewalWindowMs } from './token-lifetime.ts'

/** How new tokens are got: by a refresh token, or by whatever the credential is exchanged for. */
export interface Grant {
  /** Where they are got, for events. */
  url: string
  /** The config field that is missing for getting new ones, if any. */
  missing(tokens: HeldTokens): string | undefined
  /** Set where the token endpoint says where the API is. */
  needsBaseUrl?: boolean
  request(previous: HeldTokens, context: AuthContext, now: () => number): Promise<HeldTokens>
}

export interface TokenSessionOptions {
  grant: Grant
  /** What the app already has. */
  tokens?: HeldTokens
  onTokens?: OnTokens | undefined
  /** Where tokens are kept, in place of `tokens` and `onTokens`. */
  tokenKeeper?: TokenKeeper | undefined
  /** Wall clock, milliseconds since the epoch. */
  now?: (() => number) | undefined
}

interface UsableToken {
  accessToken: Secret
  baseUrl: string | undefined
  generation: number
}

type Reason = TokenRefreshEvent['reason']

// While the token endpoint is down, not every call with a valid token waits for it to fail again.
const restMs = 30_000

/** Owns one credential's tokens in this process: who may use them, when they are renewed, and that it happens once. */
export class TokenSession {
  readonly #grant: Grant
  readonly #keeper: TokenKeeper
  readonly #now: () => number
  #kept: KeptTokens
  /** Grows with every change of tokens; a 401 on an older generation needs no renewal. */
  #generation = 0
  #renewal: Promise<void> | undefined
  /** By the monotonic clock. */
  #restsUntil = Number.NEGATIVE_INFINITY
  /** Remembered: a dead grant does not come back, so later calls fail without network. */
  #dead: ReauthRequiredError | undefined

  constructor({ grant, tokens = {}, onTokens, tokenKeeper, now = Date.now }: TokenSessionOptions) {
    this.#grant = grant
    this.#keeper = tokenKeeper ?? new CallbackKeeper(onTokens)
    this.#kept = this.#keeper.initial ?? { tokens, generation: 'given' }
    this.#now = now
  }

  get #tokens(): HeldTokens {
    return this.#kept.tokens
  }

  /** The access token to send now, renewed first where that is due. */
  async accessToken(context: AuthContext): Promise<UsableToken> {
    try {
      await this.#adoptNewer()
      const reason = this.#reasonToRenew()
      if (reason !== undefined || this.#renewal || this.#keeper.isUnsettled || this.#dead) {
        await this.#renew(reason ?? 'expiring', context)
      }
    } catch (error) {
      if (!this.#survives(error)) throw error
      this.#restsUntil = performance.now() + restMs
    }
    const { accessToken, baseUrl } = this.#tokens
    if (accessToken === undefined) throw cannotRenew('accessToken')
    context.protect(accessToken)
    return { accessToken, baseUrl, generation: this.#generation }
  }

  /** True when another token than the rejected one is at hand, after renewing it where nobody has yet. */
  async renewAfterRejection(rejected: unknown, context: AuthContext): Promise<boolean> {
    if (rejected !== this.#generation) return true
    await this.#adoptNewer(true)
    if (rejected !== this.#generation) return true
    if (this.#grant.missing(this.#tokens) !== undefined) return false
    await this.#renew('rejected', context)
    return true
  }

  /** The credential may have been replaced, or its tokens renewed, elsewhere. */
  async #adoptNewer(now = false): Promise<void> {
    const newer = await this.#keeper.newer?.(this.#kept.generation, now || this.#dead !== undefined)
    if (newer) this.#adopt(newer)
  }

  #adopt(kept: KeptTokens): void {
    if (kept.generation === this.#kept.generation) return
    this.#kept = kept
    this.#generation += 1
    this.#dead = undefined
  }

  #reasonToRenew(): Reason | undefined {
    const { accessToken, baseUrl } = this.#tokens
    if (accessToken === undefined) return 'missing'
    if (this.#grant.missing(this.#tokens) !== undefined) return undefined
    // A token is of no use while nobody knows where; with the next one, the service says it.
    if (this.#grant.needsBaseUrl && baseUrl === undefined) return 'missing'
    if (isValid(this.#tokens, this.#now()) && performance.now() < this.#restsUntil) return undefined
    return this.#isFresh(this.#tokens) ? undefined : 'expiring'
  }

  #isFresh({ expiresAt, lifetimeMs = Number.POSITIVE_INFINITY }: HeldTokens): boolean {
    return expiresAt === undefined || expiresAt - this.#now() > renewalWindowMs(lifetimeMs)
  }

  /** A token that is still valid keeps working while the token endpoint or the store is down. */
  #survives(error: unknown): boolean {
    const isDown =
      (TokenEndpointError.isInstance(error) && error.isRetryable) ||
      (StoreError.isInstance(error) && ['STORE_UNAVAILABLE', 'STORE_LOCKED'].includes(error.code))
    return isDown && isValid(this.#tokens, this.#now())
  }

  /** One renewal for all who ask while it runs. It does not end with any one caller's abort. */
  #renew(reason: Reason, context: AuthContext): Promise<void> {
    this.#renewal ??= this.#renewNow(reason, context).finally(() => {
      this.#renewal = undefined
    })
    return this.#renewal
  }

  async #renewNow(reason: Reason, context: AuthContext): Promise<void> {
    if (this.#keeper.isUnsettled) {
      this.#adopt(await this.#keeper.settle())
      return
    }
    if (this.#dead) throw this.#dead
    const field = this.#grant.missing(this.#tokens)
    if (field !== undefined) throw cannotRenew(field)
    const rejected = reason === 'rejected' ? this.#tokens.accessToken?.reveal() : undefined
    try {
      const kept = await this.#keeper.renew({
        held: this.#kept,
        url: this.#grant.url,
        isUsable: (tokens) =>
          tokens.accessToken !== undefined &&
          tokens.accessToken.reveal() !== rejected &&
          this.#isFresh(tokens),
        request: (tokens) => this.#request(tokens, reason, context),
        onReceived: (received) => {
          this.#adopt(received)
        },
      })
      this.#adopt(kept)
    } catch (error) {
      if (ReauthRequiredError.isInstance(error)) this.#dead = error
      throw error
    }
  }

  async #request(tokens: HeldTokens, reason: Reason, context: AuthContext): Promise<HeldTokens> {
    const { origin, pathname } = new URL(this.#grant.url)
    const started = performance.now()
    const report = (event: Pick<TokenRefreshEvent, 'outcome' | 'code' | 'expiresAt'>) => {
      const durationMs = performance.now() - started
      context.onTokenRefresh({ url: origin + pathname, reason, durationMs, ...event })
    }
    try {
      const renewed = await this.#grant.request(tokens, context, this.#now)
      const { expiresAt } = renewed
      report({ outcome: 'renewed', ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }) })
      return renewed
    } catch (error) {
      report({ outcome: 'failed', ...(ConnectorError.isInstance(error) && { code: error.code }) })
      throw error
    }
  }
}

function isValid({ accessToken, expiresAt }: HeldTokens, now: number): boolean {
  return accessToken !== undefined && expiresAt !== undefined && expiresAt > now
}

function cannotRenew(field: string): ConfigError {
  return new ConfigError(`Invalid auth config: ${field} is missing, so the access token cannot be renewed.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Give ${field}.`,
    issues: [{ path: field, expected: 'a non-empty string' }],
  })
}
