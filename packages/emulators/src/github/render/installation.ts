import type { Scope } from '../http/scope.ts'
import type { App, Installation } from '../state/types.ts'
import { accountOf } from '../state/lookup.ts'
import { simpleUser } from './account.ts'
import { isoTime, type Json } from './values.ts'

export const selectionOf = ({ repositories }: Pick<Installation, 'repositories'>) =>
  repositories === undefined ? 'all' : 'selected'

export function renderInstallation(scope: Scope, app: App, installation: Installation): Json {
  const { id, permissions, isSuspended, createdAt } = installation
  const account = accountOf(scope.state, installation.account)
  return {
    id,
    client_id: app.clientId,
    account: simpleUser(scope, account.login),
    repository_selection: selectionOf(installation),
    access_tokens_url: `${scope.apiRoot}/app/installations/${id}/access_tokens`,
    repositories_url: `${scope.apiRoot}/installation/repositories`,
    html_url: `${scope.webRoot}/settings/installations/${id}`,
    app_id: app.appId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: { metadata: 'read', ...permissions },
    events: [],
    created_at: isoTime(createdAt),
    updated_at: isoTime(createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: isSuspended ? simpleUser(scope, account.login) : null,
    suspended_at: isSuspended ? isoTime(createdAt) : null,
  }
}
