import { hasRole, viewerRole } from '../http/access.ts'
import { isLegacy, type Scope } from '../http/scope.ts'
import { nodeId } from '../state/identifiers.ts'
import { fullName } from '../state/lookup.ts'
import { settingNames } from '../state/repository-settings.ts'
import type { Repository, Role } from '../state/types.ts'
import { simpleUser } from './account.ts'
import { isoTime, type Json } from './values.ts'

const links = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
}

export function repositoryUrl(scope: Scope, repository: Repository): string {
  return `${scope.apiRoot}/repos/${fullName(repository)}`
}

/** The form of lists for a user or an organization; the others add to it. */
export function minimalRepository(scope: Scope, repository: Repository): Json {
  const url = repositoryUrl(scope, repository)
  const page = `${scope.webRoot}/${fullName(repository)}`
  const host = new URL(scope.webRoot).host
  const openIssues = countOpen(repository)
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: simpleUser(scope, repository.owner),
    html_url: page,
    description: repository.description,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(links).map(([name, suffix]) => [name, `${url}${suffix}`])),
    git_url: `git://${host}/${fullName(repository)}.git`,
    ssh_url: `git@${host}:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.updatedAt),
    pushed_at: isoTime(repository.pushedAt),
    homepage: repository.homepage,
    size: 108,
    stargazers_count: repository.stars,
    watchers_count: repository.stars,
    watchers: repository.stars,
    language: repository.language,
    forks_count: 0,
    forks: 0,
    open_issues_count: openIssues,
    open_issues: openIssues,
    has_issues: repository.settings.has_issues,
    has_projects: repository.settings.has_projects,
    has_wiki: repository.settings.has_wiki,
    has_discussions: repository.settings.has_discussions,
    has_pull_requests: repository.settings.has_pull_requests,
    has_pages: false,
    ...(isLegacy(scope) ? { has_downloads: true } : {}),
    archived: repository.archived,
    disabled: false,
    license: null,
    allow_forking: repository.settings.allow_forking,
    is_template: repository.settings.is_template,
    web_commit_signoff_required: repository.settings.web_commit_signoff_required,
    pull_request_creation_policy: 'all',
    topics: repository.topics,
    visibility: repository.private ? 'private' : 'public',
    default_branch: repository.defaultBranch,
    ...(scope.viewer ? { permissions: permissionsFor(roleOfViewer(scope, repository)) } : {}),
  }
}

/** The form embedded in pull requests and listed for the authenticated user: with the switches of merging. */
export function embeddedRepository(scope: Scope, repository: Repository): Json {
  const pushes = hasRole(roleOfViewer(scope, repository), 'write')
  return { ...minimalRepository(scope, repository), ...(pushes ? mergeSettings(scope, repository) : {}) }
}

export function fullRepository(scope: Scope, repository: Repository): Json {
  const owner = simpleUser(scope, repository.owner)
  const administers = hasRole(roleOfViewer(scope, repository), 'admin')
  return {
    ...embeddedRepository(scope, repository),
    temp_clone_token: null,
    custom_properties: {},
    ...(owner['type'] === 'Organization' ? { organization: owner } : {}),
    ...(administers ? { security_and_analysis: security } : {}),
    network_count: 0,
    subscribers_count: 1,
  }
}

export function foundRepository(scope: Scope, repository: Repository, score: number): Json {
  return { ...minimalRepository(scope, repository), score }
}

const security = {
  secret_scanning: { status: 'enabled' },
  secret_scanning_push_protection: { status: 'enabled' },
  dependabot_security_updates: { status: 'disabled' },
}

function mergeSettings(scope: Scope, { settings }: Repository): Json {
  const names = settingNames.filter((name) => /^(allow_.*(merge|branch)|delete_)/.test(name))
  return {
    ...Object.fromEntries(names.map((name) => [name, settings[name]])),
    ...(isLegacy(scope) ? { use_squash_pr_title_as_default: false } : {}),
    squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
    squash_merge_commit_message: 'COMMIT_MESSAGES',
    merge_commit_title: 'MERGE_MESSAGE',
    merge_commit_message: 'PR_TITLE',
  }
}

function roleOfViewer(scope: Scope, repository: Repository): Role {
  return viewerRole(scope, repository)
}

function permissionsFor(role: Role): Json {
  return {
    admin: hasRole(role, 'admin'),
    maintain: hasRole(role, 'maintain'),
    push: hasRole(role, 'write'),
    triage: hasRole(role, 'triage'),
    pull: hasRole(role, 'read'),
  }
}

function countOpen(repository: Repository): number {
  let count = 0
  for (const issue of repository.issues.values()) if (issue.state === 'open') count += 1
  return count
}
