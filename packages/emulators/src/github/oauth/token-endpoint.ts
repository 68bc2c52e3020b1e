import type { GithubApp, World } from '../http/scope.ts'
import type { GithubState, OauthApp } from '../state/types.ts'
import { exchangeCode } from './authorization-codes.ts'
import { findClient } from './clients.ts'
import { deviceGrantType, pollDevice } from './device-flow.ts'
import { issueTokens } from './issue-tokens.ts'
import {
  type Answer,
  failure,
  incorrectCredentials,
  type Parameters,
  readParameters,
  send,
} from './oauth-protocol.ts'

/** The path that token requests are recorded under. */
export const tokenPath = /\/login\/oauth\/access_token$/

/**
 * The token endpoint: errors come with status 200, answers form-encoded unless JSON is asked for.
 * @see https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
 * @see https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens
 */
export function serveTokenEndpoint(app: GithubApp, world: World): void {
  app.post('/login/oauth/access_token', async (c) =>
    send(c, exchange(world.state, await readParameters(c), world.now())),
  )
}

function exchange(state: GithubState, parameters: Parameters, now: number): Answer {
  const app = findClient(state, parameters['client_id'])
  if (!app) return incorrectCredentials()
  const hasSecret = app.clientSecret === parameters['client_secret']
  const { grant_type: grantType = 'authorization_code' } = parameters
  if (grantType === deviceGrantType) return pollDevice(state, app, parameters['device_code'], now)
  if (grantType === 'refresh_token') return renew(state, { app, hasSecret }, parameters, now)
  if (!hasSecret) return incorrectCredentials()
  if (grantType === 'authorization_code') return exchangeCode(state, app, parameters, now)
  return failure('unsupported_grant_type', 'The grant type is not supported.')
}

/** Old access and refresh token stop working at once. */
function renew(
  state: GithubState,
  { app, hasSecret }: { app: OauthApp; hasSecret: boolean },
  { refresh_token: presented }: Parameters,
  now: number,
): Answer {
  const old = typeof presented === 'string' ? state.refreshTokens.get(presented) : undefined
  const isOwn = old?.clientId === app.clientId
  if (!hasSecret && !(isOwn && old.isOfDevice)) return incorrectCredentials()
  if (!isOwn || (old.expiresAt !== undefined && old.expiresAt <= now)) {
    return failure('bad_refresh_token', 'The refresh token passed is incorrect or expired.')
  }
  state.refreshTokens.delete(old.token)
  if (old.accessToken !== undefined) state.tokens.delete(old.accessToken)
  const { clientId, login, grant, isOfDevice } = old
  return issueTokens(state, { clientId, login, grant, isOfDevice, expires: true, now })
}
