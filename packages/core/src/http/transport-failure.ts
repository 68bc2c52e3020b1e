// Codes of Node, undici and Bun. An unlisted failure counts as "may have been sent".
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
])

// zlib's for a body that is not what its content-encoding says.
const decoding = /^(Z_|ERR_BROTLI|ERR__ERROR_|ZSTD_)/

const certificate = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/

export interface TransportFailure {
  /** The platform's code, such as `ECONNREFUSED`, where there is one. */
  code: string | undefined
  wasSent: boolean
  /** A certificate that is wrong now is wrong at the next attempt too. */
  isPassing: boolean
  /** The answer came, in an encoding that is not the one it declares. */
  isUndecodable: boolean
}

/** What a failed `fetch` tells about the request: whether it can have reached the service. */
export function readTransportFailure(error: unknown): TransportFailure {
  const codes = [...errorCodes(error, 0)]
  const broken = codes.find((code) => certificate.test(code))
  if (broken !== undefined) return { code: broken, wasSent: false, isPassing: false, isUndecodable: false }
  // Several addresses were tried: only if every one failed before sending is it certain.
  const wasSent = codes.length === 0 || codes.some((code) => !notSent.has(code))
  return {
    code: codes[0],
    wasSent,
    isPassing: true,
    isUndecodable: codes.some((code) => decoding.test(code)),
  }
}

function* errorCodes(error: unknown, depth: number): Generator<string> {
  if (!(error instanceof Error) || depth > 5) return
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [cause]
  const found = inner.flatMap((each) => [...errorCodes(each, depth + 1)])
  if (found.length > 0) yield* found
  else if (typeof code === 'string') yield code
}
