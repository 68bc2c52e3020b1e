import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createGateway, type LanguageModel } from 'ai'
import { scriptedModel } from './scripted/scripted-model.ts'
import type { Settings } from './settings.ts'

interface Chosen {
  model: LanguageModel
  /** Said at the start. */
  description: string
}

/** A real model where a key is set, else the scripted one. */
export function chooseModel(environment: Settings['environment']): Chosen {
  const named = environment['SAMPLE_MODEL']?.trim() ?? ''
  const providers = [
    ['ANTHROPIC_API_KEY', 'Anthropic', 'claude-sonnet-5-5', (apiKey: string) => createAnthropic({ apiKey })],
    ['OPENAI_API_KEY', 'OpenAI', 'gpt-5.5', (apiKey: string) => createOpenAI({ apiKey })],
    [
      'AI_GATEWAY_API_KEY',
      'AI Gateway',
      'anthropic/claude-sonnet-5.5',
      (apiKey: string) => createGateway({ apiKey }),
    ],
  ] as const
  for (const [variable, provider, fallback, create] of providers) {
    const key = environment[variable]?.trim()
    if (!key) continue
    const name = named === '' ? fallback : named
    return { model: create(key)(name), description: `${name} (${provider}) drives the tools.` }
  }
  return {
    model: scriptedModel(),
    description:
      'No model key is set, so a scripted model drives the same tools (set ANTHROPIC_API_KEY for a real one).',
  }
}
