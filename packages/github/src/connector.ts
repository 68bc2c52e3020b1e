import { createConnector } from '@agent/core'
import { createIssue } from './issues/create.ts'
import { getIssue } from './issues/get.ts'
import { listIssues } from './issues/list.ts'
import { searchIssues } from './issues/search.ts'
import { updateIssue } from './issues/update.ts'
import { github } from './service.ts'
import { getViewer } from './viewer/get.ts'

const catalogue = {
  viewer: { get: getViewer },
  issues: { list: listIssues, get: getIssue, search: searchIssues, create: createIssue, update: updateIssue },
}

/**
 * GitHub under one credential.
 *
 * @example new GithubConnector({ auth: { type: 'personalAccessToken', token } })
 */
export class GithubConnector extends createConnector(github, catalogue) {}
