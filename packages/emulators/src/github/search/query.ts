import { validationFailed } from '../http/errors.ts'

/** A word, a quoted phrase, or a qualifier with its value. */
export interface Term {
  qualifier: string | undefined
  value: string
}

export type Expression =
  | { kind: 'term'; term: Term }
  | { kind: 'not'; inner: Expression }
  | { kind: 'and' | 'or'; parts: Expression[] }

export interface Query {
  expression: Expression
  /** Every term, wherever it stands. */
  terms: Term[]
}

type Token = { kind: 'open' | 'close' | 'and' | 'or' | 'not' } | { kind: 'term'; term: Term }

const operators = { AND: 'and', OR: 'or', NOT: 'not' } as const
const longestText = 256
const mostOperators = 5

/**
 * Parses a search: terms side by side are joined by AND, `-` and NOT negate, parentheses group.
 * @see https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/filtering-and-searching-issues-and-pull-requests
 */
export function parseQuery(text: string, qualifiers: ReadonlySet<string>): Query {
  const tokens = tokenize(text, qualifiers)
  const terms = tokens.flatMap((token) => (token.kind === 'term' ? [token.term] : []))
  const words = terms.filter((term) => term.qualifier === undefined).map((term) => term.value)
  if (terms.length === 0)
    throw invalidSearch('missing', 'None of the search qualifiers apply to this search type.')
  if (words.join(' ').length > longestText) {
    throw invalidSearch('invalid', `The search is longer than ${longestText} characters.`)
  }
  if (tokens.filter(({ kind }) => kind in { and: 1, or: 1, not: 1 }).length > mostOperators) {
    throw invalidSearch('invalid', `More than ${mostOperators} AND / OR / NOT operators were used.`)
  }
  return { expression: parseAny({ tokens, at: 0 }), terms }
}

export function invalidSearch(code: 'missing' | 'invalid', message: string): Error {
  return validationFailed([{ resource: 'Search', code, field: 'q', message }])
}

export function matches(expression: Expression, test: (term: Term) => boolean): boolean {
  switch (expression.kind) {
    case 'term':
      return test(expression.term)
    case 'not':
      return !matches(expression.inner, test)
    case 'and':
      return expression.parts.every((part) => matches(part, test))
    case 'or':
      return expression.parts.some((part) => matches(part, test))
  }
}

/** A sign, a parenthesis, or a run of characters and quoted stretches. */
const lexeme = /\s+|[()]|-(?=\S)|(?:"[^"]*"?|[^\s()"])+/gy

function tokenize(text: string, qualifiers: ReadonlySet<string>): Token[] {
  const tokens: Token[] = []
  for (const [lexed] of text.matchAll(lexeme)) {
    if (lexed.trim() === '') continue
    if (lexed === '(' || lexed === ')') tokens.push({ kind: lexed === '(' ? 'open' : 'close' })
    else if (lexed === '-') tokens.push({ kind: 'not' })
    else if (lexed in operators) tokens.push({ kind: operators[lexed as keyof typeof operators] })
    else tokens.push({ kind: 'term', term: toTerm(lexed, qualifiers) })
  }
  return tokens
}

function toTerm(lexed: string, qualifiers: ReadonlySet<string>): Term {
  const colon = lexed.indexOf(':')
  const name = lexed.slice(0, Math.max(0, colon)).toLowerCase()
  const isQualifier = qualifiers.has(name)
  const value = (isQualifier ? lexed.slice(colon + 1) : lexed).replaceAll('"', '')
  return { qualifier: isQualifier ? name : undefined, value }
}

interface Reader {
  tokens: readonly Token[]
  at: number
}

function parseAny(reader: Reader): Expression {
  const parts = [parseAll(reader)]
  while (reader.tokens[reader.at]?.kind === 'or') {
    reader.at += 1
    parts.push(parseAll(reader))
  }
  return joined('or', parts)
}

function parseAll(reader: Reader): Expression {
  const parts: Expression[] = []
  for (let token = reader.tokens[reader.at]; token; token = reader.tokens[reader.at]) {
    if (token.kind === 'or' || token.kind === 'close') break
    if (token.kind === 'and') reader.at += 1
    else parts.push(parseOne(reader))
  }
  return joined('and', parts)
}

function parseOne(reader: Reader): Expression {
  const token = reader.tokens[reader.at]
  reader.at += 1
  if (token?.kind === 'term') return token
  if (token?.kind === 'not') return { kind: 'not', inner: parseOne(reader) }
  if (token?.kind !== 'open') throw invalidSearch('invalid', 'The search query could not be parsed.')
  const inner = parseAny(reader)
  // A group that is not closed ends with the query.
  if (reader.tokens[reader.at]?.kind === 'close') reader.at += 1
  return inner
}

function joined(kind: 'and' | 'or', parts: Expression[]): Expression {
  const [only] = parts
  return only && parts.length === 1 ? only : { kind, parts }
}
