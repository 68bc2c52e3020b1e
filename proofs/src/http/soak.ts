import { forkScript, nextMessage } from '../credentials/children.ts'
import { startFaultServer } from './under-faults.ts'

export interface SoakOptions {
  calls: number
  lanes: number
}

export interface SoakReport {
  calls: number
  /** Of the heap after a collection, from the end of the warm-up. */
  heapGrowthBytes: number
  /** Active resources of the event loop, before and after. */
  handles: [before: number, after: number]
  unhandled: number
  crashes: number
  seconds: number
}

/** Reads and writes in turn, three in ten failing, in a process of their own. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const server = await startFaultServer({ seed: 7, faultShare: 0.3 })
  try {
    const child = forkScript('../http/soak-process.ts', { ...options, baseUrl: server.baseUrl }, [
      '--expose-gc',
    ])
    return await nextMessage<SoakReport>(child)
  } finally {
    server.close()
  }
}
