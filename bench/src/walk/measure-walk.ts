import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { runChild } from '../run-child.ts'
import { median, takeTurns } from '../statistics.ts'

const script = fileURLToPath(new URL('walk.ts', import.meta.url))
const rounds = { heap: 5, plain: 15 }
const itemCount = 10_000

export interface WalkFigures {
  durationMs: number
  /** Bytes. */
  heapGrowth: number
  drift: number
  rssGrowth: number
}

interface Walk extends WalkFigures {
  items: number
  sum: number
  samples: number
}

/** Medians over fresh processes that walk the same pages, with `fetch` alone and with the connector. */
export async function measureWalk(): Promise<{
  pageBytes: number
  fetch: WalkFigures
  connector: WalkFigures
}> {
  const server = fork(fileURLToPath(new URL('issue-server.ts', import.meta.url)))
  try {
    const [{ origin, pageBytes }] = (await once(server, 'message')) as [{ origin: string; pageBytes: number }]
    const turns = (mode: Mode) => takeTurns(rounds[mode], ways, (way) => walk(way, origin, mode))
    const runs = { heap: turns('heap'), plain: turns('plain') }
    return { pageBytes, fetch: figures('fetch', runs), connector: figures('connector', runs) }
  } finally {
    server.disconnect()
  }
}

const ways = ['fetch', 'connector'] as const
type Way = (typeof ways)[number]
type Mode = keyof typeof rounds

function walk(way: Way, origin: string, mode: Mode): Walk {
  const result = runChild(['--expose-gc', script, way, origin, mode]) as Walk
  const isWhole = result.items === itemCount && result.sum === (itemCount * (itemCount + 1)) / 2
  // One at each page's parsing, one in the middle of its items.
  const isSampled = mode === 'plain' || result.samples === itemCount / 50
  if (!isWhole || !isSampled) throw new Error(`The walk was not as it should be: ${JSON.stringify(result)}`)
  return result
}

function figures(way: Way, { heap, plain }: Record<Mode, Record<Way, Walk[]>>): WalkFigures {
  return {
    durationMs: median(plain[way].map(({ durationMs }) => durationMs)),
    heapGrowth: median(heap[way].map(({ heapGrowth }) => heapGrowth)),
    drift: median(heap[way].map(({ drift }) => drift)),
    rssGrowth: median(plain[way].map(({ rssGrowth }) => rssGrowth)),
  }
}
