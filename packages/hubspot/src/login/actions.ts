import { defineAction, path } from '@agent/core'
import * as z from 'zod'

/** HubSpot lists the scope `oauth`, which it grants with every credential. */
export const getAccount = /* @__PURE__ */ defineAction({
  name: 'login.getAccount',
  summary: 'For logging in and out.',
  effect: 'read',
  permissions: { scopes: ['oauth'] },
  source:
    'https://developers.hubspot.com/docs/api-reference/latest/account/account-information/get-account-details',
  input: () => z.strictObject({}),
  output: () => z.object({ portalId: z.number() }),
  request: () => ({ method: 'GET', path: path`/account-info/2026-03/details` }),
})

/** Takes the token in the body. HubSpot has it for private apps alone. */
export const getPrivateAppToken = /* @__PURE__ */ defineAction({
  name: 'login.getPrivateAppToken',
  summary: 'For logging in and out.',
  effect: 'read',
  permissions: { scopes: [] },
  source: 'https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview',
  input: () => z.strictObject({ tokenKey: z.string() }),
  output: () => z.object({ scopes: z.array(z.string()).nullish() }),
  request: (body) => ({
    method: 'POST',
    path: path`/oauth/v2/private-apps/get/access-token-info`,
    body,
  }),
})
