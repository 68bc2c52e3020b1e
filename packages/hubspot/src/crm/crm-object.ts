import type { Permissions } from '@agent/core'

/** One of the object types that HubSpot's CRM objects API serves alike; the type keeps the names in it. */
export interface CrmObject<
  Singular extends string = string,
  Writable extends string = string,
  ReadOnly extends string = string,
  Required extends string = string,
  Target extends string = string,
> {
  /** As in paths and in the names of actions. */
  readonly plural: string
  readonly singular: Singular
  /** Folder of its guide in HubSpot's API reference. */
  readonly guide: string
  /** Object whose scopes open it: notes have none of their own. */
  readonly scopeObject: string
  /** What `query` of a search looks into, in words. */
  readonly searched: string
  /** Standard properties that can be written, each described for a model. */
  readonly properties: Readonly<Record<Writable, string>>
  /** Standard properties that HubSpot writes itself. */
  readonly readOnlyProperties: readonly ReadOnly[]
  /** Asked for when the caller names none. */
  readonly defaultProperties: readonly NoInfer<Writable | ReadOnly>[]
  /** What a new record cannot be without. */
  readonly requiredProperties: readonly (Required & NoInfer<Writable>)[]
  /** A new record needs one of these. */
  readonly requiredAnyOf?: readonly NoInfer<Writable>[]
  /** Values of a new record that the caller left out. */
  readonly initialProperties?: () => Readonly<Partial<Record<NoInfer<Writable>, string>>>
  /** Type ids of the unlabelled associations that HubSpot defines from this object to others. */
  readonly associationTypeIds: Readonly<Record<Target, number>>
}

/** `contactId` for contacts. */
export type IdName<D extends CrmObject> = `${D['singular']}Id`
export type WritableName<D extends CrmObject> = keyof D['properties'] & string
export type RequiredName<D extends CrmObject> = D['requiredProperties'][number]
export type StandardName<D extends CrmObject> = WritableName<D> | D['readOnlyProperties'][number]
export type AssociationTarget<D extends CrmObject> = keyof D['associationTypeIds'] & string

/** Describes a CRM object. */
export function crmObject<
  const Singular extends string,
  const Writable extends string,
  const ReadOnly extends string,
  const Required extends string,
  const Target extends string,
>(
  description: CrmObject<Singular, Writable, ReadOnly, Required, Target>,
): CrmObject<Singular, Writable, ReadOnly, Required, Target> {
  return description
}

export const idName = <D extends CrmObject>({ singular }: D) => `${singular}Id` as IdName<D>

export function permissionsFor({ scopeObject }: CrmObject, access: 'read' | 'write'): Permissions {
  return { scopes: [`crm.objects.${scopeObject}.${access}`] }
}

const reference = 'https://developers.hubspot.com/docs/api-reference/latest/crm'

export const guideOf = ({ guide }: CrmObject) => `${reference}/${guide}/guide`
export const searchGuide = `${reference}/search-the-crm`
