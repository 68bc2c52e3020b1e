import * as oauth from 'oauth4webapi'
import type { HeldTokens } from './held-tokens.ts'
import type { Secret } from './secret.ts'
import { endpointOf, type GrantContext, read } from './token-endpoint.ts'

/** Renews by a refresh token. @see https://www.rfc-editor.org/rfc/rfc6749#section-6 */
export async function refreshTokens(refreshToken: Secret, given: GrantContext): Promise<HeldTokens> {
  given.context.protect(refreshToken)
  const { server, client, authentication, request, response } = await endpointOf(given)
  const answer = await oauth.refreshTokenGrantRequest(
    server,
    client,
    authentication,
    refreshToken.reveal(),
    request,
  )
  return read(given, () => oauth.processRefreshTokenResponse(server, client, answer, response))
}

/** The app's own tokens. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
export async function clientCredentials(given: GrantContext): Promise<HeldTokens> {
  const { server, client, authentication, request, response } = await endpointOf(given, {
    isRepeatable: true,
  })
  const parameters = given.options.tokenParameters ?? {}
  const answer = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    parameters,
    request,
  )
  return read(given, () => oauth.processClientCredentialsResponse(server, client, answer, response))
}

/** Tokens for a signed assertion. @see https://www.rfc-editor.org/rfc/rfc7523#section-2.1 */
export async function assertionTokens(assertion: Secret, given: GrantContext): Promise<HeldTokens> {
  given.context.protect(assertion)
  const { server, client, authentication, request, response } = await endpointOf(given, {
    isRepeatable: true,
  })
  const parameters = { ...given.options.tokenParameters, assertion: assertion.reveal() }
  const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
  const answer = await oauth.genericTokenEndpointRequest(
    server,
    client,
    authentication,
    grantType,
    parameters,
    request,
  )
  return read(given, () => oauth.processGenericTokenEndpointResponse(server, client, answer, response))
}
