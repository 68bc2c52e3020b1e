import type { Permissions } from '@agent/core'

// `repo` reaches private repositories too; for public ones alone, reads need no scope and writes `public_repo`.
// Where GitHub takes one of several permissions, as for comments and labels, the one for issues stands here.
const scopes = ['repo']

export const needsNothing: Permissions = { scopes: [], fineGrained: {} }
export const readPublicMetadata: Permissions = { scopes: [], fineGrained: { metadata: 'read' } }
export const readMetadata: Permissions = { scopes, fineGrained: { metadata: 'read' } }
export const administer: Permissions = { scopes, fineGrained: { administration: 'write' } }
export const readIssues: Permissions = { scopes, fineGrained: { issues: 'read' } }
export const writeIssues: Permissions = { scopes, fineGrained: { issues: 'write' } }
export const readPullRequests: Permissions = { scopes, fineGrained: { pull_requests: 'read' } }
export const writePullRequests: Permissions = { scopes, fineGrained: { pull_requests: 'write' } }
export const writeContents: Permissions = { scopes, fineGrained: { contents: 'write' } }
