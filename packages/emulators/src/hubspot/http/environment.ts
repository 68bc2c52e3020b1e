import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { AccessToken } from '../account/state.ts'

/** What the middleware hands to the routes. */
export interface HubspotEnvironment {
  Bindings: HttpBindings
  Variables: { correlationId: string; token: AccessToken }
}

export type HubspotContext = Context<HubspotEnvironment>
