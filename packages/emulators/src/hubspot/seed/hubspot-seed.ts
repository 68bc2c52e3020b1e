import type { ObjectType } from '../account/object-types.ts'
import type { CustomProperty } from '../account/property-definitions.ts'
import type { Owner, Pipeline } from '../account/reference-data.ts'
import type { AccessToken, AuthorizationCode, OauthApp, RateLimits, RefreshToken } from '../account/state.ts'
import type { AssociationLabel } from '../associations/association-types.ts'

/** What an account starts with; nothing of a kind that is omitted, the standard pipelines apart. */
export interface HubspotSeed {
  tokens?: Omit<AccessToken, 'revoked'>[]
  apps?: OauthApp[]
  refreshTokens?: Omit<RefreshToken, 'revoked'>[]
  authorizationCodes?: AuthorizationCode[]
  /** Makes refresh tokens single-use: each renewal hands out another one. */
  rotateRefreshTokens?: boolean
  /** Limits far above HubSpot's own where omitted. */
  limits?: Partial<RateLimits>
  objects?: Partial<Record<ObjectType, SeedObject[]>>
  owners?: Owner[]
  pipelines?: Partial<Record<ObjectType, Pipeline[]>>
  /** Properties beyond the standard ones. */
  properties?: Partial<Record<ObjectType, CustomProperty[]>>
  associationLabels?: AssociationLabel[]
}

export interface SeedObject {
  /** A number in digits; the next free one where omitted. */
  id?: string
  properties: Record<string, string>
  associations?: SeedAssociation[]
}

export interface SeedAssociation {
  to: { type: ObjectType; id: string }
  /** The unlabelled association where omitted. */
  typeId?: number
}
