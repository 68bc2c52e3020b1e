import { Hono } from 'hono'
import { challengeOf } from '../../server/pkce.ts'
import { redirectWith } from '../../server/redirect.ts'
import type { Account, OauthApp } from '../account/state.ts'
import type { HubspotContext, HubspotEnvironment } from '../http/environment.ts'
import { scopesOf } from './grants.ts'

const codeLifeMs = 600_000

/**
 * The authorization page, for any account or for one by id, where a signed-in user answers at once. What it cannot
 * send back to the app, it shows to the user.
 * @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/oauth/working-with-oauth
 */
export function authorizeRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()
  routes.get('/authorize', (c) => authorize(c, account))
  routes.get('/:accountId{[0-9]+}/authorize', (c) =>
    c.req.param('accountId') === String(account.state.portalId)
      ? authorize(c, account)
      : showProblem(c, 'You have no access to this account.'),
  )
  return routes
}

function authorize(c: HubspotContext, account: Account): Response {
  const query = c.req.query()
  const { client_id: clientId, redirect_uri: redirectUri = '', scope, state } = query
  const app = account.state.apps.find((one) => one.clientId === clientId)
  if (!app) return showProblem(c, 'The client_id is missing or unknown.')
  if (!mayRedirect(app, redirectUri)) return showProblem(c, 'The redirect_uri is missing or not registered.')
  if (scopesOf(scope).length === 0) return showProblem(c, 'The scope is missing.')
  return c.redirect(redirectWith(redirectUri, { ...decide(account, app, query, redirectUri), state }), 302)
}

function decide(
  { state, now }: Account,
  { clientId }: OauthApp,
  query: Readonly<Record<string, string>>,
  redirectUri: string,
): Record<string, string> {
  const pkce = challengeOf(query['code_challenge'], query['code_challenge_method'])
  if (pkce === 'invalid') {
    return { error: 'invalid_request', error_description: 'code_challenge needs code_challenge_method S256' }
  }
  if (state.approval === 'deny') {
    return { error: 'access_denied', error_description: 'The user denied access' }
  }
  state.issuedTokens += 1
  const code = `issued-code-${state.issuedTokens}`
  const scopes = scopesOf(`${query['scope'] ?? ''} ${query['optional_scope'] ?? ''}`)
  const { challenge } = pkce
  state.authorizationCodes.set(code, {
    code,
    clientId,
    redirectUri,
    scopes,
    expiresAt: now() + codeLifeMs,
    ...(challenge !== undefined && { codeChallenge: challenge }),
  })
  return { code }
}

function mayRedirect({ redirectUris }: OauthApp, redirectUri: string): boolean {
  return URL.canParse(redirectUri) && (redirectUris?.includes(redirectUri) ?? true)
}

function showProblem(c: HubspotContext, problem: string): Response {
  return c.html(`<!doctype html><h1>Authorization failed</h1><p>${problem}</p>`, 400)
}
