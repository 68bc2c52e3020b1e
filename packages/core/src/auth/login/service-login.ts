import type * as z from 'zod'
import type { Catalogue } from '../../action/connector.ts'
import type { Service } from '../../action/service.ts'
import type { Access } from '../../action/permissions.ts'
import type { Fetch } from '../../http/attempt.ts'
import type { AuthorizationOptions } from './authorization.ts'
import type { DeviceAuthorizationOptions } from './device.ts'
import type { OAuth2Tokens } from '../oauth2.ts'

/** The OAuth endpoints of a service, with all that does not depend on the client. */
export type LoginEndpoints = Pick<AuthorizationOptions, 'authorizationUrl' | 'tokenUrl'> &
  Partial<
    Pick<
      AuthorizationOptions,
      | 'issuer'
      | 'isIssuerSent'
      | 'authorizationParameters'
      | 'clientAuthentication'
      | 'tokenRequestFormat'
      | 'tokenHeaders'
    > &
      Pick<DeviceAuthorizationOptions, 'deviceAuthorizationUrl'>
  >

/** An OAuth client as it is registered at the service. */
export interface LoginClient {
  clientId: string
  clientSecret?: string | undefined
}

/** A credential that the user has made at the service and pastes, such as a personal access token. */
export interface PastedCredential {
  /** Kind of the auth config, and its field that takes the value. */
  type: string
  field: string
  /** As the vendor calls it, and where it is made. */
  title: string
  url: string
}

export interface InspectOptions {
  baseUrl?: string | URL | undefined
  fetch?: Fetch | undefined
  signal?: AbortSignal | undefined
}

/** What the service itself says of a credential. */
export interface CredentialReport {
  /** Whose it is, as a name to save it under, such as a login or the domain of a HubSpot account. */
  account: string
  /** For people, such as `The Octocat`. */
  displayName?: string
  /** Granted scopes; absent where the service does not tell. */
  scopes?: readonly string[]
  /** Granted fine-grained permissions; absent where the service does not tell. */
  fineGrained?: Readonly<Record<string, Access>>
  /** When the credential itself ends, or the access token where it cannot be renewed. */
  expiresAt?: Date
}

/**
 * All that connecting and looking after an account of one service takes, for tools such as the `agent` command.
 * Connector packages export theirs from `./login`.
 */
export interface ServiceLogin<S extends Service = Service> {
  service: S
  catalogue: Catalogue
  endpoints(baseUrl: URL): LoginEndpoints
  /** True where the service gives tokens to no client without a secret. */
  needsClientSecret: boolean
  /** Where a client is registered. */
  registrationUrl: string
  /** Kinds of credentials that can be pasted. */
  pasted: readonly PastedCredential[]
  /** The auth config of what a login brought. */
  authOf(client: LoginClient, tokens: OAuth2Tokens): z.input<ReturnType<S['auth']>>
  /** Asks the service. Throws as a call does: AuthRejectedError for a credential that is not good any more. */
  inspect(auth: z.input<ReturnType<S['auth']>>, options?: InspectOptions): Promise<CredentialReport>
  /**
   * Makes the credential useless at the service, for good. False where the service offers no way: then the user
   * must delete it there.
   */
  revoke(auth: z.input<ReturnType<S['auth']>>, options?: InspectOptions): Promise<boolean>
  /** Whether a granted scope includes the one that an action needs, as `repo` includes `public_repo`. */
  includesScope(granted: string, needed: string): boolean
}
