import { appOf } from '../apps/json-web-token.ts'
import { isInstalledOn, mintToken, type Narrowing } from '../apps/installation-tokens.ts'
import { type Field, integer, listOf, readBody, text } from '../http/body.ts'
import { forbidden, notFound } from '../http/errors.ts'
import type { GithubApp, GithubContext } from '../http/scope.ts'
import { renderInstallation, selectionOf } from '../render/installation.ts'
import { fullRepository } from '../render/repository.ts'
import { findRepository, keyOf } from '../state/lookup.ts'
import type { Account, App, Installation } from '../state/types.ts'
import { textInPath } from '../http/query.ts'

const permissions: Field<NonNullable<Narrowing['permissions']>> = {
  accepts: (value): value is NonNullable<Narrowing['permissions']> =>
    typeof value === 'object' && value !== null && !Array.isArray(value),
  expected: 'an object',
}
const narrowingShape = { repositories: listOf(text), repository_ids: listOf(integer), permissions }

/**
 * What an app asks for as itself, with a JSON web token.
 * @see https://docs.github.com/rest/apps/apps
 */
export function serveInstallations(app: GithubApp): void {
  app.get('/repos/:owner/:repo/installation', (c) =>
    answer(c, (one) => {
      const { state } = c.get('scope')
      const repository = findRepository(state, textInPath(c, 'owner'), textInPath(c, 'repo'))
      return repository !== undefined && isInstalledOn(one, repository)
    }),
  )
  app.get('/orgs/:org/installation', (c) => answer(c, isOn(c, 'Organization', textInPath(c, 'org'))))
  app.get('/users/:username/installation', (c) => answer(c, isOn(c, 'User', textInPath(c, 'username'))))
  app.get('/app/installations/:id', (c) => answer(c, ({ id }) => String(id) === c.req.param('id')))

  app.post('/app/installations/:id/access_tokens', async (c) => {
    const { app: asking, installation } = installationOf(c, ({ id }) => String(id) === c.req.param('id'))
    if (installation.isSuspended) throw forbidden('This installation has been suspended')
    const scope = c.get('scope')
    const narrowing = await readBody(c, narrowingShape)
    const mint = { app: asking, installation, narrowing, now: scope.now }
    const { token, repositories } = mintToken(scope.state, mint)
    const { grant, expiresAt = 0 } = token
    return c.json(
      {
        token: token.token,
        expires_at: new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
        permissions: grant.kind === 'fine-grained' ? grant.permissions : {},
        repository_selection: repositories ? 'selected' : selectionOf(installation),
        ...(repositories && { repositories: repositories.map((one) => fullRepository(scope, one)) }),
      },
      201,
    )
  })
}

type Matches = (installation: Installation) => boolean

function isOn(c: GithubContext, type: Account['type'], login: string): Matches {
  const account = c.get('scope').state.accounts.get(keyOf(login))
  return (installation) => account?.type === type && keyOf(installation.account) === keyOf(account.login)
}

/** The app that asks, and its installation; another app's are as good as none. */
function installationOf(c: GithubContext, matches: Matches): { app: App; installation: Installation } {
  const { state, now } = c.get('scope')
  const app = appOf(state, c.req.header('authorization'), now)
  const installation = [...state.installations.values()].find(
    (one) => one.appId === app.appId && matches(one),
  )
  if (!installation) throw notFound()
  return { app, installation }
}

function answer(c: GithubContext, matches: Matches): Response {
  const { app, installation } = installationOf(c, matches)
  return c.json(renderInstallation(c.get('scope'), app, installation))
}
