import type { Access, AnyAction, CredentialReport, ServiceLogin } from '@agent/core'
import type { Finding } from './finding.ts'

/** What was granted beside what the actions in use need. */
interface PermissionComparison {
  granted: readonly string[]
  /** Needed and not granted, and by which actions. */
  missing: { name: string; actions: readonly string[] }[]
  /** Granted and not needed by any of the actions. */
  unneeded: readonly string[]
}

export interface PermissionCheck {
  scopes?: PermissionComparison
  fineGrained?: PermissionComparison
}

type Grant = Pick<CredentialReport, 'scopes' | 'fineGrained'>

/** Compares what the service tells of; what it does not tell is left out. */
export function checkPermissions(
  login: ServiceLogin,
  { scopes, fineGrained }: Grant,
  actions: readonly AnyAction[],
): PermissionCheck {
  const ofScopes = needs(actions, ({ permissions }) => permissions.scopes)
  const ofAccess = needs(actions, ({ permissions }) => accessNames(permissions.fineGrained ?? {}))
  return {
    ...(scopes && {
      scopes: compare(scopes, ofScopes, (granted, needed) => login.includesScope(granted, needed)),
    }),
    ...(fineGrained && { fineGrained: compare(accessNames(fineGrained), ofAccess, includesAccess) }),
  }
}

const accessNames = (permissions: Readonly<Record<string, Access>>): string[] =>
  Object.entries(permissions).map(([name, access]) => `${name}:${access}`)

const levels: readonly string[] = ['read', 'write', 'admin'] satisfies Access[]

function includesAccess(granted: string, needed: string): boolean {
  const [[name, access = ''], [neededName, neededAccess = '']] = [granted.split(':'), needed.split(':')]
  return name === neededName && levels.indexOf(access) >= levels.indexOf(neededAccess)
}

function needs(
  actions: readonly AnyAction[],
  namesOf: (action: AnyAction) => readonly string[],
): Map<string, string[]> {
  const needed = new Map<string, string[]>()
  for (const action of actions) {
    for (const name of namesOf(action)) needed.set(name, [...(needed.get(name) ?? []), action.name])
  }
  return needed
}

function compare(
  granted: readonly string[],
  needed: ReadonlyMap<string, readonly string[]>,
  includes: (granted: string, needed: string) => boolean,
): PermissionComparison {
  const isGranted = (name: string) => granted.some((each) => includes(each, name))
  const isNeeded = (name: string) => [...needed.keys()].some((each) => includes(name, each))
  return {
    granted,
    missing: [...needed].flatMap(([name, actions]) => (isGranted(name) ? [] : [{ name, actions }])),
    unneeded: granted.filter((name) => !isNeeded(name)),
  }
}

/** What is missing is a problem where it was said which actions are in use; else it may not be needed at all. */
export function permissionFindings(
  { scopes, fineGrained }: PermissionCheck,
  { subject, relogin, isChosen }: { subject: string; relogin: string; isChosen: boolean },
): Finding[] {
  const kinds = [
    ['scopes', scopes],
    ['permissions', fineGrained],
  ] as const
  return kinds.flatMap(([check, comparison]) => {
    const { missing = [], unneeded = [] } = comparison ?? {}
    return [
      ...missing.map(({ name, actions }): Finding => {
        const level = isChosen ? 'problem' : 'note'
        const message = `Lacks ${name}, which ${named(actions)} ${actions.length === 1 ? 'needs' : 'need'}.`
        return { level, check, subject, message, fix: `Grant it: ${relogin}` }
      }),
      ...(unneeded.length === 0 ? [] : [needless(check, subject, unneeded)]),
    ]
  })
}

const needless = (check: string, subject: string, names: readonly string[]): Finding => ({
  level: 'note',
  check,
  subject,
  message: `Has ${names.join(', ')}, which no action in use needs.`,
  fix: 'Connect it again with --actions or --read-only, to grant less.',
})

function named(actions: readonly string[]): string {
  const [first = '', second, third, ...more] = actions
  if (more.length > 0) return `${[first, second, third].join(', ')} and ${more.length} more`
  return [first, second, third].filter((name) => name !== undefined).join(', ')
}
