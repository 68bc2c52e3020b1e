export {
  type GithubAuthConfig,
  type GithubOAuthAuthConfig,
  type GithubPersonalAccessTokenAuthConfig,
} from './auth.ts'
export { githubAuthFromEnv } from './auth-from-env.ts'
export { GithubConnector } from './connector.ts'
export { createIssue } from './issues/create.ts'
export { getIssue } from './issues/get.ts'
export type { Issue } from './issues/issue.ts'
export { listIssues } from './issues/list.ts'
export { searchIssues } from './issues/search.ts'
export { updateIssue } from './issues/update.ts'
export { github } from './service.ts'
export { getViewer, type Viewer } from './viewer/get.ts'
