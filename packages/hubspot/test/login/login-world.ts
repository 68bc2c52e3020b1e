import { inspect as print } from 'node:util'
import { ConnectorError, finishAuthorization, type OAuth2Tokens, startAuthorization } from '@agent/core'
import type { HubspotEmulator } from '@agent/emulators'
import { expect } from 'vitest'
import { hubspotLogin } from '@agent/hubspot/login'
import { failure } from '../start.ts'

export const client = { clientId: 'test-client-id', clientSecret: 'test-client-secret' }

/** Logs the user in on the emulator's authorization page. */
export async function logIn({ url }: HubspotEmulator): Promise<OAuth2Tokens> {
  const scope = 'oauth crm.objects.contacts.read'
  const given = { ...hubspotLogin.endpoints(new URL(url)), ...client, scope }
  const started = await startAuthorization({ ...given, redirectUri: 'http://localhost:4321/callback' })
  const page = await fetch(started.url, { redirect: 'manual' })
  return finishAuthorization(page.headers.get('location')!, started.pending, given)
}

/** The ConnectorError of a call, with nothing of the secrets in it. */
export async function cleanFailure(
  call: PromiseLike<unknown>,
  secrets: readonly string[],
): Promise<ConnectorError> {
  const error = await failure(call)
  if (!ConnectorError.isInstance(error)) throw error as Error
  const seen = [print(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack].join('\n')
  for (const secret of secrets) expect(seen).not.toContain(secret)
  return error
}
