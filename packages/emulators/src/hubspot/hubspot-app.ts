import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Account } from './account/state.ts'
import { authentication } from './http/authentication.ts'
import type { HubspotEnvironment } from './http/environment.ts'
import { HubspotError, notFound } from './http/hubspot-error.ts'
import { rateLimits } from './http/rate-limits.ts'
import { requireScope } from './http/scopes.ts'
import { authorizeRoutes } from './oauth/authorize-routes.ts'
import { OauthError } from './oauth/oauth-error.ts'
import { oauthRoutes, oauthVersion1Routes } from './oauth/oauth-routes.ts'
import { associationRoutes, associationTypeRoutes } from './routes/association-routes.ts'
import { batchRoutes } from './routes/batch-routes.ts'
import { objectRoutes } from './routes/object-routes.ts'
import { ownerRoutes, pipelineRoutes, propertyRoutes } from './routes/reference-routes.ts'

const datedVersions = ['2026-09', '2026-03']

/** All routes, under the dated paths and under the numeric ones that `@hubspot/api-client` still uses. */
export function createHubspotApp(account: Account): Hono<HubspotEnvironment> {
  const app = new Hono<HubspotEnvironment>()

  app.use(async (c, next) => {
    c.set('correlationId', crypto.randomUUID())
    c.header('X-HubSpot-Correlation-Id', c.get('correlationId'))
    await next()
  })
  for (const guarded of ['/crm/*', '/account-info/*']) {
    app.use(guarded, authentication(account), rateLimits(account))
  }

  const mount = (paths: string[], routes: Hono<HubspotEnvironment>) => {
    for (const path of paths) app.route(path, routes)
  }
  const dated = (prefix: string) => datedVersions.map((version) => `${prefix}/${version}`)

  mount([...dated('/crm/objects'), '/crm/v4/objects'], associationRoutes(account))
  mount([...dated('/crm/associations'), '/crm/v4/associations'], associationTypeRoutes(account))
  mount([...dated('/crm/objects'), '/crm/v3/objects'], batchRoutes(account))
  mount([...dated('/crm/objects'), '/crm/v3/objects'], objectRoutes(account))
  mount([...dated('/crm/owners'), '/crm/v3/owners', '/crm/v3/owners/'], ownerRoutes(account))
  mount([...dated('/crm/pipelines'), '/crm/v3/pipelines'], pipelineRoutes(account))
  mount([...dated('/crm/properties'), '/crm/v3/properties'], propertyRoutes(account))
  mount([...dated('/account-info'), '/account-info/v3'], accountRoutes(account))
  mount(dated('/oauth'), oauthRoutes(account))
  mount(['/oauth'], authorizeRoutes(account))
  mount(['/oauth/v1'], oauthVersion1Routes(account))

  app.all('*', () => {
    throw notFound()
  })
  app.onError((error, c) => {
    if (error instanceof OauthError) return c.json(error.toBody(), 400)
    if (!(error instanceof HubspotError)) throw error
    return c.json(error.toBody(c.get('correlationId')), error.status as ContentfulStatusCode)
  })
  return app
}

function accountRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()
  routes.get('/details', (c) => {
    requireScope(c, ['oauth'])
    return c.json({
      portalId: account.state.portalId,
      accountType: 'DEVELOPER_TEST',
      timeZone: 'UTC',
      companyCurrency: 'EUR',
      additionalCurrencies: [],
      utcOffset: '+00:00',
      utcOffsetMilliseconds: 0,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'eu1',
    })
  })
  return routes
}
