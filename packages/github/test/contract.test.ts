import { describeConnector } from '@agent/core/testing'
import { GithubConnector } from '../src/index.ts'
import { issues } from './fixtures/issues.ts'
import { viewer } from './fixtures/viewer.ts'

describeConnector(GithubConnector, {
  auth: { type: 'personalAccessToken', token: 'test-token-1' },
  secret: 'test-token-1',
  docsHosts: ['docs.github.com'],
  fixtures: { viewer, issues },
})
