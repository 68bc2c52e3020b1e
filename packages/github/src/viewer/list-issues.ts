import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { issueSort } from '../issues/sort.ts'
import { issue } from '../issues/issue.ts'
import { listPages } from '../pages.ts'
import { direction, labelNames, since, state } from '../parameters.ts'
import { needsNothing } from '../permissions.ts'

const viewerIssue = () => issue().extend({ repository: z.object({ full_name: z.string() }).nullish() })

export type ViewerIssue = z.output<ReturnType<typeof viewerIssue>>

export const listViewerIssues = /* @__PURE__ */ defineAction({
  name: 'viewer.listIssues',
  summary: 'List issues of all repositories that concern the viewer, by default those assigned to them.',
  effect: 'read',
  permissions: needsNothing,
  source: 'https://docs.github.com/en/rest/issues/issues#list-issues-assigned-to-the-authenticated-user',
  input: () =>
    z.strictObject({
      filter: z
        .enum(['assigned', 'created', 'mentioned', 'subscribed', 'repos', 'all'])
        .default('assigned')
        .describe('How the viewer is concerned.'),
      state: state(),
      labels: labelNames('Only issues that have all of these labels.').optional(),
      sort: issueSort(),
      direction: direction(),
      since: since(),
    }),
  output: viewerIssue,
  page: listPages,
  request: (query) => ({ method: 'GET', path: path`/issues`, query }),
})
