import type { Permissions } from '@agent/core'

export const associationsGuide =
  'https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide'

/** The scope of either record's object opens an association; which that is, the call decides. */
export const eitherObjectsScope: Permissions = { scopes: [] }
