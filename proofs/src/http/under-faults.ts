import { forkScript, nextMessage } from '../credentials/children.ts'
import type { FaultServerOptions, FaultServerState } from './fault-server.ts'
import { githubCaller } from './github-caller.ts'
import { inLanes } from './lanes.ts'
import { told, Verdicts } from './verdicts.ts'

export interface LoadOptions {
  calls: number
  lanes: number
  seed?: number
}

/** A fault server in a child process. */
export async function startFaultServer(options: FaultServerOptions) {
  const child = forkScript('../http/fault-process.ts', options)
  const baseUrl = await nextMessage<string>(child)
  return {
    baseUrl,
    state: () => {
      const answer = nextMessage<FaultServerState>(child)
      child.send('state')
      return answer
    },
    close: () => {
      child.disconnect()
    },
  }
}

/** Writes, each with a title of its own, against a service that fails three times in ten. */
export async function writesUnderFaults({ calls, lanes, seed = 1 }: LoadOptions) {
  const server = await startFaultServer({ seed, faultShare: 0.3 })
  try {
    const { write } = githubCaller(server.baseUrl)
    const verdicts = new Verdicts()
    const started = performance.now()
    await inLanes(calls, lanes, async (index, lane) => {
      const title = `write ${index}`
      verdicts.add(title, await told(write(lane, title)))
    })
    const seconds = (performance.now() - started) / 1000
    const { created, requests, faults } = await server.state()
    return { ...verdicts.judge(new Map(created)), requests, faults, seconds }
  } finally {
    server.close()
  }
}

/** Reads under the same faults: how many succeed within five attempts, and whether any answer is wrong. */
export async function readsUnderFaults({ calls, lanes, seed = 2 }: LoadOptions) {
  const server = await startFaultServer({ seed, faultShare: 0.3 })
  try {
    const { read } = githubCaller(server.baseUrl)
    let succeeded = 0
    let wrong = 0
    const started = performance.now()
    await inLanes(calls, lanes, async (index, lane) => {
      const number = index + 1
      const outcome = await told(
        read(lane, number).then((issue) => {
          if (issue.number !== number || issue.title !== `Issue ${number}`) wrong += 1
        }),
      )
      if (outcome === 'success') succeeded += 1
    })
    const seconds = (performance.now() - started) / 1000
    return { calls, succeeded, wrong, requests: (await server.state()).requests, seconds }
  } finally {
    server.close()
  }
}
