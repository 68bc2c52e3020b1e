import { defineService } from '@agent/core'
import { hubspotAuth, hubspotAuthenticator } from './auth.ts'
import { readHubspotError } from './errors.ts'
import { readHubspotRateLimit } from './rate-limits.ts'

/** HubSpot's date-based API. */
export const hubspot = /* @__PURE__ */ defineService({
  name: 'hubspot',
  title: 'HubSpot',
  baseUrl: 'https://api.hubapi.com',
  auth: hubspotAuth,
  authenticate: hubspotAuthenticator,
  headers: () => ({ 'user-agent': '@agent/hubspot' }),
  requestIdHeader: 'x-hubspot-correlation-id',
  readError: readHubspotError,
  readRateLimit: readHubspotRateLimit,
})
