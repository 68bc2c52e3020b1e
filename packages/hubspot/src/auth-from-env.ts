import { authFromEnv, type Environment } from '@agent/core'
import type { HubspotAuthConfig } from './auth.ts'

/**
 * Auth config from environment variables: `HUBSPOT_SERVICE_KEY`; or `HUBSPOT_PRIVATE_APP_TOKEN`; or for an
 * OAuth app `HUBSPOT_CLIENT_ID`, `HUBSPOT_CLIENT_SECRET` and `HUBSPOT_REFRESH_TOKEN`, with
 * `HUBSPOT_ACCESS_TOKEN` where there is one; or for the app itself `HUBSPOT_CLIENT_ID`, `HUBSPOT_CLIENT_SECRET`
 * and `HUBSPOT_SCOPE`. Throws ConfigError (`CONFIG_INVALID`) naming the variables that
 * are missing.
 *
 * @example hubspotAuthFromEnv(process.env)
 */
export function hubspotAuthFromEnv(environment: Environment): HubspotAuthConfig {
  return authFromEnv<HubspotAuthConfig>('HubSpot', environment, [
    {
      required: { key: 'HUBSPOT_SERVICE_KEY' },
      build: ({ key = '' }) => ({ type: 'serviceKey', key }),
    },
    {
      required: { accessToken: 'HUBSPOT_PRIVATE_APP_TOKEN' },
      build: ({ accessToken = '' }) => ({ type: 'privateApp', accessToken }),
    },
    {
      required: {
        clientId: 'HUBSPOT_CLIENT_ID',
        clientSecret: 'HUBSPOT_CLIENT_SECRET',
        refreshToken: 'HUBSPOT_REFRESH_TOKEN',
      },
      optional: { accessToken: 'HUBSPOT_ACCESS_TOKEN' },
      build: ({ clientId = '', clientSecret = '', refreshToken = '', ...rest }) => ({
        type: 'oauth',
        clientId,
        clientSecret,
        refreshToken,
        ...rest,
      }),
    },
    {
      required: {
        clientId: 'HUBSPOT_CLIENT_ID',
        clientSecret: 'HUBSPOT_CLIENT_SECRET',
        scope: 'HUBSPOT_SCOPE',
      },
      build: ({ clientId = '', clientSecret = '', scope = '' }) => {
        return { type: 'clientCredentials', clientId, clientSecret, scope }
      },
    },
  ])
}
