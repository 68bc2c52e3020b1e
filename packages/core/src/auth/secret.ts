const inspect = Symbol.for('nodejs.util.inspect.custom')
const shown = '[secret]'

/** Holds a credential value so that printing it in any way shows `[secret]`. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. Call it only where the value goes on the wire or into a store. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return shown
  }

  toJSON(): string {
    return shown
  }

  [inspect](): string {
    return shown
  }
}
