export { connectorTools, type ConnectorToolsOptions, type ToolFailure } from './connector-tools.ts'
