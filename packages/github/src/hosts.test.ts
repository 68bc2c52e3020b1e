import { describe, expect, it } from 'vitest'
import { tokenUrlOf, webOriginOf } from './hosts.ts'

describe('where the OAuth endpoints are', () => {
  it.each([
    ['https://api.github.com', 'https://github.com'],
    ['https://api.github.com/', 'https://github.com'],
    ['https://api.acme.ghe.com', 'https://acme.ghe.com'],
    ['https://github.acme.example/api/v3', 'https://github.acme.example'],
    ['https://api.acme.example/api/v3', 'https://api.acme.example'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.0.0.1:8080/api/v3', 'http://127.0.0.1:8080'],
  ])('%s → %s', (baseUrl, origin) => {
    expect(webOriginOf(new URL(baseUrl))).toBe(origin)
    expect(tokenUrlOf(new URL(baseUrl))).toBe(`${origin}/login/oauth/access_token`)
  })

  it.each([
    'https://api.acme.example',
    'https://api.github.com.acme.example',
    'https://api.ghe.com',
    'https://api.a.b.ghe.com',
    'https://api.notghe.com',
  ])('%s sends no client secret to the domain above', (baseUrl) => {
    expect(webOriginOf(new URL(baseUrl))).toBe(baseUrl)
  })
})
