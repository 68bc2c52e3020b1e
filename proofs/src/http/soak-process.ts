// Calls under faults for a long time, and what is left of them.
import { githubCaller } from './github-caller.ts'
import { inLanes } from './lanes.ts'
import type { SoakOptions, SoakReport } from './soak.ts'
import { Crash, told } from './verdicts.ts'

const { baseUrl, calls, lanes } = JSON.parse(process.argv[2] ?? '{}') as SoakOptions & { baseUrl: string }
let unhandled = 0
process.on('unhandledRejection', () => {
  unhandled += 1
})
const { read, write } = githubCaller(baseUrl)
let crashes = 0

const run = (times: number, from: number) =>
  inLanes(times, lanes, async (index, lane) => {
    const call = index % 2 === 0 ? read(lane, index + 1) : write(lane, `soak ${from + index}`)
    if ((await told(call)) instanceof Crash) crashes += 1
  })

async function settled() {
  // Sockets that a fault has cut close a moment later.
  await new Promise((resolve) => setTimeout(resolve, 300))
  for (let round = 0; round < 3; round++) globalThis.gc?.()
  return { heap: process.memoryUsage().heapUsed, handles: process.getActiveResourcesInfo().length }
}

// Code is compiled and the pool of connections filled before the measuring begins.
const warmUp = Math.min(20_000, Math.ceil(calls / 5))
await run(warmUp, 0)
const before = await settled()
const started = performance.now()
await run(calls, warmUp)
const seconds = (performance.now() - started) / 1000
const after = await settled()
const report: SoakReport = {
  calls,
  heapGrowthBytes: after.heap - before.heap,
  handles: [before.handles, after.handles],
  unhandled,
  crashes,
  seconds,
}
process.send?.(report, () => {
  process.exit()
})
