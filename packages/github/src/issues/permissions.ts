import type { Permissions } from '@agent/core'

export const readIssues: Permissions = { scopes: ['repo'], fineGrained: { issues: 'read' } }
export const writeIssues: Permissions = { scopes: ['repo'], fineGrained: { issues: 'write' } }
