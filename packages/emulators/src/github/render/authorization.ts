import { createHash } from 'node:crypto'
import type { Scope } from '../http/scope.ts'
import type { AccessToken } from '../state/types.ts'
import { simpleUser } from './account.ts'
import { isoTime, isoTimeOrNull, type Json } from './values.ts'

/** What an app is told of a token that it was issued. */
export function renderAuthorization(scope: Scope, token: AccessToken): Json {
  const { grant, clientId = '', login, createdAt = 0, expiresAt } = token
  const hash = createHash('sha256').update(token.token).digest()
  const id = hash.readUInt32BE()
  return {
    id,
    url: `${scope.apiRoot}/authorizations/${id}`,
    app: { client_id: clientId, name: clientId, url: `${scope.webRoot}/apps/${clientId}` },
    token: token.token,
    hashed_token: hash.toString('hex'),
    token_last_eight: token.token.slice(-8),
    note: null,
    note_url: null,
    created_at: isoTime(createdAt),
    updated_at: isoTime(createdAt),
    scopes: grant.kind === 'classic' ? [...grant.scopes] : null,
    fingerprint: null,
    expires_at: isoTimeOrNull(expiresAt ?? null),
    user: simpleUser(scope, login),
  }
}
