// INTEGER 0, and the AlgorithmIdentifier of rsaEncryption (RFC 5208, RFC 8017 A.1).
const version = [0x02, 0x01, 0x00]
const rsaEncryption = [
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]

/** An RSA private key in DER, wrapped as WebCrypto takes it: PKCS#1 into PKCS#8. */
export function pkcs8FromPkcs1(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  return element(0x30, [...version, ...rsaEncryption, ...element(0x04, pkcs1)])
}

function element(tag: number, content: ArrayLike<number> & Iterable<number>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([tag, ...lengthOf(content.length), ...content])
}

/** Short form below 128, else the count of bytes and the bytes, highest first. */
function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return [0x80 | bytes.length, ...bytes]
}
