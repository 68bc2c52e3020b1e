import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { getPath } from 'hono/utils/url'
import { documentationPage, documentationRoot, GithubError, notFound } from './http/errors.ts'
import {
  answerConditionally,
  authenticate,
  requireUserAgent,
  selectVersion,
  stampAnswers,
} from './http/middleware.ts'
import { limitRate } from './http/rate-limit.ts'
import {
  enterprisePrefix,
  type GithubApp,
  type GithubContext,
  type GithubEnv,
  type World,
} from './http/scope.ts'
import { serveAuthorizePage } from './oauth/authorize-page.ts'
import { serveDeviceFlow } from './oauth/device-flow.ts'
import { serveTokenEndpoint } from './oauth/token-endpoint.ts'
import { serveApplications } from './routes/applications.ts'
import { serveAssignedIssues } from './routes/assigned-issues.ts'
import { serveComments } from './routes/comments.ts'
import { serveInstallations } from './routes/installations.ts'
import { serveIssueLabels } from './routes/issue-labels.ts'
import { serveIssues } from './routes/issues.ts'
import { serveLabels } from './routes/labels.ts'
import { servePullRequests } from './routes/pull-requests.ts'
import { serveRepositories } from './routes/repositories.ts'
import { serveViewer } from './routes/viewer.ts'
import { serveIssueSearch } from './search/search-issues.ts'
import { serveRepositorySearch } from './search/search-repositories.ts'
import { fullName, repositoryById } from './state/lookup.ts'

/** The API and the OAuth server over one state. */
export function createApp(world: World): GithubApp {
  const app: GithubApp = new Hono<GithubEnv>({ getPath: (request) => canonicalPath(world, getPath(request)) })
  serveTokenEndpoint(app, world)
  serveAuthorizePage(app, world)
  serveDeviceFlow(app, world)

  app.use(stampAnswers(world), requireUserAgent, selectVersion)
  serveInstallations(app)
  serveApplications(app)
  app.use(authenticate, limitRate, answerConditionally)
  serveViewer(app)
  serveRepositories(app)
  serveComments(app)
  serveIssues(app)
  serveIssueLabels(app)
  serveAssignedIssues(app)
  serveLabels(app)
  servePullRequests(app)
  serveIssueSearch(app)
  serveRepositorySearch(app)

  app.notFound((c) => answerError(c, notFound()))
  app.onError((error, c) => {
    if (error instanceof GithubError) return answerError(c, error)
    throw error
  })
  return app
}

/** One path for what the API serves under several: with the Enterprise prefix, or by a repository's id. */
function canonicalPath(world: World, path: string): string {
  const bare = path.startsWith(`${enterprisePrefix}/`) ? path.slice(enterprisePrefix.length) : path
  const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(bare) ?? []
  const repository = id === undefined ? undefined : repositoryById(world.state, Number(id))
  return repository ? `/repos/${fullName(repository)}${rest}` : bare
}

function answerError(c: GithubContext, error: GithubError): Response {
  const root = documentationRoot(c.get('scope').enterprise)
  const page = error.status === 401 || error.status === 400 ? '' : documentationPage(c.req.path)
  const body = {
    message: error.message,
    ...error.members,
    documentation_url: error.members['documentation_url'] ?? `${root}${page}`,
    status: String(error.status),
  }
  const headers = { 'content-type': 'application/json; charset=utf-8', ...error.headers }
  return c.newResponse(JSON.stringify(body), error.status as ContentfulStatusCode, headers)
}
