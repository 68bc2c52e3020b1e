/** Switches of a repository under the names of the API, with their defaults. */
export const defaultSettings = {
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_discussions: false,
  has_pull_requests: true,
  is_template: false,
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: true,
  allow_auto_merge: false,
  delete_branch_on_merge: false,
  allow_update_branch: false,
  allow_forking: true,
  web_commit_signoff_required: false,
}

export type RepositorySettings = typeof defaultSettings
export const settingNames = Object.keys(defaultSettings) as (keyof RepositorySettings)[]
