import { parseArgs } from 'node:util'
import { ciphers } from './credentials/ciphers.ts'
import { killPoints } from './credentials/kill-points.ts'
import { kills } from './credentials/kills.ts'
import { manyProcesses } from './credentials/many-processes.ts'
import { grants, parallel } from './credentials/parallel.ts'
import type { ServiceKind } from './credentials/service-process.ts'
import { skews } from './credentials/skews.ts'
import { Slots } from './credentials/slots.ts'
import { reachableKinds, storeKinds } from './credentials/stores.ts'
import { Report, seconds } from './report.ts'
import { chosenFrom, runProofs } from './run-proofs.ts'

const help = `Proves what the credential life cycle promises, and prints the figures.

  pnpm prove:credentials [--quick] [--only parallel,processes,kills,skews,ciphers] [--stores file,sqlite,postgres,redis]

  --quick   a tenth of the calls and kills, for a first look
  --only    these parts alone
  --stores  on these stores alone

The whole takes about 20 minutes on two cores. Databases are those of DATABASE_URL and REDIS_URL, or the usual
ports of this machine; one that does not answer is left out, and the report says so. Exits with 1 if a figure
is not as it must be.`

const parts = ['parallel', 'processes', 'kills', 'skews', 'ciphers'] as const
const { values } = parseArgs({
  // pnpm hands its own separator on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    quick: { type: 'boolean' },
    only: { type: 'string' },
    stores: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})
if (values.help) {
  console.log(help)
  process.exit()
}
const chosen = chosenFrom('part', values.only, parts)
const chosenStores = chosenFrom('store', values.stores, storeKinds)
const isQuick = values.quick ?? false
const report = new Report()
const { kinds: reachable, missing } = await reachableKinds()
const kinds = chosenStores.filter((kind) => reachable.includes(kind))
for (const reason of missing) report.note(`Left out: ${reason}.`)

const proofs: Readonly<Record<(typeof parts)[number], () => Promise<void>>> = {
  parallel: proveParallel,
  processes: proveProcesses,
  kills: proveKills,
  skews: proveSkews,
  ciphers: proveCiphers,
}
await runProofs(
  report,
  chosen.map((part) => proofs[part]),
)

async function proveParallel(): Promise<void> {
  const options = { parallel: isQuick ? 1000 : 10_000, sequential: isQuick ? 100 : 1000, settleMs: 5500 }
  report.section(
    `${options.parallel} calls at once, at expiry and after an early death; then ${options.sequential} in turn`,
  )
  for (const kind of Object.keys(grants) as ServiceKind[]) {
    const { atExpiry, early, after } = await parallel(kind, options)
    const bursts = [atExpiry, early, after]
    const failed = bursts.flatMap((burst) => burst.failed)
    const requests = bursts.map(({ tokenRequests }) => tokenRequests)
    const figures = `token requests ${requests.join(', ')}; failed ${failed.length}; ${bursts.map((burst) => seconds(burst.seconds)).join(', ')}`
    report.row(grants[kind], figures, requests.join() === '1,1,0' && failed.length === 0)
  }
}

async function proveProcesses(): Promise<void> {
  const options = { processes: 16, expiries: isQuick ? 5 : 50, calls: 100, concurrency: 10 }
  const { processes, expiries, calls } = options
  report.section(`${processes} processes × ${expiries} early deaths × ${calls} calls, one stored credential`)
  for (const kind of kinds) {
    const { tokenRequests, refused, failed, seconds: took, calls: made } = await manyProcesses(kind, options)
    const figures = `${made} calls, token requests ${tokenRequests}, invalid_grant ${refused}, failed ${failed.length}; ${seconds(took)}`
    report.row(kind, figures, tokenRequests === expiries && refused === 0 && failed.length === 0)
  }
}

async function proveKills(): Promise<void> {
  const options = { times: isQuick ? 5 : 100, lockTtlMs: 10_000, slots: new Slots(4) }
  report.section(
    `kill -9 at each of ${killPoints.length} points of a renewal × ${options.times}, lock of 10 s`,
  )
  for (const kind of kinds) {
    // Only a file can be half written; elsewhere a write is one message to the database.
    const points = killPoints.filter((point) => kind === 'file' || !point.endsWith('half-written'))
    for (const result of await Promise.all(points.map((point) => kills(kind, point, options)))) {
      const slowest = result.slowestTakeoverMs / 1000
      const figures = `${result.kills} kills: recovered ${result.recovered}, told to log in ${result.reauthRequired}, lost ${result.lost.length}; takeover ≤ ${seconds(slowest)}`
      report.row(`${kind}, ${result.point}`, figures, result.lost.length === 0 && slowest <= 12)
      for (const reason of new Set(result.lost)) report.note(reason)
    }
  }
}

async function proveSkews(): Promise<void> {
  const options = { processes: 6, expiries: isQuick ? 3 : 20, calls: 20, concurrency: 5 }
  report.section('clocks that are off, with tokens that live for 5 minutes')
  for (const kind of kinds) {
    for (const { clocks, tokenRequests, refused, failed } of await skews(kind, options)) {
      const figures = `${options.expiries} early deaths: token requests ${tokenRequests}, invalid_grant ${refused}, failed ${failed.length}`
      const isRight = tokenRequests === options.expiries && refused === 0 && failed.length === 0
      report.row(`${kind}, ${clocks}`, figures, isRight)
    }
  }
}

async function proveCiphers(): Promise<void> {
  report.section('encrypted records')
  const { flips, flipsRead, wrongKey, otherAccount, leaks } = await ciphers()
  report.row('one bit flipped', `${flips} records, ${flipsRead} read`, flipsRead === 0)
  report.row('another key', wrongKey, wrongKey === 'RECORD_UNDECIPHERABLE')
  report.row('moved to another account', otherAccount, otherAccount === 'RECORD_UNDECIPHERABLE')
  report.row('plaintext on the disk', `${leaks.length} found`, leaks.length === 0)
}
