// One of many processes that use a stored credential: makes calls when it is told to, and says how they went.
import { callerOf } from './example-service.ts'
import { openStore, type StoreAddress } from './stores.ts'

export interface WorkerOptions {
  store: StoreAddress
  baseUrl: string
  account: string
  /** Added to the wall clock of the process. */
  skewMs?: number
}

export interface WorkerOrder {
  calls: number
  /** Calls under way at a time. */
  concurrency: number
}

export interface WorkerReport {
  succeeded: number
  /** Codes of the errors. */
  failed: string[]
}

const { store: address, baseUrl, account, skewMs = 0 } = JSON.parse(process.argv[2] ?? '') as WorkerOptions
const wallClock = Date.now.bind(Date)
if (skewMs !== 0) Date.now = () => wallClock() + skewMs

const { store, close } = await openStore(address)
const call = callerOf(baseUrl, { store, account })

async function obey({ calls, concurrency }: WorkerOrder): Promise<WorkerReport> {
  const report: WorkerReport = { succeeded: 0, failed: [] }
  let left = calls
  const lane = async () => {
    while (left-- > 0) {
      try {
        await call()
        report.succeeded += 1
      } catch (error) {
        report.failed.push(String((error as { code?: unknown }).code ?? error))
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return report
}

process.on('message', (order: WorkerOrder | 'end') => {
  if (order === 'end') {
    void close().then(() => {
      process.disconnect()
    })
    return
  }
  void obey(order).then((report) => process.send?.(report))
})
process.send?.('ready')
