import { base64 } from '../auth/base64.ts'
import type { Secret } from '../auth/secret.ts'

/** Takes every known credential value out of a text, in the forms in which it may come back. */
export class Redactor {
  readonly #known = new Set<string>()

  add(secret: Secret): void {
    const value = secret.reveal()
    // Shorter ones would turn ordinary words into [secret].
    if (value.length < 4 || this.#known.has(value)) return
    const json = JSON.stringify(value).slice(1, -1)
    for (const form of [value, json, encodeURIComponent(value), base64(value)]) this.#known.add(form)
    // Renewed tokens come and go; the oldest are no longer valid anywhere.
    for (const form of this.#known) {
      if (this.#known.size <= 256) break
      this.#known.delete(form)
    }
  }

  redact(text: string): string {
    let clean = text
    for (const form of this.#known) clean = clean.replaceAll(form, '[secret]')
    return clean
  }
}
