import { inspect } from 'node:util'
import { type CommonOptions, connect, type Connection, ConnectorError } from '@agent/core'
import { createIssue, getIssue, github } from '@agent/github'
import { createContact, getContact, hubspot } from '@agent/hubspot'
import { pick, seeded } from './random.ts'
import { alphabetNames, encodingNames, encodings, leakIn, randomSecret } from './secrets.ts'
import { eventText, sinks } from './sinks.ts'

const statuses = [200, 400, 401, 403, 404, 409, 422, 423, 429, 500, 502, 503]
const names = [
  'message',
  'errors',
  'field',
  'code',
  'category',
  'context',
  'propertyName',
  'correlationId',
  'x',
]
const headerNames = ['x-github-request-id', 'x-hubspot-correlation-id', 'x-ratelimit-resource', 'retry-after']

/** Error bodies of random shape that repeat the credential somewhere, as the connectors' own readers meet them. */
export async function fuzzedBodies({ bodies, seed = 5 }: { bodies: number; seed?: number }) {
  const random = seeded(seed)
  const found: string[] = []
  let failures = 0
  let withSecret = 0
  const started = performance.now()
  for (let made = 0; made < bodies;) {
    // A connection of its own for every hundred, since each has its own secret.
    const secret = randomSecret(random, pick(random, alphabetNames), 12 + Math.floor(random() * 60))
    const reply = { response: new Response() }
    const events: unknown[] = []
    const calls = callsOf(secret, {
      fetch: () => Promise.resolve(reply.response),
      maxAttempts: 1,
      onResponse: (event) => events.push(event),
      onResult: (event) => events.push(event),
      onDrift: (event) => events.push(event),
    })
    for (let each = 0; each < 100; each++, made++) {
      const { body, headers, echoes } = randomReply(random, secret)
      if (echoes > 0) withSecret += 1
      reply.response = new Response(body, { status: pick(random, statuses), headers })
      events.length = 0
      const error = await pick(random, calls)().then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (error !== undefined && !ConnectorError.isInstance(error)) found.push(`crash: ${inspect(error)}`)
      if (error !== undefined) failures += 1
      const texts = [sinks['JSON of every property'], sinks['inspect']].map((show) =>
        error instanceof Error ? (show?.(error) ?? '') : '',
      )
      const leak = leakIn([...texts, ...events.map(eventText)].join('\n'), secret)
      if (leak !== undefined) found.push(`${leak} of ${body}`)
    }
  }
  return { bodies, withSecret, failures, found, seconds: (performance.now() - started) / 1000 }
}

function callsOf(secret: string, options: Partial<CommonOptions>): (() => Promise<unknown>)[] {
  const onGithub: Connection = connect(github, {
    auth: { type: 'personalAccessToken', token: secret },
    ...options,
  })
  const onHubspot: Connection = connect(hubspot, {
    auth: { type: 'privateApp', accessToken: secret },
    ...options,
  })
  const repository = { owner: 'o', repo: 'r' }
  return [
    () => onGithub.run(getIssue, { ...repository, issue_number: 1 }),
    () => onGithub.run(createIssue, { ...repository, title: 'x' }),
    () => onHubspot.run(getContact, { contactId: '1' }),
    () => onHubspot.run(createContact, { properties: { email: 'a@example.com' } }),
  ]
}

function randomReply(random: () => number, secret: string) {
  let echoes = 0
  const filler = () =>
    pick(random, ['', ' ', 'Bearer ', 'token=', '"', '\\', 'é', '\u202e', '%', 'a'.repeat(480)])
  const text = (): string => {
    if (random() < 0.5) return pick(random, ['custom', 'Bad credentials', 'rate limit', 'INVALID', ''])
    echoes += 1
    return `${filler()}${encodings[pick(random, encodingNames)](secret)}${filler()}`
  }
  const value = (depth: number): unknown => {
    const choice = random()
    if (depth > 3 || choice < 0.5) return choice < 0.05 ? pick(random, [null, 7, true]) : text()
    if (choice < 0.7) return Array.from({ length: 1 + Math.floor(random() * 3) }, () => value(depth + 1))
    return members(depth)
  }
  const members = (depth: number) =>
    Object.fromEntries(
      Array.from({ length: 1 + Math.floor(random() * 4) }, () => [
        random() < 0.1 ? text() : pick(random, names),
        value(depth + 1),
      ]),
    )
  const whole = JSON.stringify(random() < 0.9 ? { message: text(), ...members(0) } : value(0))
  // Now and then no JSON at all.
  const body = random() < 0.9 ? whole : pick(random, [`<html>${whole}</html>`, `${whole}}`, whole.slice(1)])
  const headers = new Headers({
    'content-type': pick(random, ['application/json', 'text/html', 'text/plain']),
  })
  if (random() < 0.2) headers.set(pick(random, headerNames), encodings[pick(random, encodingNames)](secret))
  return { body, headers, echoes }
}
