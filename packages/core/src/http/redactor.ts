import { base64 } from '../auth/base64.ts'
import type { Secret } from '../auth/secret.ts'

const maxSecrets = 64

/** Takes every known credential value out of a text, in the forms in which it may come back. */
export class Redactor {
  readonly #patterns = new Map<string, RegExp>()

  add(secret: Secret): void {
    const value = secret.reveal()
    // Shorter ones would turn ordinary words into [secret].
    if (value.length < 4) return
    const pattern = this.#patterns.get(value) ?? patternOf(value)
    // Renewed tokens come and go; the one unused for longest is no longer valid anywhere.
    this.#patterns.delete(value)
    this.#patterns.set(value, pattern)
    const [oldest] = this.#patterns.keys()
    if (this.#patterns.size > maxSecrets && oldest !== undefined) this.#patterns.delete(oldest)
  }

  redact(text: string): string {
    let clean = text
    for (const pattern of this.#patterns.values()) clean = clean.replace(pattern, '[secret]')
    return clean
  }
}

/** The value itself, and its Base64 after 0, 1 and 2 other bytes, as in `Basic <user:value>`; host names lose case. */
function patternOf(value: string): RegExp {
  // Characters that also hold bits of a neighbour are not looked for.
  const encoded = ['', ' ', '  '].map((before) =>
    base64(before + value)
      .slice(before === '' ? 0 : before.length + 1)
      .replace(/.=+$/, ''),
  )
  return new RegExp([value, ...encoded].map(inAnyEscape).join('|'), 'gi')
}

// As signs are written in forms, in Base64 of URLs, and in URLs.
const twins: Readonly<Record<string, string>> = { ' ': '+', '+': '-', '/': '_', '\\': '/' }

/** A text whose signs may be escaped as in URLs, forms and JSON, each in its own way. */
const inAnyEscape = (text: string) =>
  text.replace(/\W/gu, (sign) => {
    const bytes = Array.from(
      new TextEncoder().encode(sign),
      (byte) => `%${byte.toString(16).padStart(2, '0')}`,
    )
    return `[\\\\/]?(?:\\${sign}|\\${twins[sign] ?? sign}|${bytes.join('')})`
  })
