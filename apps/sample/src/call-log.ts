import { AsyncLocalStorage } from 'node:async_hooks'
import type { CommonOptions, ResponseEvent } from '@agent/core'
import type { ToolSet } from 'ai'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

export interface CallLog {
  events: CommonOptions
  /** The same tools; each call of one prints a line when it ends. */
  watch: (tools: ToolSet) => ToolSet
  /** What the answers have cost a model so far. */
  totals: () => { calls: number; tokens: number }
}

/** One readable line per call: who, what, method and path, status, time, and the tokens of the answer. */
export function createCallLog(print: (line: string) => void): CallLog {
  const storage = new AsyncLocalStorage<ResponseEvent[]>()
  let tokens = 0
  let calls = 0

  const finish = (tool: string, responses: readonly ResponseEvent[], output: unknown) => {
    const cost = countTokens(JSON.stringify(output ?? null))
    tokens += cost
    calls += 1
    const last = responses.at(-1)
    if (!last) {
      const { error } = output as { error?: { message?: string } }
      print(`  ${tool}  not sent: ${error?.message ?? 'no reason given'}`)
      return
    }
    const statuses = responses.map(({ status }) => status).join(' → ')
    const elapsedMs = responses.reduce((sum, { durationMs }) => sum + durationMs, 0)
    const { pathname } = new URL(last.url)
    const facts = [statuses, `${Math.round(elapsedMs)} ms`, `${cost} tokens`].join('  ')
    print(`${label(last.service, last.action)} ${last.method} ${pathname}  ${facts}`)
  }

  const watchTool = (key: string, tool: ToolSet[string]): ToolSet[string] => {
    const { execute } = tool
    if (!execute) return tool
    const watched: typeof execute = (input: unknown, options: Parameters<typeof execute>[1]) => {
      const responses: ResponseEvent[] = []
      return storage.run(responses, async () => {
        const output: unknown = await execute(input, options)
        finish(key, responses, output)
        return output
      })
    }
    return { ...tool, execute: watched }
  }

  return {
    events: {
      onResponse: (event) => storage.getStore()?.push(event),
      onRetry: ({ service, action, reason, delayMs }) => {
        print(`${label(service, action)} trying again in ${Math.round(delayMs)} ms (${reason})`)
      },
      onTokenRefresh: ({ service, url, reason, outcome, durationMs }) => {
        const { pathname } = new URL(url)
        const facts = `${Math.round(durationMs)} ms  (${reasons[reason]})`
        print(`${label(service, `token ${outcome}`)} POST ${pathname}  ${facts}`)
      },
    },
    watch: (tools) =>
      Object.fromEntries(Object.entries(tools).map(([key, tool]) => [key, watchTool(key, tool)])),
    totals: () => ({ calls, tokens }),
  }
}

const reasons = {
  missing: 'there was no access token',
  expiring: 'the access token was about to expire',
  rejected: 'the access token had expired',
}

const label = (service: string, action: string) => `  ${service.padEnd(8)} ${action.padEnd(16)}`
