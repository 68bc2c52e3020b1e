import {
  type AuthContext,
  type Authenticator,
  type Authorization,
  type HeldTokens,
  readCredential,
  Secret,
  type TokenReply,
} from '@agent/core'
import { importPrivateKey, ServerClock, signJwt } from '@agent/core/jwt'
import type { AppInstallationSettings } from './app-installation.ts'
import type { AppInstallationConfig } from './config.ts'
import { readId, readToken } from './replies.ts'
import { isUnknownApp, refusal } from './refusal.ts'

const keyHint = 'Give the PEM file that GitHub made for the app, whole and with its first and last line.'

interface AppRequest {
  path: string
  body?: Record<string, unknown>
}

/** Gets tokens for one installation, signing as the app, by the clock of the server. */
export class Minter {
  readonly #config: AppInstallationConfig
  readonly #api: string
  readonly #settleMs: number
  #installationId: number | string | undefined
  readonly #clock = new ServerClock()
  #mintedAt = Number.NEGATIVE_INFINITY

  constructor(config: AppInstallationConfig, baseUrl: URL, { settleMs = 5_000 }: AppInstallationSettings) {
    this.#config = config
    this.#api = baseUrl.href.replace(/\/$/, '')
    this.#settleMs = settleMs
    this.#installationId = config.installationId
  }

  /** @see https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
  async mint(context: AuthContext, now: () => number): Promise<HeldTokens> {
    const { repositories, permissions } = this.#config
    this.#installationId ??= await this.#lookUp(context, now)
    const path = `/app/installations/${this.#installationId}/access_tokens`
    const body = { ...(repositories && { repositories }), ...(permissions && { permissions }) }
    const reply = await this.#send({ path, body }, context, now)
    if (reply.status !== 201) throw refusal(reply, this.#config)
    const tokens = readToken(reply, now())
    this.#mintedAt = performance.now()
    return tokens
  }

  /** True when a token other than the rejected one is at hand, or the rejected one may work by now. */
  async replace(tokens: Authenticator, rejected: Authorization, context: AuthContext): Promise<boolean> {
    const { generation } = await tokens.authorize(context)
    if (generation !== rejected.generation) return true
    // GitHub may refuse a token for some seconds after it made it; another one would fare no better.
    if (await this.#settle(context.signal)) return true
    return (await tokens.onUnauthorized?.(rejected, context)) ?? false
  }

  /** Waits until the newest token is old enough to be judged; false where it already is. */
  async #settle(signal: AbortSignal | undefined): Promise<boolean> {
    const restMs = this.#mintedAt + this.#settleMs - performance.now()
    if (restMs <= 0) return false
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, restMs)
      signal?.addEventListener(
        'abort',
        () => {
          clearTimeout(timer)
          resolve()
        },
        { once: true },
      )
    })
    return true
  }

  async #lookUp(context: AuthContext, now: () => number): Promise<number> {
    const { account, repository } = this.#config
    const paths =
      repository === undefined
        ? [`/orgs/${account}/installation`, `/users/${account}/installation`]
        : [`/repos/${repository}/installation`]
    const [first = '', second] = paths
    let reply = await this.#send({ path: first }, context, now)
    if (reply.status === 404 && second !== undefined && !isUnknownApp(reply)) {
      reply = await this.#send({ path: second }, context, now)
    }
    if (reply.status !== 200) throw refusal(reply, this.#config)
    return readId(reply)
  }

  /** Sends as the app; once more by the server's clock where ours may be why it was refused. */
  async #send(request: AppRequest, context: AuthContext, now: () => number): Promise<TokenReply> {
    const reply = await this.#sendOnce(request, context, now)
    if (reply.status !== 401 || !this.#clock.learn(reply.headers, now())) return reply
    return this.#sendOnce(request, context, now)
  }

  async #sendOnce({ path, body }: AppRequest, context: AuthContext, now: () => number): Promise<TokenReply> {
    const jwt = await this.#sign(context, now() + this.#clock.skewMs)
    return context.sendTokenRequest({
      url: this.#api + path,
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: new Secret(`Bearer ${jwt.reveal()}`),
        'user-agent': '@agent/github',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: new Secret(JSON.stringify(body)) }),
      isRepeatable: true,
    })
  }

  /** @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
  async #sign(context: AuthContext, now: number): Promise<Secret> {
    const pem = await readCredential('privateKey', this.#config.privateKey)
    context.protect(pem)
    const key = await importPrivateKey(pem, { hint: keyHint })
    const jwt = await signJwt({ key, issuer: String(this.#config.appId), now })
    context.protect(jwt)
    return jwt
  }
}
