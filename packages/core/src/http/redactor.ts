import { base64 } from '../auth/base64.ts'
import type { Secret } from '../auth/secret.ts'

const maxSecrets = 64

/** Takes every known credential value out of a text, in the forms in which it may come back. */
export class Redactor {
  readonly #forms = new Map<string, readonly string[]>()

  add(secret: Secret): void {
    const value = secret.reveal()
    // Shorter ones would turn ordinary words into [secret].
    if (value.length < 4) return
    const forms = this.#forms.get(value) ?? formsOf(value)
    // Renewed tokens come and go; the one unused for longest is no longer valid anywhere.
    this.#forms.delete(value)
    this.#forms.set(value, forms)
    const [oldest] = this.#forms.keys()
    if (this.#forms.size > maxSecrets && oldest !== undefined) this.#forms.delete(oldest)
  }

  redact(text: string): string {
    let clean = text
    for (const forms of this.#forms.values()) {
      for (const form of forms) clean = clean.replaceAll(form, '[secret]')
    }
    return clean
  }
}

function formsOf(value: string): readonly string[] {
  const encoded = base64(value).replace(/=+$/, '')
  const base64url = encoded.replaceAll('+', '-').replaceAll('/', '_')
  const json = JSON.stringify(value).slice(1, -1)
  return [...new Set([value, json, encodeURIComponent(value), encoded, base64url])]
}
