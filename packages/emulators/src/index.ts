export type {
  Approval,
  Emulator,
  EmulatorOptions,
  Fault,
  FaultKind,
  OauthControls,
  RecordedRequest,
  RequestMatch,
  TokenRequest,
} from './emulator.ts'
export { createHubspotEmulator, type HubspotEmulator } from './hubspot/create-hubspot-emulator.ts'
export { defaultHubspotSeed } from './hubspot/seed/default-seed.ts'
export type { HubspotSeed, SeedAssociation, SeedObject } from './hubspot/seed/hubspot-seed.ts'
export type { HubspotState } from './hubspot/account/state.ts'
export { createGithubEmulator, type GithubEmulator } from './github/create-github-emulator.ts'
export { githubSecondaryRateLimit, type SecondaryLimitOptions } from './github/http/rate-limit.ts'
export { defaultGithubSeed } from './github/state/default-seed.ts'
export type { GithubSeed } from './github/state/seed.ts'
export type { GithubState } from './github/state/types.ts'
