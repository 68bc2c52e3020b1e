import type { Approval } from '../../emulator.ts'
import type { AssociationEdges, AssociationType } from '../associations/association-types.ts'
import type { ObjectType } from './object-types.ts'
import type { PropertyDefinition } from './property-definitions.ts'
import type { Owner, Pipeline } from './reference-data.ts'

/** Everything the emulated account holds. */
export interface HubspotState {
  portalId: number
  /** Records by id, archived ones included, in ascending order of id. */
  objects: Record<ObjectType, Map<string, CrmRecord>>
  associations: AssociationEdges
  associationTypes: AssociationType[]
  properties: Record<ObjectType, Map<string, PropertyDefinition>>
  pipelines: Partial<Record<ObjectType, Pipeline[]>>
  owners: Owner[]
  apps: OauthApp[]
  accessTokens: Map<string, AccessToken>
  refreshTokens: Map<string, RefreshToken>
  authorizationCodes: Map<string, AuthorizationCode>
  rotateRefreshTokens: boolean
  /** What the signed-in user answers on the authorization page. */
  approval: Approval
  limits: RateLimits
  usage: Usage
  /** Id of the live record that holds a unique value, by `type:property:value`. */
  uniqueValues: Map<string, string>
  nextRecordId: number
  issuedTokens: number
}

/** The state and the clock that the routes share; `reset` puts another state in its place. */
export interface Account {
  state: HubspotState
  now: () => number
}

export interface CrmRecord {
  id: string
  /** Values as HubSpot returns them; an empty one is absent. */
  properties: Record<string, string>
  /** Values of changed properties, newest first. */
  history: Record<string, PropertyVersion[]>
  createdAt: string
  updatedAt: string
  archived: boolean
  archivedAt?: string
}

export interface PropertyVersion {
  value: string
  timestamp: string
}

export interface AccessToken {
  token: string
  scopes: string[]
  kind: 'oauth' | 'serviceKey' | 'privateApp'
  /** Milliseconds since the epoch; a token without one lasts for ever. */
  expiresAt?: number
  clientId?: string
  revoked?: boolean
}

export interface OauthApp {
  clientId: string
  clientSecret: string
  /** Where users may be sent to, to the letter; anywhere where omitted. */
  redirectUris?: string[]
}

export interface RefreshToken {
  token: string
  clientId: string
  scopes: string[]
  revoked?: boolean
}

export interface AuthorizationCode {
  code: string
  clientId: string
  redirectUri: string
  scopes: string[]
  /** Milliseconds since the epoch; never where omitted. */
  expiresAt?: number
  /** Of PKCE, S256. */
  codeChallenge?: string
}

export interface RateLimits {
  /** Calls per app in any ten seconds. */
  perTenSeconds: number
  /** Calls per account and UTC day, those of OAuth apps not counted. */
  perDay: number
  /** Searches per account in any second. */
  searchPerSecond: number
}

export interface Usage {
  tenSecondsByApp: Map<string, number[]>
  searches: number[]
  day: number
  callsOfDay: number
}
