import { describeConnector } from '@agent/core/testing'
import { GithubConnector } from '../src/index.ts'
import { comments } from './fixtures/comments.ts'
import { issues } from './fixtures/issues.ts'
import { labels } from './fixtures/labels.ts'
import { pullRequests } from './fixtures/pull-requests.ts'
import { repositories } from './fixtures/repositories.ts'
import { viewer } from './fixtures/viewer.ts'

describeConnector(GithubConnector, {
  auth: { type: 'personalAccessToken', token: 'test-token-1' },
  secret: 'test-token-1',
  docsHosts: ['docs.github.com'],
  fixtures: { viewer, repositories, issues, comments, pull_requests: pullRequests, labels },
})
