import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createGithubEmulator,
  defaultGithubSeed,
  githubSecondaryRateLimit,
  type GithubEmulator,
  type GithubSeed,
} from '../src/index.ts'

const issues = '/repos/harborworks/billing-portal/issues'
const secretIssues = '/repos/harborworks/infrastructure/issues'
const start = Date.parse('2026-10-01T12:00:00Z')

let emulator: GithubEmulator
let clock: number

async function begin(seed: GithubSeed = defaultGithubSeed): Promise<void> {
  emulator = await createGithubEmulator({ seed, now: () => clock })
}

beforeEach(async () => {
  clock = start
  await begin()
})

afterEach(async () => {
  await emulator.close()
})

interface Call {
  method?: string
  /** Null sends none. */
  token?: string | null
  body?: unknown
  headers?: Record<string, string>
}

interface Answer {
  status: number
  headers: Headers
  // Tests look into answers of many shapes.
  body: Record<string, unknown>
}

async function call(path: string, options: Call = {}): Promise<Answer> {
  const { method = 'GET', token = 'test-token-1', body, headers = {} } = options
  const all = new Headers({ 'x-github-api-version': '2026-03-10', ...headers })
  if (token !== null) all.set('authorization', `Bearer ${token}`)
  const init: RequestInit = { method, headers: all, redirect: 'manual' }
  if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(path.startsWith('http') ? path : `${emulator.url}${path}`, init)
  const text = await response.text()
  const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  return { status: response.status, headers: response.headers, body: parsed }
}

async function statusOf(path: string, options?: Call): Promise<number> {
  return (await call(path, options)).status
}

describe('authentication', () => {
  test.each([
    ['an unknown token', 'no-such-token'],
    ['an expired token', 'test-token-expired'],
  ])('refuses %s', async (_name, token) => {
    const { status, body } = await call('/user', { token })
    expect(status).toBe(401)
    expect(body).toEqual({
      message: 'Bad credentials',
      documentation_url: 'https://docs.github.com/rest',
      status: '401',
    })
  })

  test('refuses a revoked token, also for what is public', async () => {
    expect(await statusOf(issues)).toBe(200)
    emulator.revokeToken('test-token-1')
    expect(await statusOf(issues)).toBe(401)
  })

  test('lets a token expire by the clock, and tells when', async () => {
    await emulator.close()
    const token = {
      token: 'test-token-1',
      login: 'maria-silva',
      scopes: ['repo'],
      expiresAt: '2026-10-01T13:00:00Z',
    }
    await begin({ ...defaultGithubSeed, tokens: [token], refreshTokens: [] })
    const { status, headers } = await call('/user')
    expect(status).toBe(200)
    expect(headers.get('github-authentication-token-expiration')).toBe('2026-10-01 13:00:00 UTC')
    clock = Date.parse('2026-10-01T13:00:00Z')
    expect(await statusOf('/user')).toBe(401)
  })

  test('takes the token scheme, and no unknown one', async () => {
    const as = async (authorization: string): Promise<number> =>
      await statusOf('/user', { token: null, headers: { authorization } })
    expect(await as('token test-token-1')).toBe(200)
    expect(await as('test-token-1')).toBe(401)
  })

  test('serves what is public without a token, and asks for one where it needs one', async () => {
    expect(await statusOf(issues, { token: null })).toBe(200)
    expect(await statusOf(secretIssues, { token: null })).toBe(404)
    const { status, body } = await call('/user', { token: null })
    expect([status, body['message']]).toEqual([401, 'Requires authentication'])
    expect(await statusOf(issues, { method: 'POST', token: null, body: { title: 'x' } })).toBe(401)
  })

  test('hides private members of the user from tokens without the scope', async () => {
    expect((await call('/user')).body).toHaveProperty('two_factor_authentication')
    const { body } = await call('/user', { token: 'test-token-no-scopes' })
    expect(body['login']).toBe('tom-becker')
    expect(body).not.toHaveProperty('two_factor_authentication')
  })
})

describe('permissions', () => {
  test('a classic token without scopes reads what is public, and is told the scope it needs to write', async () => {
    const token = 'test-token-no-scopes'
    expect(await statusOf(issues, { token })).toBe(200)
    const { status, headers } = await call(issues, { method: 'POST', token, body: { title: 'x' } })
    expect(status).toBe(403)
    expect(headers.get('x-oauth-scopes')).toBe('')
    expect(headers.get('x-accepted-oauth-scopes')).toBe('public_repo, repo')
    expect(await statusOf(secretIssues, { token })).toBe(404)
    expect(await statusOf('/user/repos', { method: 'POST', token, body: { name: 'x' } })).toBe(403)
  })

  test('a fine-grained token is told the permission it lacks', async () => {
    const token = 'test-token-fine-grained'
    expect(await statusOf(issues, { method: 'POST', token, body: { title: 'x' } })).toBe(201)
    const path = '/repos/harborworks/billing-portal/pulls/4/merge'
    const { status, headers, body } = await call(path, { method: 'PUT', token, body: {} })
    expect([status, body['message']]).toEqual([403, 'Resource not accessible by personal access token'])
    expect(headers.get('x-accepted-github-permissions')).toBe('contents=write')
    expect(headers.has('x-oauth-scopes')).toBe(false)
  })

  test('a fine-grained token reaches only the repositories it was made for', async () => {
    await emulator.close()
    const permissions = { issues: 'write' } as const
    const repositories = ['harborworks/billing-portal']
    const token = { token: 'test-token-1', login: 'maria-silva', permissions, repositories }
    await begin({ ...defaultGithubSeed, tokens: [token], refreshTokens: [] })
    expect(await statusOf(issues, { method: 'POST', body: { title: 'x' } })).toBe(201)
    expect(await statusOf(secretIssues)).toBe(404)
    expect((await call('/user/repos')).body).toHaveLength(2)
  })

  test('an account needs its own rights beside those of its token', async () => {
    await emulator.close()
    const tokens = [{ token: 'test-token-guest', login: 'guest', scopes: ['repo'] }]
    const users = [...(defaultGithubSeed.users ?? []), { login: 'guest' }]
    await begin({ ...defaultGithubSeed, users, tokens, refreshTokens: [] })
    const token = 'test-token-guest'
    expect(await statusOf(secretIssues, { token })).toBe(404)
    expect(await statusOf(`${issues}/1`, { method: 'PATCH', token, body: { title: 'x' } })).toBe(403)
    expect(await statusOf(`${issues}/1/lock`, { method: 'PUT', token })).toBe(403)
    // Labels of those who may not triage are dropped without a word.
    const { status, body } = await call(issues, {
      method: 'POST',
      token,
      body: { title: 'x', labels: ['bug'] },
    })
    expect([status, body['labels'], body['author_association']]).toEqual([201, [], 'CONTRIBUTOR'])
    expect(await statusOf(`${issues}/5`, { method: 'PATCH', token, body: { title: 'y' } })).toBe(200)
  })

  test('an archived repository is read-only', async () => {
    const path = '/repos/harborworks/billing-portal'
    await call(path, { method: 'PATCH', body: { archived: true } })
    expect(await statusOf(issues)).toBe(200)
    const { status, body } = await call(issues, { method: 'POST', body: { title: 'x' } })
    expect([status, body['message']]).toEqual([403, 'Repository was archived so is read-only.'])
    expect(await statusOf(path, { method: 'PATCH', body: { archived: false } })).toBe(200)
    expect(await statusOf(issues, { method: 'POST', body: { title: 'x' } })).toBe(201)
  })
})

describe('requests that the API refuses', () => {
  test('unknown paths and objects are 404 with a documentation link', async () => {
    for (const path of [
      '/nope',
      `${issues}/99`,
      `${issues}/x`,
      `${issues}/`,
      '/repos/nobody/nothing',
      '/orgs/tom-becker/repos',
    ]) {
      expect([path, await statusOf(path)]).toEqual([path, 404])
    }
    expect((await call(`${issues}/99`)).body).toEqual({
      message: 'Not Found',
      documentation_url: 'https://docs.github.com/rest/issues/issues',
      status: '404',
    })
    const enterprise = await call(`/api/v3${issues}/99`)
    expect(enterprise.body['documentation_url']).toMatch(/^https:\/\/docs\.github\.com\/enterprise-server@/)
  })

  test('bodies that are no JSON objects are 400', async () => {
    const problem = await call(issues, { method: 'POST', body: '{"title":' })
    expect([problem.status, problem.body['message']]).toEqual([400, 'Problems parsing JSON'])
    const list = await call(issues, { method: 'POST', body: [] })
    expect([list.status, list.body['message']]).toEqual([400, 'Body should be a JSON object'])
  })

  test('missing and mistyped members are 422 without errors', async () => {
    const missing = await call(issues, { method: 'POST', body: {} })
    expect([missing.status, missing.body['message']]).toEqual([
      422,
      'Invalid request.\n\n"title" wasn\'t supplied.',
    ])
    expect(missing.body).not.toHaveProperty('errors')
    expect(await statusOf(issues, { method: 'POST', body: { title: 'x', labels: 'bug' } })).toBe(422)
    expect(await statusOf(`${issues}/1`, { method: 'PATCH', body: { state: 'done' } })).toBe(422)
  })

  test.each([
    [issues, 'POST', { title: '' }, { resource: 'Issue', code: 'missing_field', field: 'title' }],
    [issues, 'POST', { title: 'x'.repeat(257) }, { resource: 'Issue', code: 'custom', field: 'title' }],
    [issues, 'POST', { title: 'x', body: 'x'.repeat(65_537) }, { resource: 'Issue', field: 'body' }],
    [
      issues,
      'POST',
      { title: 'x', assignees: ['nobody'] },
      { code: 'invalid', field: 'assignees', value: 'nobody' },
    ],
    [issues, 'POST', { title: 'x', milestone: 3 }, { code: 'invalid', field: 'milestone' }],
    [`${issues}?state=new`, 'GET', undefined, { resource: 'Issue', code: 'invalid', field: 'state' }],
    [`${issues}?since=yesterday`, 'GET', undefined, { code: 'invalid', field: 'since' }],
    [`${issues}/1/comments`, 'POST', { body: ' ' }, { resource: 'IssueComment', code: 'unprocessable' }],
    ['/user/repos', 'POST', { name: 'dotfiles' }, { resource: 'Repository', code: 'custom', field: 'name' }],
    ['/user/repos?type=all&visibility=all', 'GET', undefined, { field: 'type' }],
    [
      '/repos/harborworks/billing-portal/labels',
      'POST',
      { color: 'ffffff' },
      { code: 'missing_field', field: 'name' },
    ],
    [
      '/repos/harborworks/billing-portal/pulls',
      'POST',
      { title: 'x', head: 'no-branch', base: 'main' },
      { resource: 'PullRequest', code: 'invalid', field: 'head' },
    ],
    [
      '/repos/harborworks/billing-portal/pulls',
      'POST',
      { title: 'x', head: 'fix-csv-export', base: 'main' },
      { code: 'custom', message: 'A pull request already exists for harborworks:fix-csv-export.' },
    ],
    [`${issues}/4`, 'PATCH', { assignees: ['nobody'] }, { field: 'assignees' }],
    [
      '/repos/harborworks/billing-portal/pulls/4',
      'PATCH',
      { base: 'no-branch', title: 'x' },
      { field: 'base' },
    ],
  ])('%s %s with %j is a validation error', async (path, method, body, error) => {
    const answer = await call(path, { method, body })
    expect(answer.status).toBe(422)
    expect(answer.body['errors']).toEqual([expect.objectContaining(error)])
  })

  test('a refused write leaves nothing behind', async () => {
    await call(issues, { method: 'POST', body: { title: 'x', labels: ['new-label'], assignees: ['nobody'] } })
    const repository = emulator.state.repositories.get('harborworks/billing-portal')!
    expect([repository.issues.size, repository.labels.has('new-label'), repository.lastNumber]).toEqual([
      4,
      false,
      4,
    ])
  })

  test('issues are 410 where they are switched off', async () => {
    await call('/repos/harborworks/billing-portal', { method: 'PATCH', body: { has_issues: false } })
    expect(await statusOf(issues, { method: 'POST', body: { title: 'x' } })).toBe(410)
  })

  test('requests without a User-Agent are 403 in plain text', async () => {
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1')
    socket.setEncoding('utf8')
    let answer = ''
    socket.on('data', (chunk: string) => (answer += chunk))
    socket.write('GET /user HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).toContain('User-Agent')
    expect(answer.toLowerCase()).toContain('content-type: text/plain')
  })

  test('a renamed repository answers 301 to reads and 307 to writes', async () => {
    await call('/repos/harborworks/billing-portal', { method: 'PATCH', body: { name: 'payments' } })
    const read = await call(`${issues}?state=all`)
    expect(read.status).toBe(301)
    expect(read.headers.get('location')).toMatch(/\/repositories\/\d+\/issues\?state=all$/)
    expect((await call(read.headers.get('location')!)).body).toHaveLength(4)
    expect(await statusOf(issues, { method: 'POST', body: { title: 'x' } })).toBe(307)
  })
})

describe('versions', () => {
  test('an unknown version is 400 with a text in place of the errors', async () => {
    const { status, body } = await call('/user', { headers: { 'x-github-api-version': '2020-01-01' } })
    expect([status, body['message']]).toEqual([400, 'Bad Request'])
    expect(body['errors']).toContain('"2020-01-01", is not a supported version')
  })

  test('2026-03-10 drops members that the version before still has', async () => {
    const dropped: [string, string][] = [
      [`${issues}/1`, 'assignee'],
      ['/repos/harborworks/billing-portal/pulls/4', 'assignee'],
      ['/repos/harborworks/billing-portal/pulls/4', 'merge_commit_sha'],
      ['/repos/harborworks/billing-portal', 'has_downloads'],
      ['/repos/harborworks/billing-portal', 'use_squash_pr_title_as_default'],
      ['/rate_limit', 'rate'],
    ]
    for (const [path, member] of dropped) {
      const current = await call(path)
      expect(current.body).not.toHaveProperty(member)
      expect(current.headers.get('x-github-api-version-selected')).toBe('2026-03-10')
      const older = await call(path, { headers: { 'x-github-api-version': '2022-11-28' } })
      expect(older.body).toHaveProperty(member)
    }
  })

  test('without the header the version is 2022-11-28', async () => {
    const response = await fetch(`${emulator.url}${issues}/1`)
    expect(response.headers.get('x-github-api-version-selected')).toBe('2022-11-28')
    expect(await response.json()).toMatchObject({ assignee: { login: 'tom-becker' } })
  })
})

describe('conditional requests', () => {
  test('answer 304 without a body or a cost until something changes', async () => {
    const first = await call(`${issues}/1`)
    const headers = { 'if-none-match': first.headers.get('etag')! }
    const again = await call(`${issues}/1`, { headers })
    expect([again.status, again.body, again.headers.get('content-type')]).toEqual([304, {}, null])
    expect(again.headers.get('etag')).toBe(headers['if-none-match'])
    expect(again.headers.get('x-ratelimit-remaining')).toBe(first.headers.get('x-ratelimit-remaining'))
    await call(`${issues}/1`, { method: 'PATCH', body: { title: 'Changed' } })
    expect(await statusOf(`${issues}/1`, { headers })).toBe(200)
  })
})

describe('rate limits', () => {
  test('headers count down per account, and the primary limit is 403 until the window ends', async () => {
    await emulator.close()
    await begin({ ...defaultGithubSeed, rateLimit: { core: 2, search: 1 } })
    const first = await call('/user')
    expect(first.headers.get('x-ratelimit-limit')).toBe('2')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1')
    expect(first.headers.get('x-ratelimit-used')).toBe('1')
    expect(first.headers.get('x-ratelimit-resource')).toBe('core')
    expect(first.headers.get('x-ratelimit-reset')).toBe(String(start / 1000 + 3600))

    // Another token of the same account shares the limit, another account does not.
    await call('/user', { token: 'test-token-fine-grained' })
    const refused = await call('/user')
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
    expect(refused.body['message']).toMatch(/^API rate limit exceeded for user ID \d+\./)
    expect(refused.headers.has('retry-after')).toBe(false)
    expect(await statusOf('/user', { token: 'test-token-no-scopes' })).toBe(200)

    const search = await call('/search/issues?q=is:issue')
    expect([search.status, search.headers.get('x-ratelimit-resource')]).toEqual([200, 'search'])
    expect(await statusOf('/search/issues?q=is:issue')).toBe(403)
    expect((await call('/rate_limit')).body).toMatchObject({ resources: { core: { remaining: 0, used: 2 } } })

    clock += 3_600_000
    expect(await statusOf('/user')).toBe(200)
  })

  test('the secondary limit is a fault with or without Retry-After', async () => {
    emulator.addFault(githubSecondaryRateLimit({ retryAfterSeconds: 30 }))
    emulator.addFault(githubSecondaryRateLimit())
    emulator.addFault({ kind: 'rate-limited', retryAfterSeconds: 5 })
    const [told, untold, tooMany] = [await call('/user'), await call('/user'), await call('/user')]
    expect([told.status, told.headers.get('retry-after')]).toEqual([403, '30'])
    expect([untold.status, untold.headers.get('retry-after')]).toEqual([403, null])
    expect([tooMany.status, tooMany.headers.get('retry-after')]).toEqual([429, '5'])
    for (const { body, headers } of [told, untold, tooMany]) {
      expect(body['message']).toMatch(/^You have exceeded a secondary rate limit/)
      expect(headers.get('x-github-request-id')).toMatch(/^[0-9A-F:]+$/)
    }
  })
})

describe('pagination', () => {
  beforeEach(async () => {
    await emulator.close()
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      title: `Issue ${index + 1}`,
      author: 'maria-silva',
    }))
    const repositories = [{ owner: 'harborworks', name: 'billing-portal', issues: many }]
    await begin({ ...defaultGithubSeed, repositories, rateLimit: { core: 100_000 } })
  })

  test('cursors walk 10,000 issues once each, over absolute links', async () => {
    const seen = new Set<number>()
    let next: string | undefined = `${issues}?per_page=100&direction=asc`
    let pages = 0
    while (next !== undefined) {
      const { headers, body }: Answer = await call(next)
      for (const issue of body as unknown as { number: number }[]) seen.add(issue.number)
      pages += 1
      const links = headers.get('link') ?? ''
      expect(links).not.toContain('rel="last"')
      next = /<([^>]+)>; rel="next"/.exec(links)?.[1]
      if (next !== undefined)
        expect(next).toMatch(new RegExp(`^${emulator.url}/repositories/\\d+/issues\\?.*after=`))
    }
    expect([pages, seen.size]).toEqual([100, 10_000])
  })

  test('a cursor keeps its place when issues are added meanwhile, and leads back', async () => {
    const first = await call(`${issues}?per_page=2`)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1]!
    await call(issues, { method: 'POST', body: { title: 'new' } })
    const second = await call(next)
    expect(second.body).toMatchObject([{ number: 9_998 }, { number: 9_997 }])
    const previous = /<([^>]+)>; rel="prev"/.exec(second.headers.get('link')!)![1]!
    expect((await call(previous)).body).toMatchObject([{ number: 10_000 }, { number: 9_999 }])
  })

  test('per_page is capped at 100, deep pages are refused, a broken cursor too', async () => {
    expect((await call(`${issues}?per_page=500`)).body).toHaveLength(100)
    expect((await call(`${issues}?per_page=0&page=-1`)).body).toHaveLength(30)
    expect((await call(`${issues}?per_page=100&page=99`)).body).toHaveLength(100)
    const deep = await call(`${issues}?per_page=100&page=100`)
    expect([deep.status, deep.body['message']]).toEqual([
      422,
      expect.stringContaining('cursor based pagination'),
    ])
    expect(await statusOf(`${issues}?after=nonsense`)).toBe(422)
  })

  test('searches give at most 1,000 results', async () => {
    const last = await call('/search/issues?q=is:issue&per_page=100&page=10')
    expect(last.body).toMatchObject({ total_count: 10_000 })
    expect(last.body['items']).toHaveLength(100)
    expect(last.headers.get('link')).not.toContain('rel="next"')
    const beyond = await call('/search/issues?q=is:issue&per_page=100&page=11')
    expect([beyond.status, beyond.body['message']]).toEqual([
      422,
      'Only the first 1000 search results are available',
    ])
    expect(await statusOf('/search/issues?q=is:issue&page=34')).toBe(200)
    expect(await statusOf('/search/issues?q=is:issue&page=35')).toBe(422)
  })
})

test('numbered pages link to next, last, first and previous', async () => {
  const labels = '/repos/harborworks/billing-portal/labels?per_page=4'
  const relations = async (page: number): Promise<string[]> => {
    const { headers } = await call(`${labels}&page=${page}`)
    return [...(headers.get('link') ?? '').matchAll(/page=(\d)>; rel="(\w+)"/g)].map(
      (match) => `${match[2]!}=${match[1]!}`,
    )
  }
  expect(await relations(1)).toEqual(['next=2', 'last=3'])
  expect(await relations(2)).toEqual(['prev=1', 'next=3', 'last=3', 'first=1'])
  expect(await relations(3)).toEqual(['prev=2', 'first=1'])
  expect((await call('/repos/harborworks/billing-portal/labels')).headers.has('link')).toBe(false)
})

describe('search queries that are refused', () => {
  test.each([
    ['csv', "Query must include 'is:issue' or 'is:pull-request'"],
    ['', 'Validation Failed'],
    ['is:issue repo:nobody/nothing', 'Validation Failed'],
    [`is:issue ${'x'.repeat(257)}`, 'Validation Failed'],
    ['is:issue a OR b OR c OR d OR e OR f OR g', 'Validation Failed'],
  ])('%s', async (q, message) => {
    const { status, body } = await call(`/search/issues?${new URLSearchParams({ q }).toString()}`)
    expect([status, body['message']]).toEqual([422, message])
  })

  test('private repositories stay hidden from those who may not see them', async () => {
    const path = '/search/issues?q=is:issue+passwords'
    expect((await call(path)).body['total_count']).toBe(1)
    expect((await call(path, { token: 'test-token-no-scopes' })).body['total_count']).toBe(0)
    const named = '/search/issues?q=is:issue+repo:harborworks/infrastructure'
    expect(await statusOf(named, { token: 'test-token-no-scopes' })).toBe(422)
  })
})

describe('the token endpoint', () => {
  const grant = {
    client_id: 'test-client-id',
    client_secret: 'test-client-secret',
    grant_type: 'refresh_token',
    refresh_token: 'test-refresh-token',
  }

  async function exchange(changes: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const body = new URLSearchParams({ ...grant, ...changes })
    const headers = { accept: 'application/json' }
    const response = await fetch(`${emulator.url}/login/oauth/access_token`, {
      method: 'POST',
      headers,
      body,
    })
    expect(response.status).toBe(200)
    return (await response.json()) as Record<string, unknown>
  }

  test('rotates: the old access and refresh token stop working at once', async () => {
    expect(await statusOf('/user', { token: 'test-access-token' })).toBe(200)
    const issued = await exchange()
    expect(issued).toMatchObject({ expires_in: 28_800, token_type: 'bearer', scope: '' })
    const token = String(issued['access_token'])
    expect(await statusOf('/user', { token })).toBe(200)
    expect(await statusOf('/user', { token: 'test-access-token' })).toBe(401)
    expect(await exchange()).toMatchObject({ error: 'bad_refresh_token' })

    clock += 28_800_000
    expect(await statusOf('/user', { token })).toBe(401)
    const renewed = await exchange({ refresh_token: String(issued['refresh_token']) })
    expect(await statusOf('/user', { token: String(renewed['access_token']) })).toBe(200)
  })

  test('an app without the permission is refused as an integration', async () => {
    const { access_token: token } = await exchange()
    const options = { method: 'PATCH', token: String(token), body: { description: 'x' } }
    const { status, body } = await call('/repos/harborworks/billing-portal', options)
    expect([status, body['message']]).toEqual([403, 'Resource not accessible by integration'])
  })

  test.each([
    [{ client_secret: 'wrong' }, 'incorrect_client_credentials'],
    [{ client_id: 'unknown' }, 'incorrect_client_credentials'],
    [{ refresh_token: 'unknown' }, 'bad_refresh_token'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
  ])('answers %j with status 200 and %s', async (changes, error) => {
    const answer = await exchange(changes)
    expect(Object.keys(answer)).toEqual(['error', 'error_description', 'error_uri'])
    expect(answer['error']).toBe(error)
    expect(await statusOf('/user', { token: 'test-access-token' })).toBe(200)
  })

  test('answers form-encoded unless asked for JSON, and reads JSON bodies', async () => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(grant) }
    const response = await fetch(`${emulator.url}/login/oauth/access_token`, init)
    expect(response.headers.get('content-type')).toBe('application/x-www-form-urlencoded; charset=utf-8')
    const form = new URLSearchParams(await response.text())
    expect([form.get('token_type'), form.get('expires_in')]).toEqual(['bearer', '28800'])
  })

  test('refuses a revoked refresh token', async () => {
    emulator.revokeToken('test-refresh-token')
    expect(await exchange()).toMatchObject({ error: 'bad_refresh_token' })
    expect(() => {
      emulator.revokeToken('test-refresh-token')
    }).toThrow(TypeError)
  })

  test('refuses a refresh token after its own end', async () => {
    const { refresh_token: refresh } = await exchange()
    clock += 15_811_200_000
    expect(await exchange({ refresh_token: String(refresh) })).toMatchObject({ error: 'bad_refresh_token' })
  })
})

test('a fault after a write leaves the write in place, and reset takes it back', async () => {
  emulator.addFault({ kind: 'fails-after-applying', status: 502, match: { method: 'POST', path: issues } })
  const { status, body } = await call(issues, { method: 'POST', body: { title: 'Sent once' } })
  expect([status, body['message']]).toEqual([502, 'Server Error'])
  const titles = (): string[] =>
    [...emulator.state.repositories.get('harborworks/billing-portal')!.issues.values()].map(
      ({ title }) => title,
    )
  expect(titles()).toContain('Sent once')
  emulator.reset()
  expect(titles()).not.toContain('Sent once')
})

test('a seed that refers to unknown accounts is refused', async () => {
  const seed = { tokens: [{ token: 'test-token-1', login: 'nobody', scopes: [] }] }
  await expect(createGithubEmulator({ seed })).rejects.toThrow('Unknown account "nobody"')
})
