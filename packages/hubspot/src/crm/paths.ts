import { path } from '@agent/core'

/**
 * Version of the API that every path names.
 *
 * @see https://developers.hubspot.com/docs/developer-tooling/platform/versioning
 */
const version = '2026-09'

export const recordsPath = (objectType: string) => path`/crm/objects/${version}/${objectType}`

export const recordPath = (objectType: string, id: string) =>
  path`/crm/objects/${version}/${objectType}/${id}`

export const searchPath = (objectType: string) => path`/crm/objects/${version}/${objectType}/search`

export interface RecordReference {
  objectType: string
  objectId: string
}

export const associationsPath = ({ objectType, objectId }: RecordReference, toObjectType: string) =>
  path`/crm/objects/${version}/${objectType}/${objectId}/associations/${toObjectType}`

export interface PairReference extends RecordReference {
  toObjectType: string
  toObjectId: string
}

export const associationPath = ({ objectType, objectId, toObjectType, toObjectId }: PairReference) =>
  path`/crm/objects/${version}/${objectType}/${objectId}/associations/${toObjectType}/${toObjectId}`

export const defaultAssociationPath = ({ objectType, objectId, toObjectType, toObjectId }: PairReference) =>
  path`/crm/objects/${version}/${objectType}/${objectId}/associations/default/${toObjectType}/${toObjectId}`

export const associationLabelsPath = (fromObjectType: string, toObjectType: string) =>
  path`/crm/associations/${version}/${fromObjectType}/${toObjectType}/labels`
