import { needs, openForWriting, openRepository } from '../http/access.ts'
import { created, noContent } from '../http/answers.ts'
import { nullable, readBody, text } from '../http/body.ts'
import { validationFailed } from '../http/errors.ts'
import { pageOf } from '../http/pagination.ts'
import { textInPath } from '../http/query.ts'
import type { GithubApp } from '../http/scope.ts'
import { createLabel, deleteLabel, findLabel, updateLabel } from '../operations/labels.ts'
import { renderLabel, renderLabels } from '../render/issue.ts'

const shape = { name: text, new_name: text, color: text, description: nullable(text) }

/** Labels of a repository; those of an issue are served by `serveIssueLabels`. */
export function serveLabels(app: GithubApp): void {
  app.get('/repos/:owner/:repo/labels', (c) => {
    const { scope, repository, linkRoot } = openRepository(c, needs.readIssuesOrPulls)
    const page = pageOf(c, [...repository.labels.values()], `${linkRoot}/labels`)
    return c.json(renderLabels(scope, repository, page))
  })

  app.post('/repos/:owner/:repo/labels', async (c) => {
    const { scope, repository } = openForWriting(c, needs.push)
    const { name, color, description } = await readBody(c, shape)
    if (name === undefined) {
      throw validationFailed([{ resource: 'Label', code: 'missing_field', field: 'name' }])
    }
    const label = createLabel(scope.state, repository, { name, color, description })
    return created(c, renderLabel(scope, repository, label))
  })

  app.get('/repos/:owner/:repo/labels/:name', (c) => {
    const { scope, repository } = openRepository(c, needs.readIssuesOrPulls)
    return c.json(renderLabel(scope, repository, findLabel(repository, textInPath(c, 'name'))))
  })

  app.patch('/repos/:owner/:repo/labels/:name', async (c) => {
    const { scope, repository } = openForWriting(c, needs.push)
    const label = findLabel(repository, textInPath(c, 'name'))
    const { name, new_name: newName = name, color, description } = await readBody(c, shape)
    updateLabel(repository, label, {
      ...(newName === undefined ? {} : { name: newName }),
      color,
      description,
    })
    return c.json(renderLabel(scope, repository, label))
  })

  app.delete('/repos/:owner/:repo/labels/:name', (c) => {
    const { repository } = openForWriting(c, needs.push)
    deleteLabel(repository, findLabel(repository, textInPath(c, 'name')))
    return noContent(c)
  })
}
