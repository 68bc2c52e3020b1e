import * as oauth from 'oauth4webapi'
import type { HeldTokens } from '../held-tokens.ts'
import type { Secret } from '../secret.ts'
import { endpointOf, type GrantContext, read, typed } from '../token-endpoint.ts'
import type { PendingAuthorization } from './authorization.ts'

/** Tokens for an authorization code. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 */
export async function codeTokens(
  checked: URLSearchParams,
  { redirectUri, codeVerifier }: PendingAuthorization,
  given: GrantContext,
): Promise<HeldTokens> {
  const { server, client, authentication, request, response } = await endpointOf(given)
  const parameters = oauth.validateAuthResponse(server, client, checked, oauth.expectNoState)
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    parameters,
    redirectUri,
    codeVerifier,
    request,
  )
  return read(given, () => oauth.processAuthorizationCodeResponse(server, client, answer, response))
}

/** Codes for a device. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.1 */
export async function deviceCodes(
  deviceAuthorizationUrl: string,
  parameters: Readonly<Record<string, string>>,
  given: GrantContext,
): Promise<oauth.DeviceAuthorizationResponse> {
  const { server, client, authentication, request } = await endpointOf(given, { isRepeatable: true })
  const device = { ...server, device_authorization_endpoint: deviceAuthorizationUrl }
  const answer = await oauth.deviceAuthorizationRequest(device, client, authentication, parameters, request)
  return typed(given, async () =>
    oauth.processDeviceAuthorizationResponse(device, client, await standardized(answer)),
  )
}

/** Google wrote its own before there was RFC 8628. */
async function standardized(answer: Response): Promise<Response> {
  const { verification_url, ...json } = (await answer.json()) as Record<string, unknown>
  const body = verification_url === undefined ? json : { verification_uri: verification_url, ...json }
  return Response.json(body, { status: answer.status, headers: answer.headers })
}

/** Tokens for a device code, once the user has approved. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.4 */
export async function deviceTokens(deviceCode: Secret, given: GrantContext): Promise<HeldTokens> {
  const { server, client, authentication, request, response } = await endpointOf(given)
  const answer = await oauth.deviceCodeGrantRequest(
    server,
    client,
    authentication,
    deviceCode.reveal(),
    request,
  )
  return read(given, () => oauth.processDeviceCodeResponse(server, client, answer, response))
}
