import type { Fetch } from '../../http/attempt.ts'
import type { TokenEndpointOptions } from '../oauth2.ts'

/** A client as it is registered at the service, and how the service's token endpoint wants to be asked. */
export interface LoginOptions extends Omit<TokenEndpointOptions, 'headers' | 'onTokens' | 'tokenKeeper'> {
  clientId: string
  /** Replaces the platform's `fetch`. */
  fetch?: Fetch | undefined
  /** Most that one request may take; 30 seconds unless told. */
  timeoutMs?: number | undefined
}
