import { describe, expect, it } from 'vitest'
import { queryFor } from './parameters.ts'

describe('queryFor', () => {
  it.each([
    ['crash', 'crash is:issue'],
    ['is:open label:bug', 'is:open label:bug is:issue'],
    // Part of another word, or of a text that is looked for, names no kind.
    ['this:issue', 'this:issue is:issue'],
    ['"what is:issue"', '"what is:issue" is:issue'],
    ['is:issues', 'is:issues is:issue'],
    ['type:issue-like', 'type:issue-like is:issue'],
    ['-is:pr x', '-is:pr x is:issue'],
    ['crash OR hang', '(crash OR hang) is:issue'],
    ['"crash OR hang"', '"crash OR hang" is:issue'],
  ])('adds the kind to %j', (q, expected) => {
    expect(queryFor('issue', q)).toBe(expected)
  })

  it.each(['is:issue crash', 'crash type:pr', 'IS:Pull-Request x', '(is:pr OR is:issue) x'])(
    'leaves %j alone',
    (q) => {
      expect(queryFor('issue', q)).toBe(q)
    },
  )
})
