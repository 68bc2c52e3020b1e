import type { Account, GithubState, Repository } from './types.ts'

export function fullName(repository: Repository): string {
  return `${repository.owner}/${repository.name}`
}

/** The key of logins, label names and full names, which ignore case. */
export function keyOf(name: string): string {
  return name.toLowerCase()
}

export function findRepository(state: GithubState, owner: string, name: string): Repository | undefined {
  return state.repositories.get(keyOf(`${owner}/${name}`))
}

export function repositoryById(state: GithubState, id: number): Repository | undefined {
  for (const repository of state.repositories.values()) if (repository.id === id) return repository
  return undefined
}

/** The account of a login that the state itself refers to. */
export function accountOf(state: GithubState, login: string): Account {
  const account = state.accounts.get(keyOf(login))
  if (!account) throw new Error(`Unknown account "${login}": add it to the seed's users or organizations.`)
  return account
}
