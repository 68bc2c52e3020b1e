import type { InputOf, Page, PagedCall } from '@agent/core'
import { expectTypeOf } from 'vitest'
import {
  type createRepository,
  GithubConnector,
  type Issue,
  type MergeResult,
  type PullRequest,
  type Repository,
  type RepositoryDetails,
} from './index.ts'

const github = new GithubConnector({ auth: { type: 'personalAccessToken', token: 'test-token-1' } })
const place = { owner: 'acme', repo: 'web' }

expectTypeOf(github.issues.list(place)).toEqualTypeOf<PagedCall<Issue>>()
expectTypeOf(github.pull_requests.list(place)).toEqualTypeOf<PagedCall<PullRequest>>()
expectTypeOf(github.repositories.get(place)).resolves.toEqualTypeOf<RepositoryDetails>()
expectTypeOf<RepositoryDetails>().toExtend<Repository>()
expectTypeOf<RepositoryDetails['allow_squash_merge']>().toEqualTypeOf<boolean | null | undefined>()
expectTypeOf(github.issues.lock({ ...place, issue_number: 1 })).resolves.toEqualTypeOf<null>()
expectTypeOf(github.pull_requests.merge({ ...place, pull_number: 1 })).resolves.toEqualTypeOf<MergeResult>()
expectTypeOf(github.execute('issues', 'list', place)).resolves.toEqualTypeOf<Page<Issue>>()
expectTypeOf<InputOf<typeof createRepository>['has_wiki']>().toEqualTypeOf<boolean | undefined>()

// @ts-expect-error a number is required
void github.issues.get(place)
// @ts-expect-error no such reason
void github.issues.lock({ ...place, issue_number: 1, lock_reason: 'boring' })
// @ts-expect-error no such action
void github.execute('issues', 'destroy', place)
// @ts-expect-error the token is missing
new GithubConnector({ auth: { type: 'personalAccessToken' } }).serviceName.at(0)
// @ts-expect-error a version is a text
new GithubConnector({ auth: { type: 'oauth', accessToken: 'test' }, apiVersion: 3 }).serviceName.at(0)
