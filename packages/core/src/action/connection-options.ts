import * as z from 'zod'
import type { StoredAuthConfig } from '../credentials/stored-auth-config.ts'
import type { Fetch } from '../http/attempt.ts'
import type { ConnectionEvents } from '../http/events.ts'
import type { HttpLimits } from '../http/exchange.ts'
import type { DriftPolicy } from './read-output.ts'
import type { Service } from './service.ts'

/** Options of every connector, beside `auth` and the service's own settings. */
export interface CommonOptions extends Partial<HttpLimits>, ConnectionEvents {
  /** Another server of the same API, such as an enterprise installation. HTTPS, or HTTP on loopback. */
  baseUrl?: string | URL
  /** Put before the connector's own product in `User-Agent`. */
  userAgent?: string
  /** Replaces the platform's `fetch`. */
  fetch?: Fetch
  /** `report` unless told. */
  drift?: DriftPolicy
}

/** What `connect` and a connector's constructor take. */
export type ConnectionOptions<S extends Service> = CommonOptions & AuthOption<S> & SettingsOption<S>

interface AuthOption<S extends Service> {
  auth: z.input<ReturnType<S['auth']>> | StoredAuthConfig
}

type SettingsOption<S extends Service> =
  S extends Service<z.ZodType, infer Settings>
    ? Settings extends z.ZodObject
      ? z.input<Settings>
      : unknown
    : unknown

const milliseconds = (fallback: number) =>
  z
    .number()
    .min(1)
    .max(2 ** 31 - 1)
    .default(fallback)

/** Schema of the bounds, with their defaults. */
export const limitsSchema = () =>
  z.object({
    timeoutMs: milliseconds(30_000),
    totalTimeoutMs: milliseconds(120_000),
    maxAttempts: z.int().min(1).max(10).default(4),
    backoffMs: z.number().min(0).max(10_000).default(500),
    maxWaitMs: z
      .number()
      .min(0)
      .max(2 ** 31 - 1)
      .default(60_000),
    maxResponseBytes: z
      .int()
      .min(1)
      .default(32 * 1024 * 1024),
  })
