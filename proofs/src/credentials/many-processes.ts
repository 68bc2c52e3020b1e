import { saveCredential } from '@agent/core'
import { type AccountCounts, tokensOf } from './authorization-server.ts'
import { forkScript, nextMessage } from './children.ts'
import { exampleService } from './example-service.ts'
import { emptyStore, newStore, openStore, type StoreKind } from './stores.ts'
import type { WorkerOptions, WorkerOrder, WorkerReport } from './worker.ts'

export interface ManyProcessesOptions {
  processes: number
  /** Rounds, each with an access token that dies early. */
  expiries: number
  /** Of each process, in each round. */
  calls: number
  /** Of each process at a time. */
  concurrency: number
  /** Clock error of each process, one after the other. */
  skewsMs?: readonly number[]
  expiresIn?: number
}

export interface ManyProcessesResult extends AccountCounts {
  kind: StoreKind
  calls: number
  failed: string[]
  seconds: number
}

/** Many processes with one stored credential, whose access token dies early again and again. */
export async function manyProcesses(
  kind: StoreKind,
  { processes, expiries, calls, concurrency, skewsMs = [0], expiresIn }: ManyProcessesOptions,
): Promise<ManyProcessesResult> {
  const account = 'shared'
  const { address, remove } = newStore(kind)
  const { store, close } = await openStore(address)
  const server = forkScript('server-process.ts', { expiresIn })
  const baseUrl = await nextMessage<string>(server)
  const auth = { type: 'oauth' as const, clientId: 'client', ...tokensOf(account) }
  await saveCredential(store, exampleService, { account, auth, baseUrl })
  const workers = Array.from({ length: processes }, (_, index) => {
    const skewMs = skewsMs[index % skewsMs.length] ?? 0
    return forkScript('worker.ts', { store: address, baseUrl, account, skewMs } satisfies WorkerOptions)
  })
  try {
    await Promise.all(workers.map((worker) => nextMessage(worker)))
    const failed: string[] = []
    const all = async (order: WorkerOrder) => {
      const reports = workers.map((worker) => nextMessage<WorkerReport>(worker))
      for (const worker of workers) worker.send(order)
      for (const report of await Promise.all(reports)) failed.push(...report.failed)
    }
    await all({ calls: 1, concurrency: 1 })
    const started = performance.now()
    for (let round = 0; round < expiries; round++) {
      await fetch(`${baseUrl}/expire/${account}`)
      await all({ calls, concurrency })
    }
    const seconds = (performance.now() - started) / 1000
    const counts = (await (await fetch(`${baseUrl}/counts/${account}`)).json()) as AccountCounts
    return { kind, calls: processes * expiries * calls, failed, seconds, ...counts }
  } finally {
    for (const worker of workers) worker.send('end')
    server.disconnect()
    await close()
    await emptyStore(address)
    remove()
  }
}
