import { Hono } from 'hono'
import type { Account } from '../account/state.ts'
import type { HubspotContext, HubspotEnvironment } from '../http/environment.ts'
import { HubspotError, notFound } from '../http/hubspot-error.ts'
import { accessTokenSeconds, exchangeGrant, requireClient, type FormFields } from './grants.ts'
import { OauthError } from './oauth-error.ts'
import { findActive, tokenFacts } from './token-facts.ts'

/** Token routes relative to a dated path. */
export function oauthRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = tokenRoute(account)

  routes.post('/token/introspect', async (c) => {
    const fields = await formFields(c)
    const clientId = requireClient(account, fields)
    const found = findActive(account, fields['token'] ?? '')
    const isOwn = found?.clientId === clientId
    return c.json(
      found === undefined || !isOwn ? { active: false } : { active: true, ...tokenFacts(account, found) },
    )
  })

  routes.post('/token/revoke', async (c) => {
    const fields = await formFields(c)
    const clientId = requireClient(account, fields)
    const refreshToken = account.state.refreshTokens.get(fields['token'] ?? '')
    // Access tokens issued from it live on until they expire.
    if (refreshToken?.clientId === clientId) refreshToken.revoked = true
    return c.body(null, 200)
  })

  return routes
}

/** Token routes relative to `/oauth/v1`. */
export function oauthVersion1Routes(account: Account): Hono<HubspotEnvironment> {
  const routes = tokenRoute(account)

  routes.get('/access-tokens/:token', (c) => {
    const found = findActive(account, c.req.param('token'))
    if (found === undefined || !('kind' in found)) throw notFound('access token is unknown or expired')
    return c.json(tokenFacts(account, found))
  })

  routes.get('/refresh-tokens/:token', (c) => {
    const found = account.state.refreshTokens.get(c.req.param('token'))
    if (found === undefined || found.revoked === true) throw notFound('refresh token is unknown')
    return c.json(tokenFacts(account, found))
  })

  routes.delete('/refresh-tokens/:token', (c) => {
    const found = account.state.refreshTokens.get(c.req.param('token'))
    if (found === undefined) throw notFound('refresh token is unknown')
    found.revoked = true
    return c.body(null, 204)
  })

  return routes
}

function tokenRoute(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()
  routes.post('/token', async (c) => {
    const { accessToken, refreshToken } = exchangeGrant(account, await formFields(c))
    return c.json({
      token_type: 'bearer',
      access_token: accessToken.token,
      ...(refreshToken && { refresh_token: refreshToken.token }),
      expires_in: accessTokenSeconds,
      token_use: 'access_token',
      hub_id: account.state.portalId,
      scopes: accessToken.scopes,
    })
  })
  return routes
}

// Secrets belong in the body alone: a query ends up in logs.
async function formFields(c: HubspotContext): Promise<FormFields> {
  if (new URL(c.req.url).search !== '') {
    throw new OauthError('invalid_request', 'BAD_REQUEST', 'parameters belong in the body, not in the query')
  }
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw new HubspotError(415, undefined, `Unsupported media type: ${type === '' ? 'none' : type}`)
  }
  return Object.fromEntries(new URLSearchParams(await c.req.text()))
}
