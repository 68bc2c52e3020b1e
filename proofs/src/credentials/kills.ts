import { ConnectorError, type CredentialStore, readSavedCredential, saveCredential } from '@agent/core'
import { AuthorizationServer, tokensOf } from './authorization-server.ts'
import { ended, forkScript } from './children.ts'
import { callerOf, exampleService } from './example-service.ts'
import type { KillPoint } from './kill-points.ts'
import type { Slots } from './slots.ts'
import { emptyStore, newStore, openStore, type StoreAddress, type StoreKind } from './stores.ts'
import type { VictimOptions } from './victim.ts'

export interface KillsOptions {
  times: number
  lockTtlMs: number
  /** Bounds the victims that are alive at a time; what they leave is taken over at once. */
  slots: Slots
}

export interface KillsResult {
  kind: StoreKind
  point: KillPoint
  kills: number
  /** Taken over with the old pair, or with the new one, which the next call proved. */
  recovered: number
  /** Told clearly that the user must log in again. */
  reauthRequired: number
  /** Neither: the credential was lost without a word, or the store is damaged. Must be 0. */
  lost: string[]
  slowestTakeoverMs: number
}

/** Kills processes at one point of a renewal, and has others take over what they leave. */
export async function kills(
  kind: StoreKind,
  point: KillPoint,
  { times, lockTtlMs, slots }: KillsOptions,
): Promise<KillsResult> {
  const server = new AuthorizationServer()
  const baseUrl = await server.listen()
  const { address, remove } = newStore(kind)
  const { store, close } = await openStore(address)
  const result: KillsResult = {
    kind,
    point,
    kills: 0,
    recovered: 0,
    reauthRequired: 0,
    lost: [],
    slowestTakeoverMs: 0,
  }
  const one = async (account: string) => {
    await slots.use(() => kill({ store: address, baseUrl, account, point, lockTtlMs }, store, server))
    result.kills += 1
    await takeOver(account, { store, baseUrl, lockTtlMs }, result)
  }
  try {
    await Promise.all(Array.from({ length: times }, (_, index) => one(`${point}-${index}`)))
    return result
  } finally {
    await server.close()
    await close()
    await emptyStore(address)
    remove()
  }
}

async function kill(
  victim: VictimOptions & { store: StoreAddress },
  store: CredentialStore,
  server: AuthorizationServer,
): Promise<void> {
  const { account, baseUrl } = victim
  const auth = { type: 'oauth' as const, clientId: 'client', ...tokensOf(account) }
  await saveCredential(store, exampleService, { account, auth, baseUrl })
  server.expire(account)
  const { signal } = await ended(forkScript('victim.ts', victim))
  if (signal !== 'SIGKILL') throw new Error(`The process did not die at ${victim.point}.`)
}

async function takeOver(
  account: string,
  { store, baseUrl, lockTtlMs }: { store: CredentialStore; baseUrl: string; lockTtlMs: number },
  result: KillsResult,
): Promise<void> {
  const started = performance.now()
  const call = callerOf(baseUrl, { store, account, lockTtlMs })
  try {
    await call()
    // What is stored must work for whoever comes next, too.
    await callerOf(baseUrl, { store, account, lockTtlMs })()
    result.recovered += 1
  } catch (error) {
    if (ConnectorError.isInstance(error) && error.code === 'REAUTH_REQUIRED') result.reauthRequired += 1
    else result.lost.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
  }
  result.slowestTakeoverMs = Math.max(result.slowestTakeoverMs, performance.now() - started)
  // A damaged record would throw.
  await readSavedCredential(store, exampleService, { account, baseUrl }).catch((error: unknown) => {
    result.lost.push(String(error))
  })
}
