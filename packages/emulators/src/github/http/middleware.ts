import { createHash, randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { keyOf } from '../state/lookup.ts'
import { installationOf } from './access.ts'
import { forbidden, GithubError } from './errors.ts'
import { apiVersions, enterprisePrefix, type GithubEnv, type Scope, type World } from './scope.ts'

type Middleware = MiddlewareHandler<GithubEnv>

/** Gives the request its scope, and every answer the headers that the API always sends. */
export function stampAnswers(world: World): Middleware {
  return async (c, next) => {
    const { origin, pathname } = new URL(c.req.url)
    const enterprise = pathname.startsWith(`${enterprisePrefix}/`)
    const scope: Scope = {
      state: world.state,
      now: world.now(),
      version: '2022-11-28',
      viewer: undefined,
      apiRoot: enterprise ? `${origin}${enterprisePrefix}` : origin,
      webRoot: origin,
      enterprise,
      accepted: { scopes: '', permissions: '' },
    }
    c.set('scope', scope)
    await next()

    c.header('date', new Date(scope.now).toUTCString())
    c.header('x-github-request-id', requestId())
    c.header('x-github-media-type', 'github.v3; format=json')
    c.header('x-github-api-version-selected', scope.version)
    c.header('vary', 'Accept, Authorization, Cookie, X-GitHub-OTP')
    c.header('cache-control', `${scope.viewer ? 'private' : 'public'}, max-age=60, s-maxage=60`)
    if (scope.viewer) for (const [name, value] of tokenHeaders(scope)) c.header(name, value)
    if (c.res.headers.get('content-type')?.startsWith('application/json')) {
      c.header('content-type', 'application/json; charset=utf-8')
    }
  }
}

/** An id in the vendor's form: groups of hexadecimal digits. */
export function requestId(): string {
  const [first = '', ...rest] = randomUUID().toUpperCase().split('-')
  return `${first.slice(0, 4)}:${rest.join(':')}`
}

function tokenHeaders({ viewer, accepted }: Scope): [string, string][] {
  if (!viewer) return []
  const { grant, clientId, expiresAt } = viewer.token
  const headers: [string, string][] = []
  if (grant.kind === 'classic') {
    headers.push(['x-oauth-scopes', grant.scopes.join(', ')], ['x-accepted-oauth-scopes', accepted.scopes])
    if (clientId !== undefined) headers.push(['x-oauth-client-id', clientId])
  } else if (accepted.permissions !== '') {
    headers.push(['x-accepted-github-permissions', accepted.permissions])
  }
  if (expiresAt !== undefined) {
    const text = new Date(expiresAt).toISOString().slice(0, 19).replace('T', ' ')
    headers.push(['github-authentication-token-expiration', `${text} UTC`])
  }
  return headers
}

export const requireUserAgent: Middleware = async (c, next) => {
  if ((c.req.header('user-agent') ?? '') !== '') {
    await next()
    return
  }
  const problem = 'Request forbidden by administrative rules. Please send a User-Agent header.'
  c.res = c.text(problem, 403)
}

export const selectVersion: Middleware = async (c, next) => {
  const asked = c.req.header('x-github-api-version')
  const version = apiVersions.find((known) => known === asked)
  if (version) c.get('scope').version = version
  else if (asked !== undefined) {
    const known = apiVersions.map((name) => `"${name}"`).join(', ')
    const errors =
      `The version you specified in the "X-GitHub-API-Version" request header, "${asked}", ` +
      `is not a supported version. The following versions are currently supported: ${known}.`
    throw new GithubError(400, 'Bad Request', { errors })
  }
  await next()
}

export const authenticate: Middleware = async (c, next) => {
  const header = c.req.header('authorization')
  if (header !== undefined) {
    const scope = c.get('scope')
    const presented = /^(?:bearer|token) +(\S+)$/i.exec(header.trim())?.[1]
    const token = scope.state.tokens.get(presented ?? '')
    const account = token && scope.state.accounts.get(keyOf(token.login))
    if (!account || (token.expiresAt !== undefined && token.expiresAt <= scope.now)) {
      throw new GithubError(401, 'Bad credentials')
    }
    if (installationOf(scope.state, token)?.isSuspended === true) {
      throw forbidden('This installation has been suspended')
    }
    scope.viewer = { account, token }
  }
  await next()
}

/** ETags on what was read, and 304 without a body for a reader who has it already. */
export const answerConditionally: Middleware = async (c, next) => {
  await next()
  if (c.req.method !== 'GET' || c.res.status !== 200) return
  const body = await c.res.clone().text()
  const etag = `W/"${createHash('sha256').update(c.get('scope').version).update(body).digest('hex')}"`
  const known = c.req.header('if-none-match')?.split(',') ?? []
  if (known.some((one) => one.trim().replace(/^W\//, '') === etag.slice(2) || one.trim() === '*')) {
    const headers = new Headers(c.res.headers)
    for (const name of ['content-type', 'content-length']) headers.delete(name)
    // Cleared first: assigning a response would otherwise merge the old headers into it.
    c.res = undefined
    c.res = new Response(null, { status: 304, headers })
  }
  c.header('etag', etag)
}
