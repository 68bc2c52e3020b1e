import { connect, ConnectorError } from '@agent/core'
import { createIssue, getIssue, github } from '@agent/github'

const absurd = [
  '86400',
  '999999999',
  '1000000000',
  '9'.repeat(400),
  '-1',
  '1.5',
  '1e9',
  'NaN',
  'Infinity',
  '0x10',
  'tomorrow',
  '86400, 86400',
  'Sat, 13 Sep 275760 00:00:00 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Mon, 99 Foo 2026 99:99:99 GMT',
  'Friday, 31-Dec-99 23:59:59 GMT',
  'Fri '.repeat(2000),
]

const dates = [undefined, 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', 'never']

function* replies(): Generator<{ status: number; headers: Headers }> {
  for (const value of absurd) {
    for (const date of dates) {
      for (const status of [429, 403, 503]) {
        const headers = new Headers({ 'retry-after': value, ...(date !== undefined && { date }) })
        yield { status, headers }
      }
    }
  }
}

const repository = { owner: 'o', repo: 'r' }

/** What `Retry-After` asks for beyond all patience is decided at once, and `retryAt` is a date or nothing. */
export async function absurdWaits() {
  const tookMs: number[] = []
  const wrong: string[] = []
  let cases = 0
  for (const { status, headers } of replies()) {
    const connection = connect(github, {
      auth: { type: 'personalAccessToken', token: 'test-token-1' },
      backoffMs: 0,
      maxAttempts: 2,
      // A wait that is short enough to be waited for would hide how long the decision takes.
      maxWaitMs: 0,
      fetch: () => Promise.resolve(Response.json({ message: 'slow down' }, { status, headers })),
    })
    const calls = [
      () => connection.run(getIssue, { ...repository, issue_number: 1 }),
      () => connection.run(createIssue, { ...repository, title: 'x' }),
    ]
    for (const call of calls) {
      cases += 1
      const started = performance.now()
      const error = await thrownBy(call())
      tookMs.push(performance.now() - started)
      const name = `${status}, ${headers.get('retry-after')?.slice(0, 40) ?? ''}, ${headers.get('date') ?? ''}`
      if (!ConnectorError.isInstance(error)) wrong.push(`${name}: ${String(error)}`)
      else if (Number.isNaN(error.retryAt?.getTime())) wrong.push(`${name}: retryAt is no date`)
    }
  }
  tookMs.sort((one, other) => one - other)
  // The slowest few show how busy the machine was, and how long code took to load.
  return { cases, decidedMs: tookMs[Math.floor(cases * 0.95)] ?? 0, wrong }
}

/** Undefined when it succeeds. */
async function thrownBy(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call
    return undefined
  } catch (error) {
    return error
  }
}
