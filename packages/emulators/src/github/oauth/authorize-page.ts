import { challengeOf } from '../../server/pkce.ts'
import { redirectWith } from '../../server/redirect.ts'
import type { GithubApp, World } from '../http/scope.ts'
import type { GithubState, OauthApp } from '../state/types.ts'
import { issueCode } from './authorization-codes.ts'
import { findClient, grantFor, isRegistered } from './clients.ts'

type Query = Readonly<Record<string, string>>

/**
 * The authorization page, where a signed-in user answers at once. Every redirect names the issuer (RFC 9207), as
 * GitHub's do since April 2026.
 * @see https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#web-application-flow
 */
export function serveAuthorizePage(app: GithubApp, world: World): void {
  app.get('/login/oauth/authorize', (c) => {
    const query = c.req.query()
    const client = findClient(world.state, query['client_id'])
    const [callback] = client?.redirectUris ?? []
    // Without a registered address there is nowhere to send the user.
    if (!client || callback === undefined) return c.html('<!doctype html><h1>404</h1>', 404)
    const isMismatch = query['redirect_uri'] !== undefined && !isRegistered(client, query['redirect_uri'])
    const redirectUri = isMismatch ? callback : (query['redirect_uri'] ?? callback)
    const answer = isMismatch
      ? refusal(
          'redirect_uri_mismatch',
          'The redirect_uri MUST match the registered callback URL for this application.',
        )
      : decide(world.state, client, { query, redirectUri, now: world.now() })
    const iss = `${new URL(c.req.url).origin}/login/oauth`
    return c.redirect(redirectWith(redirectUri, { ...answer, state: query['state'], iss }), 302)
  })
}

interface AuthorizationRequest {
  query: Query
  redirectUri: string
  now: number
}

function decide(
  state: GithubState,
  client: OauthApp,
  { query, redirectUri, now }: AuthorizationRequest,
): Record<string, string> {
  const pkce = challengeOf(query['code_challenge'], query['code_challenge_method'])
  if (pkce === 'invalid') {
    return refusal(
      'invalid_request',
      'A code_challenge of 43 characters with code_challenge_method S256 is due.',
    )
  }
  if (state.approval === 'deny' || state.signedIn === undefined) {
    return refusal('access_denied', 'The user has denied your application access.')
  }
  const authorization = {
    clientId: client.clientId,
    login: state.signedIn,
    grant: grantFor(client, query['scope']),
    redirectUri,
    codeChallenge: pkce.challenge,
  }
  return { code: issueCode(state, authorization, now) }
}

function refusal(error: string, description: string): Record<string, string> {
  const page =
    '/apps/building-integrations/setting-up-and-registering-oauth-apps/troubleshooting-authorization-request-errors/'
  return { error, error_description: description, error_uri: `${page}#${error.replaceAll('_', '-')}` }
}
