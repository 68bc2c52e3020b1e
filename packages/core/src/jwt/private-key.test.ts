import { generateKeyPairSync } from 'node:crypto'
import { ConfigError, Secret } from '../index.ts'
import { describe, expect, it } from 'vitest'
import { importPrivateKey } from './private-key.ts'

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey
const key = rsa(2048)
const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }).toString()
const pkcs8 = key.export({ type: 'pkcs8', format: 'pem' }).toString()
const locked = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'test-passphrase' } as const
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

async function failureOf(pem: string): Promise<ConfigError> {
  const error = await importPrivateKey(new Secret(pem)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!ConfigError.isInstance(error)) throw new Error('No ConfigError was thrown.')
  return error
}

describe('T35: a private key', () => {
  it('is the same in both forms', async () => {
    const data = new TextEncoder().encode('text')
    const signatures = await Promise.all(
      [pkcs1, pkcs8, `\ufeff${pkcs1.replaceAll('\n', '\r\n')}\n\n`].map(async (pem) =>
        Buffer.from(
          await crypto.subtle.sign('RSASSA-PKCS1-v1_5', await importPrivateKey(new Secret(pem)), data),
        ).toString('hex'),
      ),
    )
    expect(new Set(signatures).size).toBe(1)
  })

  it('of a curve, or of Ed25519, is taken where the algorithm asks for one', async () => {
    const edwards = generateKeyPairSync('ed25519').privateKey
    for (const [algorithm, given] of [
      ['ES256', curve],
      ['EdDSA', edwards],
    ] as const) {
      const pem = new Secret(given.export({ type: 'pkcs8', format: 'pem' }).toString())
      expect(await importPrivateKey(pem, { algorithm })).toMatchObject({ type: 'private' })
    }
  })

  it('of another kind than the algorithm asks for is refused, by the name and hint given', async () => {
    const options = { algorithm: 'ES256', field: 'signingKey', hint: 'Look here.' } as const
    for (const [pem, reason] of [
      [pkcs8, /signingKey: it holds no readable P-256 key/],
      [pkcs1, /signingKey: the PEM holds RSA PRIVATE KEY/],
      [curve.export({ type: 'sec1', format: 'pem' }).toString(), /convert it to PKCS#8/],
    ] as const) {
      const error = await importPrivateKey(new Secret(pem), options).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ message: expect.stringMatching(reason) as string, hint: 'Look here.' })
      expect(error).toMatchObject({ issues: [{ path: 'signingKey' }] })
    }
  })

  it.each<[string, string, RegExp]>([
    ['of no PEM', 'canary', /no PEM/],
    ['cut off', pkcs1.slice(0, 300), /cut off/],
    ['with a part missing', pkcs8.replace(/\n.{64}\n/, '\n'), /no readable RSA key/],
    ['of PKCS#1 with a part missing', pkcs1.replace(/\n.{64}\n/, '\n'), /no readable RSA key/],
    ['that is not base64', pkcs1.replace(/\n.{4}/, '\n****'), /not base64/],
    ['encrypted as PKCS#8', key.export({ type: 'pkcs8', ...locked }).toString(), /encrypted/],
    ['encrypted as PKCS#1', key.export({ type: 'pkcs1', ...locked }).toString(), /encrypted/],
    ['of a curve', curve.export({ type: 'pkcs8', format: 'pem' }).toString(), /no readable RSA key/],
    ['of a curve alone', curve.export({ type: 'sec1', format: 'pem' }).toString(), /EC PRIVATE KEY/],
    [
      'that is the public one',
      pkcs8.replaceAll('PRIVATE KEY', 'PUBLIC KEY'),
      /holds PUBLIC KEY, no RSA private key/,
    ],
    ['too short', rsa(1024).export({ type: 'pkcs8', format: 'pem' }).toString(), /2048 bits/],
  ])('%s is refused by its reason, without a byte of it', async (_, pem, reason) => {
    const error = await failureOf(pem)
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', outcome: 'not_sent' })
    expect(error.issues?.[0]?.path).toBe('privateKey')
    expect(error.message).toMatch(reason)
    const shown = `${JSON.stringify(error)} ${error.stack}`
    for (const line of pem.split('\n').filter((text) => !text.includes('-----') && text.length > 4)) {
      expect(shown).not.toContain(line)
    }
  })
})
