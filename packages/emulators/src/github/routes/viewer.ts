import { requireUser } from '../http/access.ts'
import { rateStatus } from '../http/rate-limit.ts'
import { apiVersions, isLegacy, type GithubApp } from '../http/scope.ts'
import { fullUser } from '../render/account.ts'

/** Who asks, and what is left to them. */
export function serveViewer(app: GithubApp): void {
  app.get('/user', (c) => {
    const scope = c.get('scope')
    return c.json(fullUser(scope, requireUser(scope).account))
  })

  app.get('/rate_limit', (c) => {
    const scope = c.get('scope')
    const resources = { core: rateStatus(scope, 'core'), search: rateStatus(scope, 'search') }
    return c.json({ resources, ...(isLegacy(scope) ? { rate: resources.core } : {}) })
  })

  app.get('/versions', (c) => c.json(apiVersions))
}
