export { type ActionFixture, describeConnector, type ConnectorFixtures } from './describe-connector.ts'
export { type CredentialStoreSubject, describeCredentialStore } from './describe-credential-store.ts'
