import { type InspectOptions, readCredential, Secret } from '@agent/core'
import type { HubspotAuthConfig } from '../auth.ts'
import { connectWith } from './connect.ts'
import { postTokenForm, withTokenForms } from './token-form.ts'

/**
 * Makes the refresh token of an OAuth app useless; access tokens got with it live on for their thirty minutes at
 * most. False for everything else: HubSpot has no way but its settings to rotate or delete a service key, the
 * token of a private app or a client secret.
 *
 * @see https://developers.hubspot.com/docs/api-reference/latest/authentication/oauth-tokens/revoke-token
 */
export async function revoke(auth: HubspotAuthConfig, options: InspectOptions = {}): Promise<boolean> {
  connectWith(auth, options)
  if (auth.type !== 'oauth') return false
  const fields = {
    client_id: auth.clientId,
    client_secret: await readCredential('clientSecret', auth.clientSecret),
    token: new Secret(auth.refreshToken),
    token_type_hint: 'refresh_token',
  }
  await withTokenForms((context) => postTokenForm('revoke', fields, context), options)
  return true
}
