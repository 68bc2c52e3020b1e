import { StoreError } from '../errors/errors.ts'
import type { OnTokens } from './oauth2.ts'
import { type HeldTokens, tokensForApp } from './held-tokens.ts'

/** Tokens, and the name of the renewal they came from. */
export interface KeptTokens {
  tokens: HeldTokens
  generation: string
}

/** One renewal, as a session asks for it. */
export interface Renewal {
  held: KeptTokens
  /** Where the tokens are got. */
  url: string
  /** Whether tokens that another process got will do. */
  isUsable: (tokens: HeldTokens) => boolean
  request: (tokens: HeldTokens) => Promise<HeldTokens>
  /** Told of new tokens as soon as they are here: they count, even where persisting them then fails. */
  onReceived: (kept: KeptTokens) => void
}

/** Keeps the tokens of one credential beyond the session, and its renewals apart from those of others. */
export interface TokenKeeper {
  /** What was kept when the session began; undefined where that is what the app gave. */
  readonly initial?: KeptTokens
  /** True while new tokens could not be persisted. */
  readonly isUnsettled: boolean
  /**
   * Tokens of another generation, if some came from elsewhere. `now`: reads what is kept however lately that
   * was done.
   */
  newer?(generation: string, now?: boolean): Promise<KeptTokens | undefined>
  /** New tokens: requested once among all who share the credential, and persisted. */
  renew(renewal: Renewal): Promise<KeptTokens>
  /** Persists what could not be persisted before; answers what counts now. */
  settle(): Promise<KeptTokens>
}

/** The keeper of an app that gave `onTokens`, or nothing: the tokens are this process's own. */
export class CallbackKeeper implements TokenKeeper {
  readonly #onTokens: OnTokens | undefined
  #unsettled: KeptTokens | undefined

  constructor(onTokens: OnTokens | undefined) {
    this.#onTokens = onTokens
  }

  get isUnsettled(): boolean {
    return this.#unsettled !== undefined
  }

  async renew({ held, request, onReceived }: Renewal): Promise<KeptTokens> {
    const kept = { tokens: await request(held.tokens), generation: crypto.randomUUID() }
    onReceived(kept)
    this.#unsettled = kept
    return this.settle()
  }

  async settle(): Promise<KeptTokens> {
    const kept = this.#unsettled
    if (!kept) throw new Error('There is nothing to persist.')
    const persisting = async () => this.#onTokens?.(tokensForApp(kept.tokens))
    await persistInTime(persisting(), (reason) => `onTokens ${reason}`)
    this.#unsettled = undefined
    return kept
  }
}

const persistMs = 30_000

/** Waits for tokens to be persisted, though not forever; fails with StoreError (`TOKEN_PERSIST_FAILED`). */
export async function persistInTime(
  persisting: Promise<unknown>,
  problem: (reason: string) => string,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, persistMs, 'late')
  })
  let reason: string
  let cause: StoreError | undefined
  try {
    if ((await Promise.race([persisting, timeout])) !== 'late') return
    reason = `did not end within ${persistMs / 1000} s`
  } catch (error) {
    cause = StoreError.isInstance(error) ? error : undefined
    reason = `threw ${error instanceof Error ? error.name : typeof error}`
  } finally {
    clearTimeout(timer)
  }
  const hint = cause?.hint ?? 'Mend onTokens.'
  throw new StoreError(`The new tokens could not be persisted: ${problem(reason)}.`, {
    code: 'TOKEN_PERSIST_FAILED',
    outcome: 'not_sent',
    isRetryable: true,
    hint: `${hint} The tokens are kept in memory and handed over again on the next call.`,
    cause,
  })
}
