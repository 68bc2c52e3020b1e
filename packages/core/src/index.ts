export { connect } from './action/connect.ts'
export type { ActionResult, ArgumentsOf, CallOf, Connection } from './action/connection.ts'
export type { CommonOptions, ConnectionOptions } from './action/connection-options.ts'
export {
  type ActionDescription,
  type ActionMethod,
  type ActionSummary,
  type Catalogue,
  type Connector,
  type ConnectorClass,
  createConnector,
  type Entities,
  type ExecuteResult,
} from './action/connector.ts'
export {
  type Action,
  type ActionDefinition,
  type AnyAction,
  defineAction,
  type InputOf,
  type OutputOf,
  type PageParameters,
} from './action/define-action.ts'
export type { Effect } from './action/effect.ts'
export { inputJsonSchema, type JsonSchema, outputJsonSchema } from './action/json-schema.ts'
export { lazy } from './action/lazy.ts'
export { noContent } from './action/no-content.ts'
export type { Page, PagedCall } from './action/paged-call.ts'
export { cursorInBody, type CursorInBodyOptions } from './action/pages/cursor-in-body.ts'
export { linkHeader, type LinkHeaderOptions } from './action/pages/link-header.ts'
export type { PageKind, PagePosition, PageReply, RawPage } from './action/pages/page-kind.ts'
export { pageNumber, type PageNumberOptions } from './action/pages/page-number.ts'
export { path, type Path } from './action/path.ts'
export type { Access, Permissions } from './action/permissions.ts'
export type { DriftPolicy } from './action/read-output.ts'
export type { ActionRequest, Method, QueryValue } from './action/request.ts'
export type { CallOptions, PageMeta, ResultMeta } from './action/result.ts'
export { type AuthenticateContext, defineService, type Service } from './action/service.ts'
export { apiKey, type ApiKeyOptions } from './auth/api-key.ts'
export { authFromEnv, type Environment, type EnvironmentKind } from './auth/auth-from-env.ts'
export type {
  AuthContext,
  Authenticator,
  Authorization,
  TokenRefreshEvent,
  TokenReply,
  TokenRequest,
} from './auth/authenticator.ts'
export { basic, type BasicOptions, type BasicPart } from './auth/basic.ts'
export { bearer, type BearerOptions } from './auth/bearer.ts'
export { clientCredentials, type ClientCredentialsOptions } from './auth/client-credentials.ts'
export { jwtBearer, type JwtBearerOptions } from './auth/jwt-bearer.ts'
export {
  type AuthorizationOptions,
  finishAuthorization,
  type FinishAuthorizationOptions,
  type PendingAuthorization,
  startAuthorization,
} from './auth/login/authorization.ts'
export {
  type DeviceAuthorization,
  type DeviceAuthorizationOptions,
  type DevicePollOptions,
  startDeviceAuthorization,
} from './auth/login/device.ts'
export { authContext, type AuthContextOptions } from './auth/login/auth-context.ts'
export { expandUrl } from './auth/login/expand-url.ts'
export type { LoginOptions } from './auth/login/login-options.ts'
export type {
  CredentialReport,
  InspectOptions,
  LoginClient,
  LoginEndpoints,
  PastedCredential,
  ServiceLogin,
} from './auth/login/service-login.ts'
export { type CredentialValue, credentialValue, readCredential } from './auth/credential-value.ts'
export {
  type BaseUrlExtraction,
  oauth2,
  type OAuth2Options,
  type OAuth2Tokens,
  type OnTokens,
  type TokenEndpointOptions,
} from './auth/oauth2.ts'
export { deferred } from './auth/deferred.ts'
export { renewable, type RenewableOptions } from './auth/renewable.ts'
export type { HeldTokens } from './auth/held-tokens.ts'
export type { KeptTokens, Renewal, TokenKeeper } from './auth/token-keeper.ts'
export type { Grant, TokenSessionOptions } from './auth/token-session.ts'
export { oauth2Fields } from './auth/oauth2-config.ts'
export { Secret } from './auth/secret.ts'
export type { CredentialStore, StoredValue } from './credentials/credential-store.ts'
export {
  type EncryptedStore,
  encryptedStore,
  type EncryptedStoreOptions,
} from './credentials/encrypted/encrypted-store.ts'
export type {
  EncryptionKey,
  EncryptionKeys,
  EncryptionKeysSource,
  EncryptionKeyValue,
} from './credentials/encrypted/encryption-keys.ts'
export {
  reencrypt,
  type ReencryptOptions,
  type ReencryptProgress,
} from './credentials/encrypted/reencrypt.ts'
export { storeUnavailable } from './credentials/store-unavailable.ts'
export {
  type CredentialSummary,
  type CredentialToSave,
  deleteSavedCredential,
  listSavedCredentials,
  readSavedCredential,
  type SavedCredential,
  type SavedCredentialName,
  saveCredential,
  type ServiceLike,
} from './credentials/saved-credentials.ts'
export type { StoredAuthConfig } from './credentials/stored-auth-config.ts'
export { memoryStore } from './credentials/memory-store.ts'
export {
  ConnectorError,
  type ErrorCode,
  type Issue as ErrorIssue,
  type Outcome,
} from './errors/connector-error.ts'
export {
  AbortError,
  AuthRejectedError,
  ConfigError,
  DestinationBlockedError,
  OutcomeUnknownError,
  PermissionError,
  ProtocolError,
  QuotaExhaustedError,
  RateLimitError,
  ReauthRequiredError,
  RedirectBlockedError,
  RemoteError,
  ResponseTooLargeError,
  StoreError,
  TimeoutError,
  TokenEndpointError,
  TransportError,
  ValidationError,
} from './errors/errors.ts'
export type { Fetch } from './http/attempt.ts'
export type {
  CallEvent,
  ConnectionEvents,
  DriftEvent,
  RateLimit,
  RequestEvent,
  ResponseEvent,
  ResultEvent,
  RetryEvent,
} from './http/events.ts'
export { readRetryAfterMs } from './http/retry-after.ts'
export type { HttpLimits } from './http/exchange.ts'
export type { ErrorReply, RemoteErrorDetails } from './http/remote-error.ts'
