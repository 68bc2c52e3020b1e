import { notFound, validationFailed, type FieldError } from '../http/errors.ts'
import { nextId } from '../state/identifiers.ts'
import { keyOf } from '../state/lookup.ts'
import type { GithubState, Issue, Label, Repository } from '../state/types.ts'

export interface LabelFields {
  name: string
  color?: string | undefined
  description?: string | null | undefined
}

const plainColor = 'ededed'

/** Labels of a new repository: name, colour, description. */
const initialLabels: [string, string, string][] = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
  ['duplicate', 'cfd3d7', 'This issue or pull request already exists'],
  ['enhancement', 'a2eeef', 'New feature or request'],
  ['good first issue', '7057ff', 'Good for newcomers'],
  ['help wanted', '008672', 'Extra attention is needed'],
  ['invalid', 'e4e669', "This doesn't seem right"],
  ['question', 'd876e3', 'Further information is requested'],
  ['wontfix', 'ffffff', 'This will not be worked on'],
]

export function addInitialLabels(state: GithubState, repository: Repository): void {
  for (const [name, color, description] of initialLabels) {
    createLabel(state, repository, { name, color, description }).default = true
  }
}

export function createLabel(state: GithubState, repository: Repository, fields: LabelFields): Label {
  checkLabel(repository, fields)
  const { name, color = plainColor, description = null } = fields
  const label = { id: nextId(state), name, color: keyOf(color), description, default: false }
  repository.labels.set(keyOf(name), label)
  return label
}

export function updateLabel(repository: Repository, label: Label, fields: Partial<LabelFields>): void {
  checkLabel(repository, { ...fields, name: fields.name ?? label.name }, label)
  const { name = label.name, color = label.color, description = label.description } = fields
  repository.labels.delete(keyOf(label.name))
  Object.assign(label, { name, color: keyOf(color), description })
  repository.labels.set(keyOf(name), label)
}

export function deleteLabel(repository: Repository, label: Label): void {
  repository.labels.delete(keyOf(label.name))
  for (const issue of repository.issues.values()) {
    issue.labels = issue.labels.filter((one) => one !== label)
  }
}

export function findLabel(repository: Repository, name: string): Label {
  const label = repository.labels.get(keyOf(name))
  if (!label) throw notFound()
  return label
}

/** The labels of these names, each once; those that the repository lacks are created. */
export function labelsNamed(state: GithubState, repository: Repository, names: readonly string[]): Label[] {
  const labels = names.map(
    (name) => repository.labels.get(keyOf(name)) ?? createLabel(state, repository, { name }),
  )
  return [...new Set(labels)]
}

export function removeLabelFromIssue(issue: Issue, name: string, now: number): void {
  const kept = issue.labels.filter((label) => keyOf(label.name) !== keyOf(name))
  if (kept.length === issue.labels.length) throw notFound('Label does not exist')
  issue.labels = kept
  issue.updatedAt = now
}

function checkLabel(repository: Repository, fields: LabelFields, self?: Label): void {
  const { name, color = plainColor, description } = fields
  const errors: FieldError[] = []
  if (name.trim() === '') errors.push({ resource: 'Label', code: 'missing_field', field: 'name' })
  const holder = repository.labels.get(keyOf(name))
  if (holder && holder !== self) errors.push({ resource: 'Label', code: 'already_exists', field: 'name' })
  if (!/^[0-9a-f]{6}$/i.test(color)) errors.push({ resource: 'Label', code: 'invalid', field: 'color' })
  if (description && description.length > 100) {
    const message = 'description is too long (maximum is 100 characters)'
    errors.push({ resource: 'Label', code: 'custom', field: 'description', message })
  }
  if (errors.length > 0) throw validationFailed(errors)
}
