import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { json, serve } from '../../test/serve.ts'
import { path } from '../index.ts'
import { ConnectorError } from '../errors/connector-error.ts'
import { urlOf } from './request.ts'

const base = new URL('https://api.example.com/v3')

describe('path', () => {
  it.each([
    ['a b', 'a%20b'],
    ['a/b', 'a%2Fb'],
    ['../etc', '..%2Fetc'],
    ['%2e%2e', '%252e%252e'],
    ['.%2e', '.%252e'],
    ['a?b#c', 'a%3Fb%23c'],
    ['a\\b', 'a%5Cb'],
    ['．．', '%EF%BC%8E%EF%BC%8E'],
    ['naïve', 'na%C3%AFve'],
    ['.github', '.github'],
    ['...', '...'],
    [7, '7'],
  ])('X16 encodes %j', (parameter, encoded) => {
    expect(path`/items/${parameter}/notes`.value).toBe(`/items/${encoded}/notes`)
  })

  it.each([
    '',
    '.',
    '..',
    'a\0',
    'a\r\nx: 1',
    '\t',
    '\u007f',
    '\u202e',
    '\u200b',
    '\u{e0041}',
    '\ud800',
    'a\udfff',
  ])('X16 A05 refuses %j, naming the place and not the value', async (parameter) => {
    const error = await failure(() => path`/items/${parameter}`)
    expect(error).toMatchObject({
      name: 'ValidationError',
      code: 'INPUT_INVALID',
      outcome: 'not_sent',
      issues: [{ path: 'items' }],
    })
    if (parameter.length > 2) expect(error.message).not.toContain(parameter)
  })

  it('X16 never lets a parameter become another segment, a query or another host', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', '?', '#', '@', ':', ' ', '\u0000', 'é'),
      }),
    )
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        let url: URL
        try {
          url = urlOf({ method: 'GET', path: path`/a/${first}/b/${second}` }, base)
        } catch (error) {
          expect(ConnectorError.isInstance(error)).toBe(true)
          return
        }
        const segments = url.pathname.split('/').slice(1).map(decodeURIComponent)
        expect(segments).toEqual(['v3', 'a', first, 'b', second])
        expect(url.href).toBe(`https://api.example.com${url.pathname}`)
      }),
      { numRuns: 500 },
    )
  })

  it('X16 sends nothing for a refused parameter, and the wire sees the encoded one', async () => {
    const server = await serve(json({ id: 1 }))
    const connection = connectWith(server)
    expect(await failure(connection.run(getItem, { item_id: '..' }))).toMatchObject({ code: 'INPUT_INVALID' })
    expect(server.requests).toHaveLength(0)
    await connection.run(getItem, { item_id: '../admin?x=1' })
    expect(server.requests[0]?.url).toBe('/items/..%2Fadmin%3Fx%3D1')
  })
})
