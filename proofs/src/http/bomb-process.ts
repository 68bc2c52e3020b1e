// Asks for a bomb in a process of its own, so that its memory is its own.
import { ConnectorError } from '@agent/core'
import type { BombOptions, BombReport } from './bombs.ts'
import { githubCaller } from './github-caller.ts'

const { baseUrl, maxResponseBytes } = JSON.parse(process.argv[2] ?? '{}') as BombOptions
const { read } = githubCaller(baseUrl, { maxResponseBytes, timeoutMs: 60_000, maxAttempts: 2 })
// The first call loads code and fills buffers; it is not what is measured.
await read(0, 1)
globalThis.gc?.()
const before = process.memoryUsage.rss()
let peak = before
const sampler = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 2)
const started = performance.now()
let code = 'none'
try {
  await read(0, 2)
} catch (error) {
  code = ConnectorError.isInstance(error) ? error.code : `crash: ${String(error)}`
}
clearInterval(sampler)
// What the process itself knows of its peak, which no sampling misses.
peak = Math.max(peak, process.resourceUsage().maxRSS * 1024)
const report: BombReport = { code, growthBytes: peak - before, seconds: (performance.now() - started) / 1000 }
process.send?.(report, () => {
  process.disconnect()
})
