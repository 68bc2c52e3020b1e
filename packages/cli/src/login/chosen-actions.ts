import type { AnyAction, ServiceLogin } from '@agent/core'
import { usageError } from '../usage-error.ts'

/** Which actions of a service are in use. */
export interface ActionChoice {
  /** Names such as `issues.list`, comma-separated; `issues.*` for all of an entity. */
  actions?: string | undefined
  readOnly?: boolean | undefined
}

/** The actions chosen, or all. Throws ConfigError for a name that is not known. */
export function chosenActions(
  { catalogue }: ServiceLogin,
  { actions, readOnly = false }: ActionChoice,
): AnyAction[] {
  const all = new Map<string, AnyAction>()
  for (const [entity, ofEntity] of Object.entries(catalogue)) {
    for (const [name, action] of Object.entries(ofEntity)) all.set(`${entity}.${name}`, action)
  }
  const named = actions === undefined ? [...all.values()] : listed(actions).flatMap((name) => find(all, name))
  return [...new Set(named)].filter(({ effect }) => !readOnly || effect === 'read')
}

function find(all: ReadonlyMap<string, AnyAction>, wanted: string): AnyAction[] {
  const [entity = ''] = wanted.split('.')
  const ofEntity = [...all].filter(([name]) => name.startsWith(`${entity}.`))
  const found = wanted.endsWith('.*') ? ofEntity : ofEntity.filter(([name]) => name === wanted)
  if (found.length > 0) return found.map(([, action]) => action)
  const known =
    ofEntity.length > 0 ? ofEntity.map(([name]) => name) : entitiesOf(all).map((name) => `${name}.*`)
  throw usageError('--actions names an action that is not known.', `Known: ${known.join(', ')}.`)
}

const entitiesOf = (all: ReadonlyMap<string, AnyAction>) => [
  ...new Set([...all.keys()].map((name) => name.slice(0, name.indexOf('.')))),
]

/** The parts of a comma-separated list. */
export const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** The fewest scopes that allow these actions, each once and none that another includes. */
export function leastScopes(login: ServiceLogin, actions: readonly AnyAction[]): string[] {
  const needed = [...new Set(actions.flatMap(({ permissions }) => permissions.scopes))]
  return needed.filter(
    (scope) => !needed.some((other) => other !== scope && login.includesScope(other, scope)),
  )
}
