import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics'
import { describe, expect, it } from 'vitest'
import { place, useObservedWorld } from './observed-world.ts'

const world = useObservedWorld()

const labelsOf = (points: DataPoint<number | Histogram>[] | undefined) =>
  points?.map(({ attributes }) => attributes)
const countsOf = (points: DataPoint<number | Histogram>[] | undefined) =>
  points?.map(({ value }) => (typeof value === 'number' ? value : value.count))

describe('metrics', () => {
  it('count and time calls, requests, retries and waits', async () => {
    world.emulator.addFault({ kind: 'fails-before-applying', status: 503 })
    const github = world.connect()
    await github.issues.get({ ...place, issue_number: 1 })
    await expect(github.issues.get({ ...place, issue_number: 404 })).rejects.toThrow()
    const metrics = await world.metrics()

    const action = { 'connector.service': 'github', 'connector.action': 'issues.get' }
    const calls = metrics['connector.call.duration']
    expect(labelsOf(calls)).toEqual([
      { ...action, 'connector.effect': 'read', 'connector.outcome': 'applied' },
      { ...action, 'connector.effect': 'read', 'connector.outcome': 'rejected', 'error.type': 'NOT_FOUND' },
    ])
    expect(countsOf(calls)).toEqual([1, 1])

    const server = { 'server.address': '127.0.0.1', 'server.port': Number(new URL(world.emulator.url).port) }
    const request = { 'http.request.method': 'GET', ...server }
    const requests = metrics['http.client.request.duration']
    expect(labelsOf(requests)).toEqual([
      { ...request, 'http.response.status_code': 503, 'error.type': '503' },
      { ...request, 'http.response.status_code': 200 },
      { ...request, 'http.response.status_code': 404, 'error.type': '404' },
    ])
    expect(countsOf(requests)).toEqual([1, 1, 1])
    expect(requests?.[0]?.value).toMatchObject({
      buckets: { boundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] },
    })

    for (const name of ['connector.retries', 'connector.retry.wait']) {
      expect(labelsOf(metrics[name])).toEqual([{ ...action, 'error.type': 'SERVER_ERROR' }])
      expect(countsOf(metrics[name])).toEqual([1])
    }
  })

  it('are in seconds', async () => {
    world.emulator.addFault({ kind: 'slow', delayMs: 60 })
    await world.connect().viewer.get()
    const metrics = await world.metrics()
    for (const name of ['connector.call.duration', 'http.client.request.duration']) {
      const { sum } = metrics[name]?.[0]?.value as Histogram
      expect(sum).toBeGreaterThan(0.05)
      expect(sum).toBeLessThan(5)
    }
  })

  it('count and time token refreshes', async () => {
    const auth = {
      type: 'oauth',
      refreshToken: 'test-refresh-token',
      clientId: 'test-client-id',
      clientSecret: 'test-client-secret',
    } as const
    await world.connect({ auth }).viewer.get()
    const refreshes = (await world.metrics())['connector.token_refresh.duration']
    expect(labelsOf(refreshes)).toEqual([
      {
        'connector.service': 'github',
        'connector.refresh.reason': 'missing',
        'connector.refresh.outcome': 'renewed',
      },
    ])
    expect(countsOf(refreshes)).toEqual([1])
  })

  it('count the fields of answers that drift', async () => {
    const body = { number: 'one' }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 200, body })
    await world.connect().issues.get({ ...place, issue_number: 1 })
    const drifts = (await world.metrics())['connector.drifts']
    expect(drifts?.[0]?.value).toBeGreaterThan(0)
    expect(world.trees()[0]?.attributes['connector.drifts']).toBe(drifts?.[0]?.value)
  })
})
