import { ConfigError, type Secret } from '@agent/core'
import { pkcs8FromPkcs1 } from './pkcs1.ts'

/**
 * The signing key in a PEM text, PKCS#1 or PKCS#8, whose line breaks may be written as `\n`. Throws
 * ConfigError (`CONFIG_INVALID`) naming the reason, never a byte of the key.
 */
export async function importPrivateKey(pem: Secret): Promise<CryptoKey> {
  const { label, bytes } = decode(pem.reveal().replaceAll(/\\r|\\n/g, '\n'))
  const der = label === 'RSA PRIVATE KEY' ? pkcs8FromPkcs1(bytes) : bytes
  let key: CryptoKey
  try {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
  } catch {
    // What the platform says may quote what it read.
    throw invalid('it holds no readable RSA key')
  }
  const { modulusLength } = key.algorithm as RsaHashedKeyAlgorithm
  if (modulusLength < 2048) throw invalid('the key is shorter than 2048 bits')
  return key
}

function decode(pem: string): { label: string; bytes: Uint8Array<ArrayBuffer> } {
  const [, label = '', body = ''] = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/s.exec(pem) ?? []
  if (label === '') {
    throw invalid(pem.includes('-----BEGIN ') ? 'the PEM is cut off' : 'it is no PEM text')
  }
  if (label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(body)) {
    throw invalid('the key is encrypted; decrypt it first')
  }
  if (label !== 'RSA PRIVATE KEY' && label !== 'PRIVATE KEY') {
    throw invalid(
      `the PEM holds ${/^[A-Z0-9 ]{1,40}$/.test(label) ? label : 'something else'}, no RSA private key`,
    )
  }
  try {
    return { label, bytes: Uint8Array.from(atob(body.replaceAll(/\s/g, '')), (one) => one.charCodeAt(0)) }
  } catch {
    throw invalid('the PEM is not base64')
  }
}

function invalid(reason: string): ConfigError {
  return new ConfigError(`Invalid credential: privateKey: ${reason}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: 'Give the PEM file that GitHub made for the app, whole and with its first and last line.',
    issues: [{ path: 'privateKey', expected: 'an RSA private key as PEM, PKCS#1 or PKCS#8' }],
  })
}
