import { createGithubEmulator, defaultGithubSeed, type Fault, type GithubEmulator } from '@agent/emulators'
import { githubCaller, laneName } from './github-caller.ts'
import { inLanes } from './lanes.ts'
import { pick, seeded } from './random.ts'
import type { LoadOptions } from './under-faults.ts'
import { told, Verdicts } from './verdicts.ts'

const owner = 'harborworks'

const anyFault = (random: () => number): Fault =>
  pick<Fault>(random, [
    { kind: 'rate-limited', retryAfterSeconds: 0 },
    { kind: 'rate-limited', retryAfterSeconds: 3600 },
    { kind: 'fails-after-applying', status: pick(random, [500, 502, 503, 504, 408]) },
    { kind: 'fails-before-applying', status: pick(random, [403, 404, 409, 422, 500, 502, 503]) },
    { kind: 'reset', applied: true },
    { kind: 'reset', applied: false },
    { kind: 'truncated' },
    { kind: 'slow', delayMs: pick(random, [5, 20, 2000]) },
    { kind: 'html' },
  ])

/** Writes against the GitHub emulator: its own faults, its own state. Each lane has a repository to itself. */
export async function writesOnEmulator({ calls, lanes, seed = 3 }: LoadOptions) {
  const repositories = Array.from({ length: lanes }, (_, lane) => ({ owner, name: laneName(lane) }))
  const emulator = await createGithubEmulator({
    seed: { ...defaultGithubSeed, repositories, rateLimit: { core: calls * 10 } },
  })
  try {
    const { write } = githubCaller(emulator.url)
    const verdicts = new Verdicts()
    const random = seeded(seed)
    const started = performance.now()
    await inLanes(calls, lanes, async (index, lane) => {
      const match = { path: `/repos/${owner}/${laneName(lane)}/issues` }
      // An attempt of its own for each: what a call leaves behind strikes the next one of its lane.
      while (random() < 0.3) emulator.addFault({ ...anyFault(random), match })
      const title = `write ${index}`
      verdicts.add(title, await told(write(lane, title)))
    })
    const seconds = (performance.now() - started) / 1000
    return { ...verdicts.judge(createdOn(emulator)), requests: emulator.requests.length, seconds }
  } finally {
    await emulator.close()
  }
}

function createdOn({ state }: GithubEmulator): ReadonlyMap<string, number> {
  const created = new Map<string, number>()
  for (const { issues } of state.repositories.values()) {
    for (const { title } of issues.values()) created.set(title, (created.get(title) ?? 0) + 1)
  }
  return created
}
