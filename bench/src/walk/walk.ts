// Walks the issues at the given origin in one of two ways, and prints what that took.
import { setImmediate } from 'node:timers/promises'
import { GithubConnector } from '@agent/github'

const [way, origin = '', mode] = process.argv.slice(2)
const isMeasuringHeap = mode === 'heap'
const repository = { owner: 'harborworks', repo: 'billing-portal' }
const token = 'test-token-1'

let peak = 0
let samples = 0

/** What is alive; without the collection it would be what has not been collected yet. */
function sample(): void {
  if (!isMeasuringHeap) return
  peak = Math.max(peak, alive())
  samples += 1
}

function alive(): number {
  if (!isMeasuringHeap) return 0
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** The same once finalizers have run and freed what they hold. */
async function aliveForLong(): Promise<number> {
  if (!isMeasuringHeap) return 0
  for (let round = 0; round < 4; round++) {
    alive()
    await setImmediate()
  }
  return alive()
}

// The fullest moment of both ways: text and parsed page at once.
const { parse } = JSON
JSON.parse = (...args: Parameters<typeof parse>) => {
  const value = parse(...args) as unknown
  if (args[0].length > 100_000) sample()
  return value
}

async function* withFetch(): AsyncGenerator<{ number: number }> {
  let url: string | undefined = `${origin}/repos/${repository.owner}/${repository.repo}/issues?per_page=100`
  while (url !== undefined) {
    const response: Response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    yield* (await response.json()) as { number: number }[]
    url = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  }
}

function withConnector(): AsyncIterable<{ number: number }> {
  const github = new GithubConnector({ auth: { type: 'personalAccessToken', token }, baseUrl: origin })
  return github.issues.list(repository)
}

const before = { heap: alive(), rss: process.memoryUsage.rss() }
const started = performance.now()
let early = 0
let items = 0
let sum = 0
for await (const { number } of way === 'fetch' ? withFetch() : withConnector()) {
  items += 1
  sum += number
  if (items % 100 === 50) sample()
  if (items === 1050) early = await aliveForLong()
}
const durationMs = performance.now() - started
const drift = (await aliveForLong()) - early
const rssGrowth = process.resourceUsage().maxRSS * 1024 - before.rss
console.log(
  JSON.stringify({ items, sum, samples, durationMs, heapGrowth: peak - before.heap, drift, rssGrowth }),
)
