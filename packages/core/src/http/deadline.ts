/** Why an attempt was cut short. */
export type CutReason = 'caller' | 'attempt-timeout' | 'total-timeout'

// Timers take at most this; a longer wait is as good as none.
const maxTimerMs = 2 ** 31 - 1

/** Ends a call when its caller aborts or its total time is up, and an attempt when its own time is up. */
export class Deadline {
  readonly #caller: AbortSignal | undefined
  readonly #endsAt: number
  readonly totalMs: number

  constructor(totalMs: number, caller: AbortSignal | undefined) {
    this.totalMs = totalMs
    this.#caller = caller
    this.#endsAt = performance.now() + totalMs
  }

  get leftMs(): number {
    return Math.max(0, this.#endsAt - performance.now())
  }

  /** True once the caller has aborted. */
  get isAborted(): boolean {
    return this.#caller?.aborted ?? false
  }

  /** Runs work under a signal that the caller's abort, the total deadline or `limitMs` ends. */
  async run<T>(limitMs: number, work: (scope: Scope) => Promise<T>): Promise<T> {
    const scope = new Scope()
    const isTotal = this.leftMs <= limitMs
    const timer = setTimeout(
      () => {
        scope.cut(isTotal ? 'total-timeout' : 'attempt-timeout')
      },
      Math.min(maxTimerMs, limitMs, this.leftMs),
    )
    const abort = () => {
      scope.cut('caller')
    }
    this.#caller?.addEventListener('abort', abort, { once: true })
    if (this.isAborted) abort()
    try {
      return await work(scope)
    } finally {
      clearTimeout(timer)
      this.#caller?.removeEventListener('abort', abort)
    }
  }

  /** Waits; ends early, without an error, when the caller aborts. */
  async wait(delayMs: number): Promise<void> {
    await this.run(delayMs, (scope) => scope.ended)
  }
}

/** One signal, and why it fired. */
export class Scope {
  readonly #controller = new AbortController()
  readonly #ending = Promise.withResolvers<undefined>()
  reason: CutReason | undefined

  /** Resolves when the scope is cut. */
  get ended(): Promise<undefined> {
    return this.#ending.promise
  }

  /** The work's result, or a rejection as soon as the scope is cut. The work itself goes on. */
  race<T>(work: Promise<T>): Promise<T> {
    const cut = this.ended.then((): never => {
      throw this.signal.reason
    })
    return Promise.race([work, cut])
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  cut(reason: CutReason): void {
    this.reason ??= reason
    this.#controller.abort()
    this.#ending.resolve(undefined)
  }
}
