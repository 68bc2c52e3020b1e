import {
  AbortError,
  type ActionSummary,
  ConfigError,
  type Connector,
  ConnectorError,
  type PageMeta,
} from '@agent/core'
import { jsonSchema, type JSONSchema7, tool, type ToolSet } from 'ai'

export interface ConnectorToolsOptions {
  /** Actions to offer, as `entity.action`; `*` stands for any part: `issues.*`, `*.list`. All unless told. */
  allow?: readonly string[]
  /** Offers only actions that read. */
  readOnly?: boolean
}

/** What a model gets when a call fails: enough to correct itself or to explain, no more. */
export interface ToolFailure {
  error: { code: string; message: string; outcome: string; hint?: string; retryAt?: string }
}

/**
 * A connector as tools of the AI SDK, one for each action, named `service_entity_action`. Parameters are
 * checked before anything is sent, and a failed call becomes a short {@link ToolFailure} for the model. Throws
 * ConfigError (`CONFIG_INVALID`) for a pattern in `allow` that matches no action.
 *
 * @example generateText({ model, tools: connectorTools(github, { allow: ['issues.*'] }), prompt })
 */
export function connectorTools(connector: Connector, options: ConnectorToolsOptions = {}): ToolSet {
  const { allow = ['*.*'], readOnly = false } = options
  const actions = connector.entities()
  const patterns = allow.map((pattern) => matcher(pattern, actions))
  const offered = actions.filter(
    ({ name, effect }) => patterns.some((matches) => matches(name)) && (!readOnly || effect === 'read'),
  )
  return Object.fromEntries(offered.map((action) => [toolName(connector, action), toTool(connector, action)]))
}

function toTool(connector: Connector, { entity, action, summary, isPaged }: ActionSummary) {
  return tool<unknown, unknown, Record<string, unknown>>({
    description: summary,
    inputSchema: jsonSchema(() => connector.describe(entity, action).inputSchema as JSONSchema7),
    execute: async (input, { abortSignal }) => {
      try {
        const { data, meta } = await connector.execute(entity, action, input, { signal: abortSignal })
        return isPaged ? { data, ...paging(meta) } : data
      } catch (error) {
        if (!ConnectorError.isInstance(error) || AbortError.isInstance(error)) throw error
        return toFailure(error)
      }
    },
  })
}

/** What a model needs to go on; request ids and rate limits are for the app. */
function paging({ nextCursor, totalCount }: PageMeta) {
  return { ...(nextCursor !== undefined && { nextCursor }), ...(totalCount !== undefined && { totalCount }) }
}

function toFailure({ code, message, outcome, hint, retryAt }: ConnectorError): ToolFailure {
  const next = { ...(hint !== undefined && { hint }), ...(retryAt && { retryAt: retryAt.toISOString() }) }
  return { error: { code, message, outcome, ...next } }
}

function toolName({ serviceName }: Connector, { entity, action }: ActionSummary): string {
  return `${serviceName}_${entity}_${action}`
}

function matcher(pattern: string, actions: readonly ActionSummary[]): (name: string) => boolean {
  const source = pattern.split('*').map((part) => part.replaceAll(/[^\w-]/g, '\\$&'))
  const expression = new RegExp(`^${source.join('[^.]*')}$`)
  const matches = (name: string) => expression.test(name)
  if (actions.some(({ name }) => matches(name))) return matches
  throw new ConfigError(`allow: "${pattern}" matches no action.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Use entity.action, such as "${actions[0]?.name ?? ''}" or "${actions[0]?.entity ?? ''}.*".`,
    issues: [{ path: 'allow', expected: 'patterns over entity.action' }],
  })
}
