import { AuthRejectedError, ProtocolError, type Secret } from '@agent/core'
import * as z from 'zod'
import { postTokenForm, type TokenFormContext } from './token-form.ts'

const facts = () =>
  z.object({
    active: z.boolean(),
    hub_id: z.number().nullish(),
    hub_domain: z.string().nullish(),
    user: z.string().nullish(),
    scopes: z.array(z.string()).nullish(),
    expires_in: z.number().nullish(),
  })

type TokenFacts = z.output<ReturnType<typeof facts>>

interface Asked {
  clientId: string
  clientSecret: Secret
  token: Secret
  hint: 'access_token' | 'refresh_token'
}

/**
 * What HubSpot says of a token of an app. Throws AuthRejectedError for one that is not active.
 *
 * @see https://developers.hubspot.com/docs/api-reference/2026-03/authentication/oauth-tokens/token-introspect
 */
export async function introspect(
  { clientId, clientSecret, token, hint }: Asked,
  context: TokenFormContext,
): Promise<TokenFacts> {
  const fields = { client_id: clientId, client_secret: clientSecret, token, token_type_hint: hint }
  const { data } = facts().safeParse(await postTokenForm('introspect', fields, context))
  if (!data) {
    throw new ProtocolError('HubSpot answered something unusable to the introspection of a token.', {
      code: 'REPLY_INVALID',
      outcome: 'not_sent',
      hint: 'Check that baseUrl is the root of a HubSpot API.',
      issues: [{ path: 'body', expected: 'an introspection response' }],
    })
  }
  if (data.active) return data
  throw new AuthRejectedError('The token is no longer good, or another app’s.', {
    code: 'AUTH_REJECTED',
    outcome: 'rejected',
    status: 200,
    hint: 'Let the user connect the account again.',
  })
}
