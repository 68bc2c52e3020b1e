import { noContent } from '../http/answers.ts'
import { readBody, required, text } from '../http/body.ts'
import { GithubError, notFound, validationFailed } from '../http/errors.ts'
import { textInPath } from '../http/query.ts'
import type { GithubApp, GithubContext } from '../http/scope.ts'
import { renderAuthorization } from '../render/authorization.ts'
import type { AccessToken, GithubState } from '../state/types.ts'

/**
 * What an app asks about the tokens of its users, with its client id and secret.
 * @see https://docs.github.com/rest/apps/oauth-applications
 */
export function serveApplications(app: GithubApp): void {
  app.post('/applications/:client_id/token', async (c) => {
    const token = await ownToken(c)
    if (!token) throw notFound()
    return c.json(renderAuthorization(c.get('scope'), token))
  })

  app.delete('/applications/:client_id/token', async (c) => {
    const { token } = await requireOwnToken(c)
    deleteTokens(c.get('scope').state, (one) => one === token)
    return noContent(c)
  })

  app.delete('/applications/:client_id/grant', async (c) => {
    const { clientId, login } = await requireOwnToken(c)
    deleteTokens(c.get('scope').state, (_, owner) => owner.clientId === clientId && owner.login === login)
    return noContent(c)
  })
}

/** The token of the body, where it is one of the app that asks and works. */
async function ownToken(c: GithubContext): Promise<AccessToken | undefined> {
  const clientId = clientOf(c)
  const { state, now } = c.get('scope')
  const { access_token: presented } = await readBody(c, { access_token: text })
  const token = state.tokens.get(required(presented, 'access_token'))
  const isLive = token?.expiresAt === undefined || token.expiresAt > now
  return token?.clientId === clientId && isLive ? token : undefined
}

async function requireOwnToken(c: GithubContext): Promise<AccessToken> {
  const token = await ownToken(c)
  if (!token) throw validationFailed([{ resource: 'OauthAccess', code: 'invalid', field: 'access_token' }])
  return token
}

/** The app of the path, proven by Basic authentication. */
function clientOf(c: GithubContext): string {
  const [, encoded = ''] = /^basic +([\w+/=-]+)$/i.exec(c.req.header('authorization')?.trim() ?? '') ?? []
  const [id = '', secret] = Buffer.from(encoded, 'base64').toString().split(':')
  const app = c.get('scope').state.oauthApps.get(id)
  if (!app || app.clientSecret !== secret) throw new GithubError(401, 'Bad credentials')
  if (app.clientId !== textInPath(c, 'client_id')) throw notFound()
  return app.clientId
}

type Owner = Pick<AccessToken, 'login' | 'clientId'>

/** Access tokens, and the refresh tokens that came with them. */
function deleteTokens(
  state: GithubState,
  isMeant: (accessToken: string | undefined, owner: Owner) => boolean,
) {
  for (const one of state.tokens.values()) if (isMeant(one.token, one)) state.tokens.delete(one.token)
  for (const one of state.refreshTokens.values()) {
    if (isMeant(one.accessToken, one)) state.refreshTokens.delete(one.token)
  }
}
