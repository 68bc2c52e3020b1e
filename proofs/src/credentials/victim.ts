// A process that is killed while it renews a stored credential.
import { callerOf } from './example-service.ts'
import { dyingAt, type KillPoint } from './kill-points.ts'
import { openStore, type StoreAddress } from './stores.ts'

export interface VictimOptions {
  store: StoreAddress
  baseUrl: string
  account: string
  point: KillPoint
  lockTtlMs: number
}

const options = JSON.parse(process.argv[2] ?? '') as VictimOptions
const { baseUrl, account, point, lockTtlMs } = options
const { store: inner } = await openStore(options.store)
const { store, fetch } = await dyingAt(point, inner, baseUrl, account)
await callerOf(baseUrl, { store, account, lockTtlMs }, { fetch })()
// Whoever gets here was not killed; the proof takes that for a failure.
