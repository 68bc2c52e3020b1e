import type { GithubState, Grant, OauthApp } from '../state/types.ts'

export function findClient(state: GithubState, clientId: unknown): OauthApp | undefined {
  return typeof clientId === 'string' ? state.oauthApps.get(clientId) : undefined
}

/** What a user grants to an app: the scopes asked for, or what a GitHub App is registered for. */
export function grantFor(app: OauthApp, scope: unknown): Grant {
  if (app.permissions) return { kind: 'fine-grained', permissions: app.permissions, repositories: undefined }
  const asked = typeof scope === 'string' ? scope.split(/[\s,]+/).filter((name) => name !== '') : []
  return { kind: 'classic', scopes: [...new Set(asked)] }
}

const loopback = ['127.0.0.1', '[::1]', 'localhost']

/**
 * Whether users may be sent to `asked`: the host of a registered callback or one below it, the same port (any on
 * loopback), and its path or one below it.
 * @see https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#redirect-urls
 */
export function isRegistered({ redirectUris }: OauthApp, asked: string): boolean {
  if (!URL.canParse(asked)) return false
  const url = new URL(asked)
  return redirectUris.some((registered) => isWithin(url, new URL(registered)))
}

function isWithin(url: URL, callback: URL): boolean {
  const isSameHost = url.hostname === callback.hostname || url.hostname.endsWith(`.${callback.hostname}`)
  const isSamePort = url.port === callback.port || loopback.includes(callback.hostname)
  const folder = callback.pathname.replace(/\/?$/, '/')
  const isSamePath = url.pathname === callback.pathname || url.pathname.startsWith(folder)
  return url.protocol === callback.protocol && isSameHost && isSamePort && isSamePath
}
