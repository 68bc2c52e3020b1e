import type { ServiceLogin } from '@agent/core'
import { githubLogin } from '@agent/github/login'
import { hubspotLogin } from '@agent/hubspot/login'
import { expect, test } from 'vitest'
import { chosenActions, leastScopes } from './chosen-actions.ts'

const github: ServiceLogin = githubLogin
const hubspot: ServiceLogin = hubspotLogin
const names = (...given: Parameters<typeof chosenActions>) => chosenActions(...given).map(({ name }) => name)

test('Actions are chosen by name, by entity, and by whether they only read', () => {
  expect(names(github, { actions: 'issues.get, issues.list,issues.get' })).toEqual([
    'issues.get',
    'issues.list',
  ])
  expect(names(github, { actions: 'issues.*', readOnly: true })).toEqual([
    'issues.list',
    'issues.get',
    'issues.search',
  ])
  expect(names(github, {}).length).toBeGreaterThan(20)
})

test('The scopes are those that the actions need, each once', () => {
  const scopes = (readOnly: boolean) => leastScopes(hubspot, chosenActions(hubspot, { readOnly }))
  expect(scopes(true)).toContain('crm.objects.contacts.read')
  expect(scopes(true).filter((scope) => scope.endsWith('.write'))).toEqual([])
  expect(new Set(scopes(false)).size).toBe(scopes(false).length)
  expect(leastScopes(github, chosenActions(github, { actions: 'viewer.get' }))).toEqual([])
})
