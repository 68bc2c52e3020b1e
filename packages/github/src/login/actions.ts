import { defineAction, noContent, path } from '@agent/core'
import * as z from 'zod'
import { needsNothing } from '../permissions.ts'

const common = { summary: 'For logging in and out.', permissions: needsNothing } as const
const apps = 'https://docs.github.com/en/rest/apps'

/** Costs nothing and is open to every token. */
export const getRateLimit = /* @__PURE__ */ defineAction({
  ...common,
  name: 'login.getRateLimit',
  effect: 'read',
  source:
    'https://docs.github.com/en/rest/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user',
  input: () => z.strictObject({}),
  output: () => z.object({}),
  request: () => ({ method: 'GET', path: path`/rate_limit` }),
})

const installation = () =>
  z.object({
    // An enterprise has a slug instead of a login.
    account: z.object({ login: z.string().nullish(), slug: z.string().nullish() }),
    app_slug: z.string().nullish(),
    permissions: z.record(z.string(), z.string()).nullish(),
  })

export type Installation = z.output<ReturnType<typeof installation>>

const found = { ...common, effect: 'read', output: installation } as const

export const getInstallation = /* @__PURE__ */ defineAction({
  ...found,
  name: 'login.getInstallation',
  source: `${apps}/apps#get-an-installation-for-the-authenticated-app`,
  input: () => z.strictObject({ installation_id: z.string() }),
  request: ({ installation_id }) => ({ method: 'GET', path: path`/app/installations/${installation_id}` }),
})

export const getRepositoryInstallation = /* @__PURE__ */ defineAction({
  ...found,
  name: 'login.getRepositoryInstallation',
  source: `${apps}/apps#get-a-repository-installation-for-the-authenticated-app`,
  input: () => z.strictObject({ owner: z.string(), repo: z.string() }),
  request: ({ owner, repo }) => ({ method: 'GET', path: path`/repos/${owner}/${repo}/installation` }),
})

export const getUserInstallation = /* @__PURE__ */ defineAction({
  ...found,
  name: 'login.getUserInstallation',
  source: `${apps}/apps#get-a-user-installation-for-the-authenticated-app`,
  input: () => z.strictObject({ username: z.string() }),
  request: ({ username }) => ({ method: 'GET', path: path`/users/${username}/installation` }),
})

export const getOrganizationInstallation = /* @__PURE__ */ defineAction({
  ...found,
  name: 'login.getOrganizationInstallation',
  source: `${apps}/apps#get-an-organization-installation-for-the-authenticated-app`,
  input: () => z.strictObject({ org: z.string() }),
  request: ({ org }) => ({ method: 'GET', path: path`/orgs/${org}/installation` }),
})

const ownToken = () => z.strictObject({ client_id: z.string(), access_token: z.string() })
const deletion = { ...common, effect: 'delete', input: ownToken, output: noContent } as const

export const deleteToken = /* @__PURE__ */ defineAction({
  ...deletion,
  name: 'login.deleteToken',
  source: `${apps}/oauth-applications#delete-an-app-token`,
  request: ({ client_id, access_token }) => ({
    method: 'DELETE',
    path: path`/applications/${client_id}/token`,
    body: { access_token },
  }),
})

export const deleteGrant = /* @__PURE__ */ defineAction({
  ...deletion,
  name: 'login.deleteGrant',
  source: `${apps}/oauth-applications#delete-an-app-authorization`,
  request: ({ client_id, access_token }) => ({
    method: 'DELETE',
    path: path`/applications/${client_id}/grant`,
    body: { access_token },
  }),
})

export const revokeCredentials = /* @__PURE__ */ defineAction({
  ...common,
  name: 'login.revokeCredentials',
  effect: 'delete',
  source: 'https://docs.github.com/en/rest/credentials/revoke#revoke-a-list-of-credentials',
  input: () => z.strictObject({ credentials: z.array(z.string()) }),
  output: () => z.unknown(),
  request: (body) => ({ method: 'POST', path: path`/credentials/revoke`, body }),
})
