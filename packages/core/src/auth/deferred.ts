import { lazy } from '../action/lazy.ts'
import type { Authenticator } from './authenticator.ts'

/** An authenticator that is loaded with the first call: who never calls never pays for it. */
export function deferred(load: () => Promise<Authenticator>): Authenticator {
  const loaded = lazy(load)
  return {
    authorize: async (context) => (await loaded()).authorize(context),
    onUnauthorized: async (...rejected) => (await (await loaded()).onUnauthorized?.(...rejected)) ?? false,
  }
}
