import { createConnector } from '@agent/core'
import { createComment } from './comments/create.ts'
import { deleteComment } from './comments/delete.ts'
import { getComment } from './comments/get.ts'
import { listComments } from './comments/list.ts'
import { updateComment } from './comments/update.ts'
import { createIssue } from './issues/create.ts'
import { getIssue } from './issues/get.ts'
import { listIssues } from './issues/list.ts'
import { lockIssue } from './issues/lock.ts'
import { searchIssues } from './issues/search.ts'
import { unlockIssue } from './issues/unlock.ts'
import { updateIssue } from './issues/update.ts'
import { addLabelsToIssue } from './labels/add-to-issue.ts'
import { createLabel } from './labels/create.ts'
import { deleteLabel } from './labels/delete.ts'
import { getLabel } from './labels/get.ts'
import { listLabelsForIssue } from './labels/list-for-issue.ts'
import { listLabels } from './labels/list.ts'
import { removeLabelFromIssue } from './labels/remove-from-issue.ts'
import { updateLabel } from './labels/update.ts'
import { createPullRequest } from './pull-requests/create.ts'
import { getPullRequest } from './pull-requests/get.ts'
import { listPullRequestFiles } from './pull-requests/list-files.ts'
import { listPullRequestReviews } from './pull-requests/list-reviews.ts'
import { listPullRequests } from './pull-requests/list.ts'
import { mergePullRequest } from './pull-requests/merge.ts'
import { searchPullRequests } from './pull-requests/search.ts'
import { updatePullRequest } from './pull-requests/update.ts'
import { createRepository } from './repositories/create.ts'
import { getRepository } from './repositories/get.ts'
import { listRepositoriesForOrg } from './repositories/list-for-org.ts'
import { listRepositoriesForUser } from './repositories/list-for-user.ts'
import { listRepositories } from './repositories/list.ts'
import { searchRepositories } from './repositories/search.ts'
import { updateRepository } from './repositories/update.ts'
import { github } from './service.ts'
import { getViewer } from './viewer/get.ts'
import { listViewerIssues } from './viewer/list-issues.ts'

const catalogue = {
  viewer: { get: getViewer, listIssues: listViewerIssues },
  repositories: {
    list: listRepositories,
    listForOrg: listRepositoriesForOrg,
    listForUser: listRepositoriesForUser,
    get: getRepository,
    search: searchRepositories,
    create: createRepository,
    update: updateRepository,
  },
  issues: {
    list: listIssues,
    get: getIssue,
    search: searchIssues,
    create: createIssue,
    update: updateIssue,
    lock: lockIssue,
    unlock: unlockIssue,
  },
  comments: {
    list: listComments,
    get: getComment,
    create: createComment,
    update: updateComment,
    delete: deleteComment,
  },
  pull_requests: {
    list: listPullRequests,
    get: getPullRequest,
    search: searchPullRequests,
    create: createPullRequest,
    update: updatePullRequest,
    listFiles: listPullRequestFiles,
    merge: mergePullRequest,
    listReviews: listPullRequestReviews,
  },
  labels: {
    list: listLabels,
    get: getLabel,
    create: createLabel,
    update: updateLabel,
    delete: deleteLabel,
    listForIssue: listLabelsForIssue,
    addToIssue: addLabelsToIssue,
    removeFromIssue: removeLabelFromIssue,
  },
}

/**
 * GitHub under one credential.
 *
 * @example new GithubConnector({ auth: { type: 'personalAccessToken', token } })
 */
export class GithubConnector extends /* @__PURE__ */ createConnector(github, catalogue) {}
