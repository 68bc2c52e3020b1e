import { type CommonOptions, connect } from '@agent/core'
import { createIssue, getIssue, github } from '@agent/github'

export interface GithubCaller {
  write: (lane: number, title: string) => PromiseLike<unknown>
  read: (lane: number, number: number) => PromiseLike<{ number: number; title: string }>
}

export const laneName = (lane: number) => `lane-${lane}`

/** A GitHub connection with short waits, so that faults by the thousand need not be sat out. */
export function githubCaller(baseUrl: string, options: Partial<CommonOptions> = {}): GithubCaller {
  const connection = connect(github, {
    auth: { type: 'personalAccessToken', token: 'test-token-1' },
    baseUrl,
    backoffMs: 2,
    timeoutMs: 1000,
    maxAttempts: 5,
    ...options,
  })
  const repository = (lane: number) => ({ owner: 'harborworks', repo: laneName(lane) })
  return {
    write: (lane, title) => connection.run(createIssue, { ...repository(lane), title }),
    read: (lane, issue_number) => connection.run(getIssue, { ...repository(lane), issue_number }),
  }
}
