/** What every emulator hands back: a running server, its recorded traffic, and faults on demand. */
export interface Emulator<State> {
  /** Origin of the server, `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string
  /** Every request received so far, in order of arrival, those answered by a fault included. */
  readonly requests: readonly RecordedRequest[]
  /** The live state, for assertions. */
  readonly state: State
  /** Makes the next matching requests fail; faults queue up in the order they were added. */
  addFault(fault: Fault): void
  /** Back to the seed: state, recorded requests and faults. */
  reset(): void
  /** Stops listening and drops open connections. */
  close(): Promise<void>
}

/** What every emulator with an OAuth server offers to tests, beside `Emulator`. */
export interface OauthControls {
  /** Every request to the token endpoint so far, refused ones included, in order of arrival. */
  readonly tokenRequests: readonly TokenRequest[]
  /** What the signed-in user answers on the authorization page; `approve` at the start and after a reset. */
  approval: Approval
  /**
   * Every access token that an app was issued so far answers 401 from now on; refresh tokens stay good. Tokens that
   * people or accounts made for themselves, such as a personal access token or a service key, stay good too.
   */
  expireAccessTokens(): void
  /** Makes an access or refresh token fail from now on; throws `TypeError` for an unknown one. */
  revokeToken(token: string): void
}

export type Approval = 'approve' | 'deny'

export interface TokenRequest {
  /** As sent; `authorization_code` where only a `code` tells, undefined where nothing does. */
  grantType: string | undefined
  /** Milliseconds since the epoch, by the emulator's clock. */
  time: number
  /** Status that was sent, undefined while pending or after a reset. GitHub sends 200 with an error, too. */
  status: number | undefined
}

export interface RecordedRequest {
  method: string
  /** Path without the query. */
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  /** Parsed JSON or form fields; the text where it is neither; undefined where there was none. */
  body: unknown
  /** Milliseconds since the epoch, by the emulator's clock. */
  receivedAt: number
  /** Status that was sent; undefined while it is pending or when the connection was reset. */
  status: number | undefined
}

/** Which requests a fault applies to; an omitted field matches all. */
export interface RequestMatch {
  method?: string
  /** Exact path, or a pattern tested against the path. */
  path?: string | RegExp
}

export type FaultKind =
  /** Answers 429 (the service's own body) with `Retry-After`; nothing is applied. */
  | { kind: 'rate-limited'; retryAfterSeconds?: number }
  /** Applies the request, then answers with this status and the service's own error body. */
  | { kind: 'fails-after-applying'; status?: number }
  /** Answers with this status without applying anything. */
  | { kind: 'fails-before-applying'; status: number; headers?: Record<string, string>; body?: unknown }
  /** Closes the connection with a TCP reset, after applying the request when `applied` is true. */
  | { kind: 'reset'; applied?: boolean }
  /** Applies the request, announces the full length and closes after `bytes` bytes of the body. */
  | { kind: 'truncated'; bytes?: number }
  /** Applies the request and answers after `delayMs`; with `bytesPerSecond` the body trickles. */
  | { kind: 'slow'; delayMs?: number; bytesPerSecond?: number }
  /** Answers 200 with an HTML page, as a captive portal does. */
  | { kind: 'html' }

export type Fault = FaultKind & {
  match?: RequestMatch
  /** How many requests; 1 unless told. */ times?: number
}

export interface EmulatorOptions<Seed> {
  /** 0, the default, takes a free port. */
  port?: number
  /** Initial state; a small default company where omitted. */
  seed?: Seed
  /** Clock in milliseconds since the epoch, for token expiry; `Date.now` unless given. */
  now?: () => number
}
