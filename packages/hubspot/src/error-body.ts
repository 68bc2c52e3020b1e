import { lazy } from '@agent/core'
import * as z from 'zod'

const text = () => z.string().optional().catch(undefined)
const context = () => z.record(z.string(), z.array(z.string())).optional().catch(undefined)

const entry = () => z.object({ message: text(), code: text(), context: context() })

// Every field is optional by HubSpot's own word, so a body of any shape is read as far as it goes.
const errorBody = lazy(() =>
  z.object({
    message: text(),
    category: text(),
    correlationId: text(),
    policyName: text(),
    context: context(),
    errors: z.array(entry().catch({})).catch([]),
  }),
)

export type HubspotErrorBody = z.output<ReturnType<typeof errorBody>>
export type HubspotErrorEntry = HubspotErrorBody['errors'][number]

/**
 * HubSpot's error body. Problems with properties that it writes as JSON into the message become entries of
 * `errors`.
 *
 * @see https://developers.hubspot.com/docs/api-reference/error-handling
 */
export function readErrorBody(json: unknown): HubspotErrorBody {
  const body = errorBody().safeParse(json).data ?? { errors: [] }
  const [, sentence, embedded] = /^([^[]*?):? *(\[\{.*\}\])$/s.exec(body.message ?? '') ?? []
  if (embedded === undefined) return body
  const errors = body.errors.length > 0 ? body.errors : readEmbedded(embedded)
  return { ...body, message: sentence, errors }
}

const embeddedProblems = lazy(() => z.array(z.object({ name: z.string(), error: text(), message: text() })))

function readEmbedded(embedded: string): HubspotErrorEntry[] {
  try {
    const problems = embeddedProblems().safeParse(JSON.parse(embedded)).data ?? []
    return problems.map(({ name, error, message }) => ({
      message,
      code: error,
      context: { propertyName: [name] },
    }))
  } catch {
    return []
  }
}
