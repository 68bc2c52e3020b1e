import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { browse, hintOf, json, useWorld } from './world.ts'

const world = useWorld()
const at = () => ['--base-url', world.github.url]
const device = (...more: string[]) => ['login', 'github', ...at(), '--client-id', 'test-client-id', ...more]
const browser = (...more: string[]) => [
  'login',
  'github',
  ...at(),
  '--browser',
  '--client-id',
  'test-oauth-app-id',
  '--secret-stdin',
  ...more,
]
const secret = { input: 'test-oauth-app-secret\n' }
const code = /enter this code: (\S+)/

test('A device login shows a code, waits, and saves whose account it is', async () => {
  const login = world.start(device())
  const [, userCode = ''] = await login.said(code)
  world.github.approveDevice(userCode)
  const { code: exit, stdout, stderr } = await login.ended
  expect(exit).toBe(0)
  expect(stderr).toContain(`${world.github.url}/login/device`)
  expect(stdout).toContain('Connected GitHub as maria-silva (Maria Silva).')
  expect(stdout).toContain("account: 'maria-silva' }")
  const [saved] = await world.saved()
  expect(saved).toMatchObject({ service: 'github', account: 'maria-silva', type: 'oauth', canRefresh: true })
})

test('The client id may come from the environment', async () => {
  const login = world.start(['login', 'github', ...at(), '--json'], {
    environment: { GITHUB_CLIENT_ID: 'test-client-id' },
  })
  const [, userCode = ''] = await login.said(code)
  world.github.approveDevice(userCode)
  const ran = await login.ended
  expect(json(ran)).toMatchObject({ service: 'github', account: 'maria-silva', type: 'oauth' })
})

test('Tokens that were granted are saved even where the service cannot be asked about them', async () => {
  const fails = { kind: 'fails-before-applying', status: 403, match: { path: '/user' } } as const
  const approved = async (...more: string[]) => {
    world.github.addFault(fails)
    const login = world.start(device(...more))
    const [, userCode = ''] = await login.said(code)
    world.github.approveDevice(userCode)
    return login.ended
  }
  expect((await approved()).code).toBe(1)
  expect(await world.saved()).toEqual([])
  const named = await approved('--account', 'work')
  expect(named.code).toBe(0)
  expect(named.stderr).toContain('They are saved all the same.')
  expect(await world.saved()).toMatchObject([{ account: 'work', type: 'oauth' }])
})

test('A denied device login fails and saves nothing', async () => {
  const login = world.start(device('--json'))
  const [, userCode = ''] = await login.said(code)
  world.github.denyDevice(userCode)
  const ran = await login.ended
  expect(ran.code).toBe(1)
  expect(json(ran)).toMatchObject({ error: { code: 'AUTHORIZATION_DENIED' } })
  expect(await world.saved()).toEqual([])
})

test('A device login that nobody approves ends in time', async () => {
  const ran = await world.run(device('--timeout', '1'))
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toContain('was not approved within 1 s')
})

test('An interrupted device login ends at once and saves nothing', async () => {
  const login = world.start(device())
  await login.said(code)
  login.interrupt()
  expect((await login.ended).code).toBe(130)
  expect(await world.saved()).toEqual([])
})

test('A browser login asks for the fewest scopes, with PKCE, on 127.0.0.1', async () => {
  let opened = new URL('http://127.0.0.1')
  let shown: Response | undefined
  const ran = await world.run(browser('--actions', 'issues.list,viewer.get'), {
    ...secret,
    async openPage(url) {
      opened = new URL(url)
      shown = await browse(url)
    },
  })
  expect(ran.code).toBe(0)
  expect(opened.searchParams.get('scope')).toBe('repo')
  expect(opened.searchParams.get('code_challenge_method')).toBe('S256')
  expect(opened.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
  expect(shown?.status).toBe(200)
  expect(shown?.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await shown?.text()).toContain('You can close this window')
  expect((await world.saved())[0]).toMatchObject({ account: 'maria-silva', scope: 'repo' })
})

test('What is not the answer is refused and ends nothing', async () => {
  const statuses: number[] = []
  const ran = await world.run(browser(), {
    ...secret,
    async openPage(url) {
      const callback = new URL(new URL(url).searchParams.get('redirect_uri') ?? '')
      const state = new URL(url).searchParams.get('state') ?? ''
      const tries = [
        ['GET', '/favicon.ico'],
        ['GET', '/callback?code=forged&state=forged'],
        ['GET', `/callback?state=${state}`],
        ['GET', `/callback?code=one&state=${state}&state=${state}`],
        ['POST', `/callback?code=forged&state=${state}`],
      ] as const
      for (const [method, path] of tries) {
        const { status } = await fetch(new URL(path, callback), { method })
        statuses.push(status)
      }
      statuses.push((await browse(url)).status)
    },
  })
  expect(statuses).toEqual([404, 400, 400, 400, 405, 200])
  expect(ran.code).toBe(0)
})

test('A browser login that the user denies fails', async () => {
  world.github.approval = 'deny'
  let page = ''
  const ran = await world.run(browser('--json'), {
    ...secret,
    openPage: async (url) => (page = await (await browse(url)).text()),
  })
  expect(ran.code).toBe(1)
  expect(json(ran)).toMatchObject({ error: { code: 'AUTHORIZATION_DENIED' } })
  expect(page).toContain('Access was not granted.')
})

test('A browser that does not come back is not waited for longer than told', async () => {
  const ran = await world.run(browser('--timeout', '1', '--no-open'), secret)
  expect(ran.code).toBe(1)
  expect(ran.stderr).toContain('Nothing came back from the browser within 1 s')
})

test('A token is taken from standard input, checked, and saved', async () => {
  const ran = await world.run(['login', 'github', ...at(), '--token-stdin', '--account', 'work', '--json'], {
    input: 'test-token-1\n',
  })
  expect(ran.code).toBe(0)
  expect(json(ran)).toMatchObject({ account: 'work', type: 'personalAccessToken', scopes: ['repo', 'user'] })
  expect((await world.saved())[0]).toMatchObject({ account: 'work', scope: 'repo user' })
})

test('A token is taken from a file, with a warning where others may read it', async () => {
  const file = join(world.directory, 'token')
  writeFileSync(file, 'test-token-1\n', { mode: 0o644 })
  const ran = await world.run(['login', 'github', ...at(), '--token-file', file])
  expect(ran.code).toBe(0)
  expect(ran.stderr).toContain('Run: chmod 600')
})

test('A token that the service does not accept is not saved', async () => {
  const ran = await world.run(['login', 'github', ...at(), '--token-stdin', '--json'], {
    input: 'test-token-unknown',
  })
  expect(ran.code).toBe(3)
  expect(ran.stdout).not.toContain('test-token-unknown')
  expect(json(ran)).toMatchObject({ error: { code: 'AUTH_REJECTED' } })
  expect(await world.saved()).toEqual([])
})

test('Without a terminal a secret is not asked for', async () => {
  const ran = await world.run(['login', 'github', ...at(), '--kind', 'personalAccessToken', '--json'])
  expect(ran.code).toBe(2)
  expect(hintOf(ran)).toContain('--token-file or --token-stdin')
})
