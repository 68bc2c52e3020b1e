export { type ActionFixture, describeConnector, type ConnectorFixtures } from './describe-connector.ts'
