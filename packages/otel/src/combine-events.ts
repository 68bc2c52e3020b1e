import type { ConnectionEvents } from '@agent/core'
import { quietly } from './quietly.ts'

type Hooks = { [Name in keyof ConnectionEvents]-?: NonNullable<ConnectionEvents[Name]> }

/**
 * Hooks that call those of each set in turn, so that `instrument` and an app's own hooks may watch the same
 * connection. An exception in one does not keep the others from being called.
 *
 * @example new GithubConnector({ auth, ...combineEvents(instrument(), { onRetry: log }) })
 */
export function combineEvents(...sets: readonly ConnectionEvents[]): Required<ConnectionEvents> {
  const all =
    <Name extends keyof ConnectionEvents>(name: Name) =>
    (event: Parameters<Hooks[Name]>[0]) => {
      for (const set of sets) {
        const hook = set[name] as ((event: Parameters<Hooks[Name]>[0]) => unknown) | undefined
        quietly(() => hook?.(event))
      }
    }
  return {
    onCall: all('onCall'),
    onRequest: all('onRequest'),
    onResponse: all('onResponse'),
    onRetry: all('onRetry'),
    onTokenRefresh: all('onTokenRefresh'),
    onResult: all('onResult'),
    onDrift: all('onDrift'),
  }
}
