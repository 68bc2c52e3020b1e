import { pick } from './random.ts'

const alphabets = {
  letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  // What quoting, percent-encoding and JSON each change in their own way.
  awkward: 'ABCxyz019+/=?&%"\\<>{}|^`~!\'()*;:@,$[]#. -_',
}

export type Alphabet = keyof typeof alphabets
export const alphabetNames = Object.keys(alphabets) as Alphabet[]

/** A random test secret of visible ASCII; only what follows the prefix is looked for. */
export function randomSecret(random: () => number, alphabet: Alphabet, length = 30): string {
  const characters = Array.from({ length }, () => pick(random, Array.from(alphabets[alphabet])))
  return `test-${characters.join('')}.`
}

const percent = (text: string) =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

/** Forms in which a service may hand a credential back. */
export const encodings = {
  plain: (secret: string) => secret,
  base64: (secret: string) => Buffer.from(secret).toString('base64'),
  base64url: (secret: string) => Buffer.from(secret).toString('base64url'),
  'base64, URL-encoded': (secret: string) => encodeURIComponent(Buffer.from(secret).toString('base64')),
  'base64 after one byte': (secret: string) => Buffer.from(`:${secret}`).toString('base64'),
  'base64 after two bytes': (secret: string) => Buffer.from(`a:${secret}"`).toString('base64'),
  Basic: (secret: string) => `Basic ${Buffer.from(`someone:${secret}`).toString('base64')}`,
  'URL-encoded': (secret: string) => encodeURIComponent(secret),
  'URL-encoded, lower case': (secret: string) =>
    encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase()),
  'form-encoded': (secret: string) => new URLSearchParams({ '': secret }).toString().slice(1),
  'in a URL path': (secret: string) => new URL(`https://example.com/${encodeURI(secret)}`).href.slice(20),
  'percent signs only where needed': (secret: string) => secret.replace(/[^\w.~-]/g, percent),
  'JSON-escaped': (secret: string) => JSON.stringify(secret).slice(1, -1),
  'JSON-escaped, slashes too': (secret: string) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'upper case': (secret: string) => secret.toUpperCase(),
} as const

export type Encoding = keyof typeof encodings
export const encodingNames = Object.keys(encodings) as Encoding[]

// Shorter pieces are in many words.
const pieceLength = 6

/** The longest run of a secret's characters, six at least, that a text gives away in any encoding; undefined for none. */
export function leakIn(text: string, secret: string): string | undefined {
  const hidden = secret.slice('test-'.length, -1)
  const last = hidden.length - pieceLength
  const pieces = Array.from({ length: last + 1 }, (_, start) => hidden.slice(start, start + pieceLength))
  for (const read of readings(text)) {
    const lower = read.toLowerCase()
    const found = pieces.find((piece) => lower.includes(piece.toLowerCase()))
    if (found !== undefined) return found
  }
  for (const read of new Set([text, lenientDecode(text)])) {
    for (const decoded of base64In(read)) {
      const found = pieces.find((piece) => decoded.includes(piece))
      if (found !== undefined) return `${found} (base64)`
    }
  }
  return undefined
}

/** A text as it stands, and with its escapes resolved. */
function readings(text: string): Set<string> {
  const decoded = lenientDecode(text)
  const unescaped = text.replace(/\\(["\\/'])/g, '$1')
  return new Set([
    text,
    decoded,
    lenientDecode(text.replaceAll('+', ' ')),
    unescaped,
    unescaped.replace(/\\(["\\/'])/g, '$1'),
  ])
}

const lenientDecode = (text: string) =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

function* base64In(text: string): Generator<string> {
  for (const [run] of text.matchAll(/[\w+/-]{8,}/g)) {
    for (let offset = 0; offset < 4; offset++)
      yield Buffer.from(run.slice(offset), 'base64').toString('latin1')
  }
}
