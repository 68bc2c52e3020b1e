import { type Authenticator, connect, type Connection, defineService, type InspectOptions } from '@agent/core'
import * as z from 'zod'
import type { HubspotAuthConfig } from '../auth.ts'
import { hubspot } from '../service.ts'

const anyAuth = /* @__PURE__ */ defineService({
  ...hubspot,
  auth: () => z.custom<Authenticator>(),
  authenticate: (given) => given,
})

/** A connection as a connector has it. Throws ConfigError for an auth config that is wrong. */
export const connectWith = (auth: HubspotAuthConfig, options: InspectOptions): Connection =>
  connect(hubspot, { auth, ...connectionOptions(options) })

/** A connection under any authenticator. */
export const connectAs = (auth: Authenticator, options: InspectOptions): Connection =>
  connect(anyAuth, { auth, ...connectionOptions(options) })

const connectionOptions = ({ baseUrl, fetch }: InspectOptions) =>
  ({ drift: 'error', ...(baseUrl !== undefined && { baseUrl }), ...(fetch && { fetch }) }) as const
