import { parseArgs } from 'node:util'
import { absurdWaits } from './http/waits.ts'
import { bomb, bombKinds } from './http/bombs.ts'
import { fuzzedBodies } from './http/fuzzed-bodies.ts'
import { leaks } from './http/leaks.ts'
import { pathFuzz } from './http/path-fuzz.ts'
import { redirects } from './http/redirects.ts'
import { alphabetNames } from './http/secrets.ts'
import { soak } from './http/soak.ts'
import { readsUnderFaults, writesUnderFaults } from './http/under-faults.ts'
import { writesOnEmulator } from './http/emulator-faults.ts'
import { Report, seconds } from './report.ts'
import { chosenFrom, runProofs } from './run-proofs.ts'

const help = `Proves what the HTTP layer promises under faults and attack, and prints the figures.

  pnpm prove:http [--quick] [--only writes,leaks,paths,redirects,bombs,soak]

  --quick   a fiftieth of the calls, for a first look
  --only    these parts alone

The whole takes about an hour on two cores. Nothing but this machine is asked. Exits with 1 if a figure is not as
it must be.`

const parts = ['writes', 'leaks', 'paths', 'redirects', 'bombs', 'soak'] as const
const { values } = parseArgs({
  // pnpm hands its own separator on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
})
if (values.help) {
  console.log(help)
  process.exit()
}
const chosen = chosenFrom('part', values.only, parts)
const share = values.quick ? 50 : 1
const report = new Report()
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
const noteAll = (problems: readonly string[]) => {
  for (const problem of [...new Set(problems)].slice(0, 10)) report.note(problem.slice(0, 300))
}

const proofs: Readonly<Record<(typeof parts)[number], () => Promise<void>>> = {
  writes: proveWrites,
  leaks: proveLeaks,
  paths: provePaths,
  redirects: proveRedirects,
  bombs: proveBombs,
  soak: proveSoak,
}
await runProofs(
  report,
  chosen.map((part) => proofs[part]),
)

async function proveWrites(): Promise<void> {
  report.section('calls of which the service fails 30 %, in every way')
  const runs = {
    'writes, fault server': () => writesUnderFaults({ calls: 100_000 / share, lanes: 32 }),
    'writes, GitHub emulator': () => writesOnEmulator({ calls: 10_000 / share, lanes: 8 }),
  }
  for (const [name, run] of Object.entries(runs)) {
    const { calls, outcomes, duplicates, falseSuccesses, wrong, seconds: took } = await run()
    const told = Object.entries(outcomes).map(([outcome, times]) => `${outcome} ${times}`)
    const figures = `${calls}: ${told.join(', ')}; duplicates ${duplicates}, false successes ${falseSuccesses}, mislabelled ${wrong.length}; ${seconds(took)}`
    report.row(name, figures, duplicates + falseSuccesses + wrong.length === 0)
    noteAll(wrong)
  }
  const {
    calls,
    succeeded,
    wrong,
    seconds: took,
  } = await readsUnderFaults({ calls: 100_000 / share, lanes: 32 })
  const percent = (100 * succeeded) / calls
  const figures = `${calls}: ${percent.toFixed(2)} % succeed within 5 attempts, wrong answers ${wrong}; ${seconds(took)}`
  report.row('reads, fault server', figures, percent >= 99.5 && wrong === 0)
}

async function proveLeaks(): Promise<void> {
  report.section('credentials that the service repeats')
  const matrix = await leaks({ alphabets: alphabetNames })
  const seen = `${matrix.combinations} combinations of ${matrix.calls} calls, leaks ${matrix.found.length}; ${seconds(matrix.seconds)}`
  report.row('place × encoding × auth × sink', seen, matrix.found.length === 0)
  noteAll(matrix.found)
  const fuzzed = await fuzzedBodies({ bodies: 100_000 / share })
  const figures = `${fuzzed.bodies}, ${fuzzed.withSecret} with the credential, leaks ${fuzzed.found.length}; ${seconds(fuzzed.seconds)}`
  report.row('fuzzed bodies', figures, fuzzed.found.length === 0)
  noteAll(fuzzed.found)
}

async function provePaths(): Promise<void> {
  report.section('hostile texts as parameters')
  const { strings, refused, escapes, seconds: took } = await pathFuzz({ strings: 1_000_000 / share })
  const figures = `${strings} strings, ${refused} calls refused, escapes and crashes ${escapes.length}; ${seconds(took)}`
  report.row('path and query', figures, escapes.length === 0)
  noteAll(escapes)
}

async function proveRedirects(): Promise<void> {
  report.section('redirects')
  const { cases, followed, offOrigin, wrong } = await redirects()
  const figures = `${cases} cases, followed ${followed}, off origin ${offOrigin}, not as documented ${wrong.length}`
  report.row('status × method × target × secret', figures, offOrigin + wrong.length === 0)
  noteAll(wrong)
}

async function proveBombs(): Promise<void> {
  const sizes = { decodedBytes: 400_000_000, maxResponseBytes: 16 * 1024 * 1024 }
  report.section('answers of 400 MB against a cap of 16 MiB, and waits without end')
  for (const kind of bombKinds) {
    // Each byte is a chunk of its own, so it takes far fewer of them.
    const sized = kind === 'tiny chunks' ? { decodedBytes: 4_000_000, maxResponseBytes: 1_000_000 } : sizes
    const { code, growthBytes, seconds: took } = await bomb(kind, sized)
    const figures = `${code}, memory grew by ${megabytes(growthBytes)}; ${seconds(took)}`
    report.row(kind, figures, code === 'REPLY_TOO_LARGE' && growthBytes < 80_000_000)
  }
  const waits = await absurdWaits()
  const figures = `${waits.cases} answers, decided within ${waits.decidedMs.toFixed(1)} ms, wrong ${waits.wrong.length}`
  report.row('Retry-After', figures, waits.decidedMs < 10 && waits.wrong.length === 0)
  noteAll(waits.wrong)
}

async function proveSoak(): Promise<void> {
  report.section('calls without end, 30 % of them failing')
  const {
    calls,
    heapGrowthBytes,
    handles,
    unhandled,
    crashes,
    seconds: took,
  } = await soak({
    calls: 500_000 / share,
    lanes: 32,
  })
  const figures = `${calls}: heap grew by ${megabytes(heapGrowthBytes)}, handles ${handles.join(' to ')}, unhandled rejections ${unhandled}; ${seconds(took)}`
  const isFlat = heapGrowthBytes < 8_000_000 && handles[1] <= handles[0]
  report.row('reads and writes in turn', figures, isFlat && unhandled + crashes === 0)
}
