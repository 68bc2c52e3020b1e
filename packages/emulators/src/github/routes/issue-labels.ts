import { needs, openForWriting, openRepository } from '../http/access.ts'
import { noContent } from '../http/answers.ts'
import { either, having, listOf, readJson, text } from '../http/body.ts'
import { invalidRequest } from '../http/errors.ts'
import { pageOf } from '../http/pagination.ts'
import { textInPath } from '../http/query.ts'
import type { GithubApp, GithubContext } from '../http/scope.ts'
import { labelsNamed, removeLabelFromIssue } from '../operations/labels.ts'
import { renderLabels } from '../render/issue.ts'
import { issueInPath } from './issues.ts'

export function serveIssueLabels(app: GithubApp): void {
  const path = '/repos/:owner/:repo/issues/:number/labels'

  app.get(path, (c) => {
    const { scope, repository, linkRoot } = openRepository(c, needs.readIssuesOrPulls)
    const issue = issueInPath(c, repository)
    const page = pageOf(c, issue.labels, `${linkRoot}/issues/${issue.number}/labels`)
    return c.json(renderLabels(scope, repository, page))
  })

  app.post(path, (c) => changeLabels(c, 'add'))
  app.put(path, (c) => changeLabels(c, 'set'))

  app.delete(path, (c) => {
    const { scope, repository } = openForWriting(c, needs.triage)
    Object.assign(issueInPath(c, repository), { labels: [], updatedAt: scope.now })
    return noContent(c)
  })

  app.delete(`${path}/:name`, (c) => {
    const { scope, repository } = openForWriting(c, needs.triage)
    const issue = issueInPath(c, repository)
    removeLabelFromIssue(issue, textInPath(c, 'name'), scope.now)
    return c.json(renderLabels(scope, repository, issue.labels))
  })
}

async function changeLabels(c: GithubContext, how: 'add' | 'set'): Promise<Response> {
  const { scope, repository } = openForWriting(c, needs.triage)
  const issue = issueInPath(c, repository)
  const named = labelsNamed(scope.state, repository, await readNames(c))
  issue.labels = how === 'add' ? [...new Set([...issue.labels, ...named])] : named
  issue.updatedAt = scope.now
  return c.json(renderLabels(scope, repository, issue.labels))
}

const labelList = listOf(either(text, having('name')))

/** `{ labels: [...] }`, or the bare list that is taken as well. */
async function readNames(c: GithubContext): Promise<string[]> {
  const json = (await readJson(c)) ?? {}
  const list = Array.isArray(json) ? json : ((json as { labels?: unknown }).labels ?? [])
  if (!labelList.accepts(list))
    throw invalidRequest(`For 'properties/labels', expected ${labelList.expected}.`)
  return list.map((label) => (typeof label === 'string' ? label : label.name))
}
