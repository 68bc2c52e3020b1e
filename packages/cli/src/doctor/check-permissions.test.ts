import type { AnyAction, ServiceLogin } from '@agent/core'
import { githubLogin } from '@agent/github/login'
import { expect, test } from 'vitest'
import { checkPermissions } from './check-permissions.ts'

const login: ServiceLogin = githubLogin
const action = (name: string, permissions: AnyAction['permissions']) =>
  ({ name, permissions }) as Pick<AnyAction, 'name' | 'permissions'> as AnyAction

test('A scope that includes a needed one is enough, and needed', () => {
  const actions = [action('hooks.list', { scopes: ['read:org'] })]
  expect(checkPermissions(login, { scopes: ['admin:org', 'gist'] }, actions)).toEqual({
    scopes: { granted: ['admin:org', 'gist'], missing: [], unneeded: ['gist'] },
  })
})

test('More access includes less, and less does not include more', () => {
  const actions = [
    action('issues.list', { scopes: [], fineGrained: { issues: 'read' } }),
    action('pulls.merge', { scopes: [], fineGrained: { contents: 'write' } }),
  ]
  const granted = { issues: 'write', contents: 'read', members: 'read' } as const
  expect(checkPermissions(login, { fineGrained: granted }, actions).fineGrained).toEqual({
    granted: ['issues:write', 'contents:read', 'members:read'],
    missing: [{ name: 'contents:write', actions: ['pulls.merge'] }],
    unneeded: ['contents:read', 'members:read'],
  })
})

test('What the service does not tell is not compared', () => {
  expect(checkPermissions(login, {}, [action('issues.list', { scopes: ['repo'] })])).toEqual({})
})
