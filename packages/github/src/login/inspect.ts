import { ConfigError, type CredentialReport, type InspectOptions } from '@agent/core'
import type { GithubAuthConfig, GithubOAuthAuthConfig } from '../auth.ts'
import { getViewer } from '../viewer/get.ts'
import { connectAndWatch } from './connect.ts'
import { inspectInstallation } from './inspect-installation.ts'

/**
 * What GitHub says of a credential. A user's token is asked for its user; the scopes of classic and OAuth app
 * tokens, and when a personal access token expires, stand in the headers of the answer. GitHub does not tell
 * the permissions of fine-grained tokens and of user tokens of GitHub Apps.
 *
 * A refresh token works once, so it is spent only where `onTokens` keeps the next one. Without `onTokens` the
 * access token is asked for as it is, and one that has to be renewed is ConfigError (`CONFIG_INVALID`).
 *
 * @see https://docs.github.com/en/rest/users/users#get-the-authenticated-user
 */
export async function inspect(
  auth: GithubAuthConfig,
  options: InspectOptions = {},
): Promise<CredentialReport> {
  if (auth.type === 'appInstallation') return inspectInstallation(auth, options)
  const asked = auth.type === 'oauth' ? keepingRefreshToken(auth) : auth
  let headers = new Headers()
  const connection = connectAndWatch(asked, options, (seen) => {
    headers = seen
  })
  const { login, name } = await connection.run(getViewer, {}, { signal: options.signal })
  const scopes = scopesIn(headers, auth)
  const expiresAt = expiryOf(auth, headers)
  return {
    account: login,
    ...(typeof name === 'string' && name !== '' && { displayName: name }),
    ...(scopes && { scopes }),
    ...(expiresAt && { expiresAt }),
  }
}

/** Undefined where GitHub does not tell; of a GitHub App's user tokens, which have permissions, it names no scope. */
function scopesIn(headers: Headers, { type }: GithubAuthConfig): string[] | undefined {
  const named = headers.get('x-oauth-scopes')?.split(',')
  const scopes = named?.flatMap((scope) => scope.trim() || [])
  return type === 'oauth' && scopes?.length === 0 ? undefined : scopes
}

function keepingRefreshToken(auth: GithubOAuthAuthConfig): GithubOAuthAuthConfig {
  const { refreshToken, expiresAt, ...rest } = auth
  if (refreshToken === undefined || auth.onTokens) return auth
  const hasExpired = expiresAt !== undefined && new Date(expiresAt).getTime() <= Date.now()
  if (rest.accessToken !== undefined && !hasExpired) return rest
  throw new ConfigError('Invalid GitHub auth config: onTokens: the access token has to be renewed.', {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: 'Give onTokens and keep what it brings: with the renewal, the present refresh token ends.',
    issues: [{ path: 'onTokens', expected: 'a function that keeps the new tokens' }],
  })
}

function expiryOf(auth: Exclude<GithubAuthConfig, { type: 'appInstallation' }>, headers: Headers) {
  if (auth.type === 'oauth' && auth.refreshToken !== undefined) return undefined
  const told = readExpiry(headers.get('github-authentication-token-expiration'))
  const known = auth.type === 'oauth' && auth.expiresAt !== undefined ? new Date(auth.expiresAt) : undefined
  return told ?? known
}

/** `2026-11-01 08:00:00 UTC`, or with an offset such as `+0100`. */
function readExpiry(text: string | null): Date | undefined {
  const [, day, time, zone = ''] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/.exec(text ?? '') ?? []
  if (day === undefined || time === undefined) return undefined
  const offset = zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`
  const at = new Date(`${day}T${time}${offset}`)
  return Number.isNaN(at.getTime()) ? undefined : at
}
