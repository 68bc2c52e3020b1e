// By RFC 7518 §3.1 and RFC 8037, as WebCrypto names them.
const algorithms = {
  RS256: { kind: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } },
  RS384: { kind: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' } },
  RS512: { kind: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' } },
  PS256: { kind: 'RSA', parameters: { name: 'RSA-PSS', hash: 'SHA-256' } },
  PS384: { kind: 'RSA', parameters: { name: 'RSA-PSS', hash: 'SHA-384' } },
  PS512: { kind: 'RSA', parameters: { name: 'RSA-PSS', hash: 'SHA-512' } },
  ES256: { kind: 'P-256', parameters: { name: 'ECDSA', namedCurve: 'P-256' } },
  ES384: { kind: 'P-384', parameters: { name: 'ECDSA', namedCurve: 'P-384' } },
  ES512: { kind: 'P-521', parameters: { name: 'ECDSA', namedCurve: 'P-521' } },
  EdDSA: { kind: 'Ed25519', parameters: { name: 'Ed25519' } },
} as const

/** JWS algorithms that sign with a private key. */
export type JwtAlgorithm = keyof typeof algorithms

/** The kind of key that an algorithm takes, in words and for WebCrypto. */
export const keyAlgorithm = (algorithm: JwtAlgorithm) => algorithms[algorithm]
