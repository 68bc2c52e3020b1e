import { objectTypeFacts, objectTypes, type ObjectType } from '../account/object-types.ts'
import type { HubspotContext } from './environment.ts'
import { HubspotError } from './hubspot-error.ts'

export type Access = 'read' | 'write'

/**
 * Scopes of which one opens the records of a type; tickets also answer to their older single scope.
 * @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes
 */
export function objectScopes(type: ObjectType, access: Access): string[] {
  const { scopeObject } = objectTypeFacts[type]
  const scope = `crm.objects.${scopeObject}.${access}`
  return type === 'tickets' ? [scope, 'tickets'] : [scope]
}

/** Scopes of which one opens the properties and pipelines of a type. */
export function schemaScopes(type: ObjectType): string[] {
  return [`crm.schemas.${objectTypeFacts[type].scopeObject}.read`, ...objectScopes(type, 'read')]
}

export const ownerScopes = ['crm.objects.owners.read']

/** Every scope that some route asks for. */
export const allScopes: readonly string[] = [
  'oauth',
  ...ownerScopes,
  ...new Set(
    objectTypes.flatMap((type) => [
      `crm.objects.${objectTypeFacts[type].scopeObject}.read`,
      `crm.objects.${objectTypeFacts[type].scopeObject}.write`,
    ]),
  ),
]

export function requireScope(c: HubspotContext, anyOf: string[]): void {
  const granted = c.get('token').scopes
  if (anyOf.some((scope) => granted.includes(scope))) return
  const page = 'https://developers.hubspot.com/scopes'
  throw new HubspotError(
    403,
    'MISSING_SCOPES',
    `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${page}.`,
    {
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: anyOf },
        },
      ],
      links: { scopes: page },
    },
  )
}
