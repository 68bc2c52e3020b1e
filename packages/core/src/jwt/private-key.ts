import type { Secret } from '../auth/secret.ts'
import { ConfigError } from '../errors/errors.ts'
import { type JwtAlgorithm, keyAlgorithm } from './algorithms.ts'
import { pkcs8FromPkcs1 } from './pkcs8.ts'

export interface PrivateKeyOptions {
  /** What the key will sign with; `RS256` unless told. */
  algorithm?: JwtAlgorithm | undefined
  /** What the app calls the key, for errors; `privateKey` unless told. */
  field?: string | undefined
  /** What to give instead, for errors. */
  hint?: string | undefined
}

const wholeFile = 'Give the whole PEM file of the private key, with its first and last line.'

/**
 * The signing key in a PEM text, PKCS#8 or (RSA) PKCS#1, whose line breaks may be written as `\n`. Throws
 * ConfigError (`CONFIG_INVALID`) naming the reason, never a byte of the key.
 */
export async function importPrivateKey(pem: Secret, options: PrivateKeyOptions = {}): Promise<CryptoKey> {
  const { algorithm = 'RS256', field = 'privateKey', hint = wholeFile } = options
  const { kind, parameters } = keyAlgorithm(algorithm)
  const isRsa = kind === 'RSA'
  const invalid = (reason: string) =>
    new ConfigError(`Invalid credential: ${field}: ${reason}.`, {
      code: 'CONFIG_INVALID',
      outcome: 'not_sent',
      hint,
      issues: [{ path: field, expected: `${kind} private key as PEM, PKCS#8${isRsa ? ' or PKCS#1' : ''}` }],
    })

  const decoded = decode(pem.reveal().replaceAll(/\\r|\\n/g, '\n'))
  if ('problem' in decoded) throw invalid(decoded.problem)
  const { label, bytes } = decoded
  if (label !== 'PRIVATE KEY' && !(isRsa && label === 'RSA PRIVATE KEY')) {
    const found = /^[A-Z0-9 ]{1,40}$/.test(label) ? label : 'something else'
    const advice = label === 'EC PRIVATE KEY' && !isRsa ? '; convert it to PKCS#8' : ''
    throw invalid(`the PEM holds ${found}, no ${kind} private key as PKCS#8${advice}`)
  }
  const der = label === 'RSA PRIVATE KEY' ? pkcs8FromPkcs1(bytes) : bytes
  let key: CryptoKey
  try {
    key = await crypto.subtle.importKey('pkcs8', der, parameters, false, ['sign'])
  } catch {
    // What the platform says may quote what it read.
    throw invalid(`it holds no readable ${kind} key`)
  }
  const { modulusLength } = key.algorithm as Partial<RsaHashedKeyAlgorithm>
  if (modulusLength !== undefined && modulusLength < 2048) throw invalid('the key is shorter than 2048 bits')
  return key
}

type Decoded = { label: string; bytes: Uint8Array<ArrayBuffer> } | { problem: string }

function decode(pem: string): Decoded {
  const [, label = '', body = ''] = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/s.exec(pem) ?? []
  if (label === '') {
    return { problem: pem.includes('-----BEGIN ') ? 'the PEM is cut off' : 'it is no PEM text' }
  }
  if (label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(body)) {
    return { problem: 'the key is encrypted; decrypt it first' }
  }
  try {
    return { label, bytes: Uint8Array.from(atob(body.replaceAll(/\s/g, '')), (one) => one.charCodeAt(0)) }
  } catch {
    return { problem: 'the PEM is not base64' }
  }
}
