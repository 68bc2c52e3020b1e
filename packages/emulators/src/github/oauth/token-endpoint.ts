import type { Hono } from 'hono'
import { nextId } from '../state/identifiers.ts'
import type { GithubState, RefreshToken } from '../state/types.ts'
import type { GithubEnv, World } from '../http/scope.ts'

const accessTokenLifeSeconds = 28_800
const refreshTokenLifeSeconds = 15_811_200

/**
 * The token endpoint: errors come with status 200, answers form-encoded unless JSON is asked for.
 * @see https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens
 */
export function serveTokenEndpoint(app: Hono<GithubEnv>, world: World): void {
  app.post('/login/oauth/access_token', async (c) => {
    const parameters = readParameters(c.req.query(), await c.req.text())
    const answer = exchange(world.state, parameters, world.now())
    c.header('cache-control', 'max-age=0, private, must-revalidate')
    if (c.req.header('accept')?.includes('application/json') === true) return c.json(answer)
    const form = Object.entries(answer).map(([name, value]): [string, string] => [name, String(value)])
    return c.body(new URLSearchParams(form).toString(), 200, {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    })
  })
}

type Parameters = Record<string, unknown>

/** The query, joined by what the body holds as JSON or as a form. */
function readParameters(query: Record<string, string>, body: string): Parameters {
  if (!body.trimStart().startsWith('{')) return { ...query, ...Object.fromEntries(new URLSearchParams(body)) }
  try {
    return { ...query, ...(JSON.parse(body) as Parameters) }
  } catch {
    return query
  }
}

function exchange(state: GithubState, parameters: Parameters, now: number): Record<string, string | number> {
  const { client_id: clientId, client_secret: clientSecret, refresh_token: presented } = parameters
  const secret = typeof clientId === 'string' ? state.oauthApps.get(clientId) : undefined
  if (secret === undefined || secret !== clientSecret) {
    return failure('incorrect_client_credentials', 'The client_id and/or client_secret passed are incorrect.')
  }
  if (parameters['grant_type'] !== 'refresh_token') {
    return failure('unsupported_grant_type', 'The grant type is not supported.')
  }
  const refresh = typeof presented === 'string' ? state.refreshTokens.get(presented) : undefined
  const expired = refresh?.expiresAt !== undefined && refresh.expiresAt <= now
  if (!refresh || refresh.clientId !== clientId || expired) {
    return failure('bad_refresh_token', 'The refresh token passed is incorrect or expired.')
  }
  return rotate(state, refresh, now)
}

/** Old access and refresh token stop working at once. */
function rotate(state: GithubState, old: RefreshToken, now: number): Record<string, string | number> {
  state.refreshTokens.delete(old.token)
  if (old.accessToken !== undefined) state.tokens.delete(old.accessToken)

  const id = nextId(state)
  const [access, refresh] = [`emulated-access-token-${id}`, `emulated-refresh-token-${id}`]
  const { clientId, login, grant } = old
  state.tokens.set(access, {
    token: access,
    login,
    grant,
    clientId,
    expiresAt: now + accessTokenLifeSeconds * 1000,
  })
  state.refreshTokens.set(refresh, {
    token: refresh,
    clientId,
    login,
    grant,
    accessToken: access,
    expiresAt: now + refreshTokenLifeSeconds * 1000,
  })
  return {
    access_token: access,
    expires_in: accessTokenLifeSeconds,
    refresh_token: refresh,
    refresh_token_expires_in: refreshTokenLifeSeconds,
    token_type: 'bearer',
    scope: grant.kind === 'classic' ? grant.scopes.join(',') : '',
  }
}

function failure(error: string, description: string): Record<string, string> {
  const page =
    'https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/'
  return { error, error_description: description, error_uri: `${page}#${error.replaceAll('_', '-')}` }
}
