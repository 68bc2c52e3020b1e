import { ConfigError } from '@agent/core'
import { createGithubEmulator, defaultGithubSeed, type GithubEmulator } from '@agent/emulators'
import { GithubConnector } from '@agent/github'
import { asSchema, generateText, isStepCount, type ToolSet } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectorTools, type ToolFailure } from './index.ts'

const token = 'test-token-1'
const repository = { owner: 'harborworks', repo: 'billing-portal' }

let emulator: GithubEmulator
let github: GithubConnector

beforeAll(async () => {
  emulator = await createGithubEmulator({ seed: defaultGithubSeed })
  github = new GithubConnector({ auth: { type: 'personalAccessToken', token }, baseUrl: emulator.url })
})
beforeEach(() => {
  emulator.reset()
})
afterAll(() => emulator.close())

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
}

/** Lets a model make one call, and returns what it gets to see of the result. */
async function modelCalls(tools: ToolSet, toolName: string, input: unknown, signal?: AbortSignal) {
  const model = new MockLanguageModelV4({
    doGenerate: [
      {
        content: [{ type: 'tool-call', toolCallId: '1', toolName, input: JSON.stringify(input) }],
        finishReason: { unified: 'tool-calls', raw: undefined },
        usage,
        warnings: [],
      },
      {
        content: [{ type: 'text', text: 'done' }],
        finishReason: { unified: 'stop', raw: undefined },
        usage,
        warnings: [],
      },
    ],
  })
  await generateText({
    model,
    tools,
    prompt: 'go',
    stopWhen: isStepCount(3),
    ...(signal && { abortSignal: signal }),
  })
  const message = model.doGenerateCalls[1]?.prompt.at(-1)
  const part = message?.role === 'tool' ? message.content[0] : undefined
  return part?.type === 'tool-result' ? part.output : undefined
}

describe('connectorTools', () => {
  it('offers every action as a tool with its schema', async () => {
    const tools = connectorTools(github)
    expect(Object.keys(tools)).toHaveLength(github.entities().length)
    const { description, inputSchema } = tools['github_issues_create'] ?? {}
    expect(description).toBe('Open an issue.')
    expect(await asSchema(inputSchema).jsonSchema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['owner', 'repo', 'title'],
    })
    for (const name of Object.keys(tools)) expect(name).toMatch(/^[\w-]{1,64}$/)
  })

  it('lets a model call an action, and shows it the answer without ids and rate limits', async () => {
    const output = await modelCalls(connectorTools(github), 'github_issues_list', { ...repository, limit: 1 })
    expect(output).toMatchObject({ type: 'json', value: { data: [{ state: 'open' }] } })
    const { value } = output as { value: Record<string, unknown> }
    expect(Object.keys(value).toSorted()).toEqual(['data', 'nextCursor'])
  })

  it('gives a single answer as it is', async () => {
    const output = await modelCalls(connectorTools(github), 'github_viewer_get', {})
    expect(output).toMatchObject({ type: 'json', value: { login: 'maria-silva' } })
  })

  it.each([
    ['github_issues_get', { ...repository, issue_number: 999 }, 'NOT_FOUND', 'rejected', 1],
    ['github_issues_get', { ...repository, number: 1 }, 'INPUT_INVALID', 'not_sent', 0],
    ['github_issues_get', { ...repository, owner: '..', issue_number: 1 }, 'INPUT_INVALID', 'not_sent', 0],
  ])('turns a failure into a short result: %s %j', async (name, input, code, outcome, requests) => {
    const output = await modelCalls(connectorTools(github), name, input)
    const { value } = output as unknown as { value: ToolFailure }
    expect(value.error).toMatchObject({ code, outcome })
    expect(value.error.hint).toMatch(/\w/)
    expect(emulator.requests).toHaveLength(requests)
    expect(JSON.stringify(value)).not.toContain(token)
  })

  it('tells the model that a write may have been applied', async () => {
    emulator.addFault({ kind: 'fails-after-applying', match: { method: 'POST' } })
    const output = await modelCalls(connectorTools(github), 'github_issues_create', {
      ...repository,
      title: 'x',
    })
    expect(output).toMatchObject({ value: { error: { code: 'OUTCOME_UNKNOWN', outcome: 'unknown' } } })
    expect(emulator.requests).toHaveLength(1)
  })

  it('offers only reads with readOnly', () => {
    const effects = new Map(
      github.entities().map(({ entity, action, effect }) => [`github_${entity}_${action}`, effect]),
    )
    const names = Object.keys(connectorTools(github, { readOnly: true }))
    expect(names.length).toBeGreaterThan(5)
    expect(names.filter((name) => effects.get(name) !== 'read')).toEqual([])
  })

  it('offers only what allow matches', () => {
    const names = (allow: string[]) => Object.keys(connectorTools(github, { allow })).toSorted()
    expect(names(['viewer.get', 'labels.get'])).toEqual(['github_labels_get', 'github_viewer_get'])
    expect(names(['issues.*']).every((name) => name.startsWith('github_issues_'))).toBe(true)
    expect(names(['*.create'])).toContain('github_labels_create')
    expect(names([])).toEqual([])
  })

  it('refuses a pattern that matches nothing, and takes it as text, not as an expression', () => {
    for (const pattern of ['isues.*', 'issues', '.*', 'issues.(list|get)', '']) {
      expect(() => connectorTools(github, { allow: [pattern] })).toThrow(ConfigError)
    }
  })

  it('stops with the run', async () => {
    const abort = new AbortController()
    emulator.addFault({ kind: 'slow', delayMs: 5_000 })
    const run = modelCalls(connectorTools(github), 'github_viewer_get', {}, abort.signal)
    abort.abort()
    await expect(run).rejects.toThrow()
  })
})
