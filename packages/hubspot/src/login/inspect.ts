import {
  ConnectorError,
  type CredentialReport,
  type InspectOptions,
  readCredential,
  Secret,
} from '@agent/core'
import type {
  HubspotAuthConfig,
  HubspotClientCredentialsAuthConfig,
  HubspotOAuthAuthConfig,
  HubspotPrivateAppAuthConfig,
} from '../auth.ts'
import { getAccount, getPrivateAppToken } from './actions.ts'
import { connectAs, connectWith } from './connect.ts'
import { introspect } from './introspect.ts'
import { withTokenForms } from './token-form.ts'

/**
 * What HubSpot says of a credential. For OAuth the refresh token is introspected, so nothing is renewed. Service
 * keys and private apps are asked for their account; HubSpot tells the scopes of private apps, and documents no
 * way to ask for those of a service key. Client credentials belong to an app and to no account.
 *
 * @see https://developers.hubspot.com/docs/api-reference/latest/account/account-information/guide
 */
export async function inspect(
  auth: HubspotAuthConfig,
  options: InspectOptions = {},
): Promise<CredentialReport> {
  const account = connectWith(auth, options)
  switch (auth.type) {
    case 'oauth':
      return inspectOAuth(auth, options)
    case 'clientCredentials':
      return inspectClient(auth, options)
    case 'serviceKey':
    case 'privateApp': {
      const { portalId } = await account.run(getAccount, {}, { signal: options.signal })
      const scopes = auth.type === 'privateApp' ? await scopesOf(auth, options) : undefined
      return { account: String(portalId), ...(scopes && { scopes }) }
    }
  }
}

async function inspectOAuth(
  auth: HubspotOAuthAuthConfig,
  options: InspectOptions,
): Promise<CredentialReport> {
  const { clientId } = auth
  const token = new Secret(auth.refreshToken)
  const clientSecret = await readCredential('clientSecret', auth.clientSecret)
  const asked = { clientId, clientSecret, token, hint: 'refresh_token' } as const
  const facts = await withTokenForms((context) => introspect(asked, context), options)
  const { hub_domain: domain, hub_id: id, user, scopes } = facts
  return {
    account: domain ?? String(id ?? clientId),
    ...(typeof user === 'string' && { displayName: user }),
    ...(scopes && { scopes }),
  }
}

async function inspectClient(
  auth: HubspotClientCredentialsAuthConfig,
  options: InspectOptions,
): Promise<CredentialReport> {
  const { clientId } = auth
  const clientSecret = await readCredential('clientSecret', auth.clientSecret)
  const facts = await withTokenForms(async (context) => {
    const { headers } = await context.authenticate(auth)
    const { authorization } = headers
    const header = authorization instanceof Secret ? authorization.reveal() : ''
    const token = new Secret(header.replace(/^Bearer /, ''))
    return introspect({ clientId, clientSecret, token, hint: 'access_token' }, context)
  }, options)
  return { account: clientId, ...(facts.scopes && { scopes: facts.scopes }) }
}

/** Undefined where HubSpot does not tell. */
async function scopesOf(
  auth: HubspotPrivateAppAuthConfig,
  options: InspectOptions,
): Promise<string[] | undefined> {
  const token = await readCredential('accessToken', auth.accessToken)
  const unauthenticated = connectAs(
    {
      // The token stands in the body.
      authorize(context) {
        context.protect(token)
        return Promise.resolve({ headers: {}, generation: undefined })
      },
    },
    options,
  )
  try {
    const call = { signal: options.signal }
    return (
      (await unauthenticated.run(getPrivateAppToken, { tokenKey: token.reveal() }, call)).scopes ?? undefined
    )
  } catch (error) {
    const { status = 0, isRetryable } = ConnectorError.isInstance(error) ? error : {}
    // It is known to be good; that HubSpot keeps silent about its scopes is no failure.
    if (status >= 400 && status < 500 && isRetryable === false) return undefined
    throw error
  }
}
