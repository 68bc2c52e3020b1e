import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { place, useObservedWorld } from './observed-world.ts'

const world = useObservedWorld()

const secrets = [
  'test-token-1',
  'test-access-token',
  'test-refresh-token',
  'test-client-secret',
  'ghu_',
  'ghr_',
]

/** All that left the process, and all that the SDK holds of it. */
async function exported(): Promise<string> {
  const spans = world.exportedSpans.map(({ name, attributes, events, links, status }) => ({
    name,
    attributes,
    events,
    links,
    status,
  }))
  return inspect([spans, await world.metrics(), world.audit], { depth: null, maxStringLength: null })
}

it('S04 no span, metric or audit event holds a secret that the service sends back', async () => {
  const echo = (token: string) => ({
    kind: 'fails-before-applying' as const,
    status: 422,
    headers: { 'x-github-request-id': token, 'x-echo': token },
    body: { message: `Bad ${token}`, errors: [{ code: token, field: token }], documentation_url: token },
  })
  const auth = {
    type: 'oauth',
    accessToken: 'test-access-token-2',
    refreshToken: 'test-refresh-token',
    clientId: 'test-client-id',
    clientSecret: 'test-client-secret',
  } as const
  const kept: string[] = []
  const onTokens = ({ accessToken, refreshToken }: { accessToken: string; refreshToken?: string }) => {
    kept.push(accessToken, ...(refreshToken === undefined ? [] : [refreshToken]))
  }
  const renewing = world.connect({ auth: { ...auth, onTokens } })
  await renewing.viewer.get()
  expect(kept.length).toBeGreaterThan(0)

  world.emulator.addFault(echo('test-token-1'))
  const github = world.connect()
  await expect(github.issues.get({ ...place, issue_number: 1 })).rejects.toThrow('[secret]')
  world.emulator.addFault(echo('test-token-1'))
  await expect(github.issues.get({ owner: 'test-token-1', repo: 'x', issue_number: 1 })).rejects.toThrow()
  await github.issues.search({ q: 'test-token-1' })

  const printed = await exported()
  expect(printed).toContain('[secret]')
  for (const secret of [...secrets, ...kept]) expect(printed).not.toContain(secret)
})

it('S04 spans and metrics have attributes of an allow-list alone', async () => {
  world.emulator.addFault({ kind: 'fails-before-applying', status: 503 })
  await world.connect({}, { account: 'maria-silva', actor: () => 'agent' }).issues.list({ ...place })
  const names = world.exportedSpans.flatMap(({ attributes }) => Object.keys(attributes))
  const labels = Object.values(await world.metrics()).flatMap((points) =>
    points.flatMap(({ attributes }) => Object.keys(attributes)),
  )
  const few = [
    'connector.action',
    'connector.effect',
    'connector.outcome',
    'connector.service',
    'error.type',
    'http.request.method',
    'http.response.status_code',
    'server.address',
    'server.port',
  ]
  expect([...new Set(labels)].sort()).toEqual(few)
  const many = ['account', 'actor', 'attempts', 'request_id', 'retry.delay'].map(
    (name) => `connector.${name}`,
  )
  expect([...new Set(names)].sort()).toEqual(
    [...few, ...many, 'http.request.resend_count', 'url.full'].sort(),
  )
})
