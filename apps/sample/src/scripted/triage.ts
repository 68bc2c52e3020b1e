export interface ToolCall {
  tool: string
  input: unknown
}

interface Ticket {
  id: string
  properties: { subject?: string; content?: string; hs_ticket_priority?: string }
}

interface Issue {
  number: number
  title: string
  html_url: string
}

/**
 * What a model would do, step by step: yields the tool calls of a step and is resumed with their results.
 * Returns the closing summary.
 */
export function* triage(
  prompt: string,
  tools: ReadonlySet<string>,
): Generator<ToolCall[], string, unknown[]> {
  const [, owner = '', repo = ''] = /repository (\S+?)\/(\S+?)[\s.]/.exec(prompt) ?? []
  const canWrite = tools.has('github_issues_create') && tools.has('hubspot_notes_create')

  const [found] = yield [searchTickets]
  const tickets = listOf<Ticket>(found)
  if (tickets.length === 0) return failureOf(found) ?? 'There are no open tickets.'

  const searches = yield tickets.map((ticket) => searchIssues(owner, repo, ticket))
  const matches = searches.map((result) => listOf<Issue>(result)[0])

  const lines: string[] = []
  for (const [index, ticket] of tickets.entries()) {
    const about = `Ticket ${ticket.id}, "${ticket.properties.subject ?? ''}"`
    const match = matches[index]
    const failed = failureOf(searches[index])
    if (failed !== undefined) lines.push(`${about}: the search failed. ${failed}`)
    else if (match) lines.push(`${about}: known as #${match.number}, "${match.title}".`)
    else if (!canWrite) lines.push(`${about}: has no issue yet; opening one needs write access.`)
    else lines.push(`${about}: ${yield* openIssue(owner, repo, ticket)}`)
  }
  return lines.join('\n')
}

function* openIssue(owner: string, repo: string, ticket: Ticket): Generator<ToolCall[], string, unknown[]> {
  const [created] = yield [createIssue(owner, repo, ticket)]
  if (created === undefined) return 'no issue was opened, as you said no.'
  const failed = failureOf(created)
  if (failed !== undefined) return `no issue was opened. ${failed}`
  const issue = created as Issue
  const [noted] = yield [createNote(ticket, issue)]
  const isNoted = noted !== undefined && failureOf(noted) === undefined
  return `opened #${issue.number} and ${isNoted ? 'noted it on the ticket' : 'left no note on the ticket'}.`
}

const searchTickets: ToolCall = {
  tool: 'hubspot_tickets_search',
  input: {
    filterGroups: [{ filters: [{ propertyName: 'hs_pipeline_stage', operator: 'NEQ', value: '4' }] }],
    properties: ['subject', 'content', 'hs_ticket_priority'],
    limit: 20,
  },
}

/** The two longest words of the subject: crude, but a script has nothing better. */
function searchIssues(owner: string, repo: string, { properties }: Ticket): ToolCall {
  const words = (properties.subject ?? '').match(/\p{L}{4,}/gu) ?? []
  const longest = words.toSorted((one, other) => other.length - one.length).slice(0, 2)
  return {
    tool: 'github_issues_search',
    input: { q: `repo:${owner}/${repo} is:issue is:open ${longest.join(' ')}`, limit: 3 },
  }
}

const createIssue = (owner: string, repo: string, { id, properties }: Ticket): ToolCall => ({
  tool: 'github_issues_create',
  input: {
    owner,
    repo,
    title: properties.subject ?? `Ticket ${id}`,
    body: `${properties.content ?? ''}\n\nReported in HubSpot ticket ${id}.`,
    labels: ['bug'],
  },
})

const createNote = ({ id }: Ticket, { number, html_url }: Issue): ToolCall => ({
  tool: 'hubspot_notes_create',
  input: {
    properties: { hs_note_body: `Tracked as GitHub issue #${number}: ${html_url}` },
    associations: [{ toObjectType: 'tickets', toObjectId: id }],
  },
})

function listOf<Item>(result: unknown): Item[] {
  const data = (result as { data?: unknown } | undefined)?.data
  return Array.isArray(data) ? (data as Item[]) : []
}

function failureOf(result: unknown): string | undefined {
  const error = (result as { error?: { message?: string; hint?: string } } | null | undefined)?.error
  return error && [error.message, error.hint].filter(Boolean).join(' ')
}
