import { describe, expect, it } from 'vitest'
import { GithubConnector } from '../src/index.ts'
import { place, token, useGithub } from './world.ts'

describe('an Enterprise Server', () => {
  const world = useGithub()

  it('is reached below /api/v3, page after page, and renews tokens at its own host', async () => {
    const github = world.connect({
      baseUrl: `${world.emulator.url}/api/v3`,
      auth: {
        type: 'oauth',
        refreshToken: 'test-refresh-token',
        clientId: 'test-client-id',
        clientSecret: 'test-client-secret',
      },
    })
    const names: string[] = []
    for await (const page of github.labels.list({ ...place, limit: 8 }).pages()) {
      names.push(...page.data.map(({ name }) => name))
    }
    expect(names).toHaveLength(9)
    expect(await github.issues.create({ ...place, title: 'From inside' })).toMatchObject({ number: 5 })
    expect(world.emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /login/oauth/access_token',
      'GET /api/v3/repos/harborworks/billing-portal/labels',
      'GET /api/v3/repos/harborworks/billing-portal/labels',
      'POST /api/v3/repos/harborworks/billing-portal/issues',
    ])
  })

  it('takes the base URL with a slash at its end', async () => {
    const github = world.connect({ baseUrl: `${world.emulator.url}/api/v3/` })
    expect(await github.viewer.get()).toMatchObject({ login: 'maria-silva' })
  })

  it('of an older release is asked for the version that it knows', async () => {
    const github = world.connect({ apiVersion: '2022-11-28' })
    expect(await github.pull_requests.get({ ...place, pull_number: 4 })).toMatchObject({ number: 4 })
    expect(world.emulator.requests[0]?.headers['x-github-api-version']).toBe('2022-11-28')
  })
})

describe('wrong options', () => {
  const auth = token('test-token-1')

  it.each([
    ['apiVersion', { apiVersion: 'v3\r\nx-evil: 1' }],
    ['baseUrl', { baseUrl: 'http://github.example.com/api/v3' }],
    ['baseUrl', { baseUrl: 'github.example.com' }],
  ])('in %s are named when the connector is made', (field, options) => {
    const make = () => new GithubConnector({ auth, ...options })
    expect(make).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', issues: [expect.objectContaining({ path: field })] }),
    )
    expect(make).not.toThrow(/evil|example/)
  })
})
