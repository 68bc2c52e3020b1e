import { MockLanguageModelV4 } from 'ai/test'
import { triage, type ToolCall } from './triage.ts'

type Options = Parameters<MockLanguageModelV4['doGenerate']>[0]

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
}

/**
 * A model of the AI SDK's test kit that follows a script. It sees what a real model sees, the prompt and the
 * results of its own tool calls, and acts on nothing else.
 */
export function scriptedModel(): MockLanguageModelV4 {
  let script: ReturnType<typeof triage> | undefined
  let calls = 0
  return new MockLanguageModelV4({
    modelId: 'scripted',
    doGenerate: (options) => {
      script ??= triage(promptText(options), new Set((options.tools ?? []).map(({ name }) => name)))
      const next = script.next(lastResults(options))
      if (next.done) {
        const content = [{ type: 'text' as const, text: next.value }]
        return Promise.resolve({
          content,
          finishReason: { unified: 'stop', raw: undefined },
          usage,
          warnings: [],
        })
      }
      const content = next.value.map(({ tool, input }: ToolCall) => ({
        type: 'tool-call' as const,
        toolCallId: `call-${++calls}`,
        toolName: tool,
        input: JSON.stringify(input),
      }))
      return Promise.resolve({
        content,
        finishReason: { unified: 'tool-calls', raw: undefined },
        usage,
        warnings: [],
      })
    },
  })
}

function promptText({ prompt }: Options): string {
  const message = prompt.find(({ role }) => role === 'user')
  if (message?.role !== 'user') return ''
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
}

/** Outputs of the last step's tools, in order; undefined for one that was denied. */
function lastResults({ prompt }: Options): unknown[] {
  const message = prompt.at(-1)
  if (message?.role !== 'tool') return []
  return message.content.flatMap((part) => {
    if (part.type !== 'tool-result') return []
    return [part.output.type === 'json' ? part.output.value : undefined]
  })
}
