import {
  connect,
  defineAction,
  type Fetch,
  path,
  readSavedCredential,
  type SavedCredential,
  type SavedCredentialName,
} from '@agent/core'
import * as z from 'zod'
import type { Context } from '../context.ts'
import type { OpenedCredential } from './open-saved.ts'

const marker = '/.agent-cli-renewal'

/** A call that never leaves this process: what counts is that its credential is made ready. */
const getReady = /* @__PURE__ */ defineAction({
  name: 'credential.renew',
  summary: 'Makes a stored credential ready for use.',
  effect: 'read',
  permissions: { scopes: [] },
  source: 'https://www.rfc-editor.org/rfc/rfc6749#section-6',
  input: () => z.strictObject({}),
  output: () => z.object({}),
  request: () => ({ method: 'GET', path: path`/.agent-cli-renewal` }),
})

/**
 * The credential with tokens that are good now, renewed where that is due or the service has rejected them. The
 * renewal is that of stored credentials in any app: coordinated with all who use the record, and persisted first.
 */
export async function renewSaved(
  { fetch, signal }: Context,
  { store, login, account, baseUrl }: OpenedCredential,
  { isRejected = false }: { isRejected?: boolean } = {},
): Promise<SavedCredential> {
  const connection = connect(login.service, {
    auth: { type: 'stored', store, account, maxAgeMs: 0 },
    baseUrl,
    fetch: answeringMarker(fetch, isRejected),
  })
  await connection.run(getReady, {}, { signal })
  const name: SavedCredentialName = { account, baseUrl }
  return readSavedCredential(store, login.service, name)
}

/** Answers the call itself, and sends what renews the tokens. */
function answeringMarker(fetch: Fetch, isRejected: boolean): Fetch {
  let rejectsNext = isRejected
  return (request) => {
    if (!new URL(request.url).pathname.endsWith(marker)) return fetch(request)
    const status = rejectsNext ? 401 : 200
    rejectsNext = false
    return Promise.resolve(Response.json({}, { status }))
  }
}
