import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One account: the newest pair counts, and each refresh token is good for one use. */
interface Account {
  pair: number
  isExpired: boolean
  tokenRequests: number
  refused: number
  held?: 'before' | 'after'
  arrived: PromiseWithResolvers<void>
}

export interface AccountCounts {
  tokenRequests: number
  /** Token requests answered with `invalid_grant`. */
  refused: number
}

const accessToken = (account: string, pair: number) => `access.${account}.${pair}`
export const tokensOf = (account: string, pair = 1) => ({
  accessToken: accessToken(account, pair),
  refreshToken: `refresh.${account}.${pair}`,
})

/**
 * An authorization server with single-use refresh tokens and the API that its access tokens open, on a free
 * loopback port. Plain `node:http`, so that the clients are what is measured.
 */
export class AuthorizationServer {
  readonly #accounts = new Map<string, Account>()
  readonly #server: Server
  readonly #expiresIn: number

  constructor({ expiresIn = 3600 }: { expiresIn?: number } = {}) {
    this.#expiresIn = expiresIn
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      void this.#handle(request, response)
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', 4096, resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  counts(name: string): AccountCounts {
    const { tokenRequests, refused } = this.#account(name)
    return { tokenRequests, refused }
  }

  /** The access token dies before its time; the refresh token stays good. */
  expire(name: string): void {
    this.#account(name).isExpired = true
  }

  /** The next token request gets no answer, and is carried out or not. */
  #hold(name: string, held: 'before' | 'after'): void {
    this.#account(name).held = held
  }

  #account(name: string): Account {
    let account = this.#accounts.get(name)
    if (!account) {
      account = {
        pair: 1,
        isExpired: false,
        tokenRequests: 0,
        refused: 0,
        arrived: Promise.withResolvers(),
      }
      this.#accounts.set(name, account)
    }
    return account
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, first = '', name = ''] = (request.url ?? '').split('/')
    const controls: Readonly<Record<string, () => unknown>> = {
      'hold-before': () => {
        this.#hold(name, 'before')
      },
      'hold-after': () => {
        this.#hold(name, 'after')
      },
      expire: () => {
        this.expire(name)
      },
      counts: () => this.counts(name),
      arrived: () => this.#account(name).arrived.promise,
    }
    if (first === 'token') await this.#token(request, response)
    else if (first === 'items') this.#api(request, response)
    else answer(response, first in controls ? 200 : 404, (await controls[first]?.()) ?? {})
  }

  async #token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const [, name = '', pair] = (new URLSearchParams(body).get('refresh_token') ?? '').split('.')
    const account = this.#account(name)
    account.tokenRequests += 1
    const { held } = account
    if (held !== undefined) delete account.held
    if (held === 'before') {
      account.arrived.resolve()
      return
    }
    if (Number(pair) !== account.pair) {
      account.refused += 1
      answer(response, 400, { error: 'invalid_grant' })
      return
    }
    account.pair += 1
    account.isExpired = false
    if (held === 'after') {
      account.arrived.resolve()
      return
    }
    const { accessToken: access, refreshToken } = tokensOf(name, account.pair)
    const reply = { access_token: access, refresh_token: refreshToken, token_type: 'bearer' }
    answer(response, 200, { ...reply, expires_in: this.#expiresIn })
  }

  #api({ headers: { authorization = '' } }: IncomingMessage, response: ServerResponse): void {
    const token = authorization.slice('Bearer '.length)
    const [, name = ''] = token.split('.')
    const account = this.#account(name)
    const isGood = !account.isExpired && token === accessToken(name, account.pair)
    answer(response, isGood ? 200 : 401, isGood ? { id: 1 } : { message: 'expired' })
  }
}

function answer(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}
