import { inspect as print } from 'node:util'
import { ConnectorError, finishAuthorization, type OAuth2Tokens, startAuthorization } from '@agent/core'
import type { GithubEmulator } from '@agent/emulators'
import { expect } from 'vitest'
import { githubLogin } from '@agent/github/login'
import { failureOf } from '../world.ts'

export const githubApp = { clientId: 'test-client-id', clientSecret: 'test-client-secret' }
export const oauthApp = { clientId: 'test-oauth-app-id', clientSecret: 'test-oauth-app-secret' }

/** Logs the user in on the emulator's authorization page. */
export async function logIn({ url }: GithubEmulator, client: typeof oauthApp): Promise<OAuth2Tokens> {
  const given = { ...githubLogin.endpoints(new URL(url)), ...client, scope: 'repo gist' }
  const started = await startAuthorization({ ...given, redirectUri: 'http://127.0.0.1:4321/callback' })
  const page = await fetch(started.url, { redirect: 'manual' })
  return finishAuthorization(page.headers.get('location')!, started.pending, given)
}

/** The ConnectorError of a call, with nothing of the secrets in it. */
export async function cleanFailureOf(
  call: PromiseLike<unknown>,
  secrets: readonly string[],
): Promise<ConnectorError> {
  const error = await failureOf(call)
  if (!ConnectorError.isInstance(error)) throw error
  const seen = [print(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack].join('\n')
  for (const secret of secrets) expect(seen).not.toContain(secret)
  return error
}
