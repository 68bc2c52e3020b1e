import type * as z from 'zod'
import type { Authenticator } from '../auth/authenticator.ts'
import type { TokenKeeper } from '../auth/token-keeper.ts'
import type { RateLimit } from '../http/events.ts'
import type { ErrorReply, RemoteErrorDetails } from '../http/remote-error.ts'

/** Schema of a service's further options; undefined for a service that has none. */
export type SettingsSchema = z.ZodObject | undefined

type SettingsOf<Settings extends SettingsSchema> = Settings extends z.ZodObject
  ? z.output<Settings>
  : undefined

/** What an authenticator is built with, beside its auth config. */
export interface AuthenticateContext {
  baseUrl: URL
  /** Keeps the tokens of a stored credential: hand it to `oauth2` or `renewable`. */
  tokenKeeper?: TokenKeeper
}

/** All that the actions of one service share: where it is, how it authenticates, how it speaks of errors. */
export interface Service<
  Auth extends z.ZodType = z.ZodType,
  Settings extends SettingsSchema = SettingsSchema,
> {
  /** Lower-case name, such as `github`. */
  name: string
  /** As the vendor writes it, such as `GitHub`. */
  title: string
  /** Default base URL; the app may choose another. */
  baseUrl: string
  /** Schema of the auth config, discriminated on `type`. */
  auth: () => Auth
  /** Schema of further connector options; none unless told. */
  settings?: () => Settings
  /** Turns a validated auth config into its authenticator. */
  authenticate(config: z.output<Auth>, context: AuthenticateContext): Authenticator
  /** Other origins that may be sent credentials, such as that of the token endpoint. */
  origins?: (baseUrl: URL) => readonly string[]
  /** Headers of every request. */
  headers(settings: SettingsOf<Settings>): Readonly<Record<string, string>>
  /** Set where the vendor documents an API key in the query. */
  credentialsInQuery?: boolean
  /** Response header that holds the request id. */
  requestIdHeader: string
  readError?: (reply: ErrorReply) => RemoteErrorDetails
  readRateLimit?: (headers: Headers) => RateLimit | undefined
}

/** Declares a service. */
export function defineService<Auth extends z.ZodType, Settings extends SettingsSchema = undefined>(
  service: Service<Auth, Settings>,
): Service<Auth, Settings> {
  return service
}
