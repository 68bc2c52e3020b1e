import { ConnectorError } from '../errors/connector-error.ts'
import { defined } from '../errors/defined.ts'
import { ConfigError, ReauthRequiredError, StoreError, TokenEndpointError } from '../errors/errors.ts'
import type { AuthContext, TokenRefreshEvent } from './authenticator.ts'
import type { OnTokens, OAuth2Tokens } from './oauth2.ts'
import type { Secret } from './secret.ts'
import { renewalWindowMs } from './token-lifetime.ts'

/** Tokens while this library holds them. */
export interface HeldTokens {
  accessToken?: Secret | undefined
  refreshToken?: Secret | undefined
  /** Milliseconds since the epoch; undefined when unknown. */
  expiresAt?: number | undefined
  refreshTokenExpiresAt?: number | undefined
  lifetimeMs?: number | undefined
  scope?: string | undefined
}

/** How new tokens are got: by a refresh token, or by whatever the credential is exchanged for. */
export interface Grant {
  /** Where they are got, for events. */
  url: string
  /** The config field that is missing for getting new ones, if any. */
  missing(tokens: HeldTokens): string | undefined
  request(previous: HeldTokens, context: AuthContext, now: () => number): Promise<HeldTokens>
}

export interface TokenSessionOptions {
  grant: Grant
  /** What the app already has. */
  tokens?: HeldTokens
  onTokens?: OnTokens | undefined
  /** Wall clock, milliseconds since the epoch. */
  now?: (() => number) | undefined
}

interface UsableToken {
  accessToken: Secret
  generation: number
}

type Reason = TokenRefreshEvent['reason']

// While the token endpoint is down, not every call with a valid token waits for it to fail again.
const restMs = 30_000

/** Owns one credential's tokens: who may use them, when they are renewed, and that it happens once. */
export class TokenSession {
  readonly #grant: Grant
  readonly #onTokens: OnTokens | undefined
  readonly #now: () => number
  #tokens: HeldTokens
  /** Grows with every renewal; a 401 on an older generation needs no renewal. */
  #generation = 0
  #renewal: Promise<void> | undefined
  #unpersisted: OAuth2Tokens | undefined
  #restsUntil = 0
  /** Remembered: a dead grant does not come back, so later calls fail without network. */
  #dead: ReauthRequiredError | undefined

  constructor({ grant, tokens = {}, onTokens, now = Date.now }: TokenSessionOptions) {
    this.#grant = grant
    this.#tokens = tokens
    this.#onTokens = onTokens
    this.#now = now
  }

  /** The access token to send now, renewed first where that is due. */
  async accessToken(context: AuthContext): Promise<UsableToken> {
    const reason = this.#reasonToRenew()
    if (reason !== undefined || this.#renewal || this.#unpersisted || this.#dead) {
      try {
        await this.#renew(reason ?? 'expiring', context)
      } catch (error) {
        if (!this.#survives(error)) throw error
        this.#restsUntil = this.#now() + restMs
      }
    }
    const { accessToken } = this.#tokens
    if (accessToken === undefined) throw cannotRenew('accessToken')
    context.protect(accessToken)
    return { accessToken, generation: this.#generation }
  }

  /** True when another token than the rejected one is at hand, after renewing it where nobody has yet. */
  async renewAfterRejection(rejected: unknown, context: AuthContext): Promise<boolean> {
    if (rejected !== this.#generation) return true
    if (this.#grant.missing(this.#tokens) !== undefined) return false
    await this.#renew('rejected', context)
    return true
  }

  #reasonToRenew(): Reason | undefined {
    const { accessToken, expiresAt, lifetimeMs } = this.#tokens
    if (accessToken === undefined) return 'missing'
    if (expiresAt === undefined || this.#grant.missing(this.#tokens) !== undefined) return undefined
    const left = expiresAt - this.#now()
    if (left > 0 && this.#now() < this.#restsUntil) return undefined
    return left <= renewalWindowMs(lifetimeMs ?? Number.POSITIVE_INFINITY) ? 'expiring' : undefined
  }

  /** A token that is still valid keeps working while the token endpoint is down. */
  #survives(error: unknown): boolean {
    const { accessToken, expiresAt } = this.#tokens
    const isDown = TokenEndpointError.isInstance(error) && error.isRetryable
    return isDown && accessToken !== undefined && expiresAt !== undefined && expiresAt > this.#now()
  }

  /** One renewal for all who ask while it runs. It does not end with any one caller's abort. */
  #renew(reason: Reason, context: AuthContext): Promise<void> {
    this.#renewal ??= this.#renewNow(reason, context).finally(() => {
      this.#renewal = undefined
    })
    return this.#renewal
  }

  async #renewNow(reason: Reason, context: AuthContext): Promise<void> {
    if (this.#unpersisted) {
      await this.#persist(this.#unpersisted)
      return
    }
    if (this.#dead) throw this.#dead
    const started = performance.now()
    const report = (event: Pick<TokenRefreshEvent, 'outcome' | 'code' | 'expiresAt'>) => {
      const { origin, pathname } = new URL(this.#grant.url)
      context.onTokenRefresh({
        url: origin + pathname,
        reason,
        durationMs: performance.now() - started,
        ...event,
      })
    }
    try {
      this.#tokens = await this.#requestTokens(context)
    } catch (error) {
      if (ReauthRequiredError.isInstance(error)) this.#dead = error
      report({ outcome: 'failed', ...(ConnectorError.isInstance(error) && { code: error.code }) })
      throw error
    }
    this.#generation += 1
    const renewed = forApp(this.#tokens)
    report({ outcome: 'renewed', ...(renewed.expiresAt && { expiresAt: renewed.expiresAt }) })
    await this.#persist(renewed)
  }

  #requestTokens(context: AuthContext): Promise<HeldTokens> {
    const field = this.#grant.missing(this.#tokens)
    if (field !== undefined) throw cannotRenew(field)
    return this.#grant.request(this.#tokens, context, this.#now)
  }

  async #persist(tokens: OAuth2Tokens): Promise<void> {
    if (!this.#onTokens) return
    this.#unpersisted = tokens
    try {
      await this.#onTokens(tokens)
      this.#unpersisted = undefined
    } catch (error) {
      throw new StoreError('The new tokens could not be persisted: onTokens threw.', {
        code: 'TOKEN_PERSIST_FAILED',
        outcome: 'not_sent',
        isRetryable: true,
        hint: `Mend onTokens (it threw ${error instanceof Error ? error.name : typeof error}). The tokens are kept in memory and handed over again on the next call.`,
      })
    }
  }
}

function forApp(tokens: HeldTokens): OAuth2Tokens {
  const { accessToken, refreshToken, expiresAt, refreshTokenExpiresAt, scope } = tokens
  const date = (at: number | undefined) => (at === undefined ? undefined : new Date(at))
  const known = {
    refreshToken: refreshToken?.reveal(),
    expiresAt: date(expiresAt),
    refreshTokenExpiresAt: date(refreshTokenExpiresAt),
    scope,
  }
  return { accessToken: accessToken?.reveal() ?? '', ...defined(known) }
}

function cannotRenew(field: string): ConfigError {
  return new ConfigError(`Invalid auth config: ${field} is missing, so the access token cannot be renewed.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Give ${field}.`,
    issues: [{ path: field, expected: 'a non-empty string' }],
  })
}
