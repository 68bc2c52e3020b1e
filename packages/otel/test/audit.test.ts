import { describe, expect, it } from 'vitest'
import { instrument } from '../src/index.ts'
import { activeSpanId, place, useObservedWorld } from './observed-world.ts'

const world = useObservedWorld()

describe('audit', () => {
  it('tells of each call who, what, how it ended, and where its trace is', async () => {
    const github = world.connect({}, { account: 'maria-silva', actor: () => 'triage-agent' })
    const before = Date.now()
    await github.issues.create({ ...place, title: 'Parameters are private', body: 'All of them' })
    await expect(github.issues.get({ ...place, issue_number: 404 })).rejects.toThrow()
    await expect(github.issues.get({ ...place, issue_number: 0 })).rejects.toThrow()
    const who = { account: 'maria-silva', actor: 'triage-agent', service: 'github' }
    const known = {
      time: expect.any(String) as string,
      durationMs: expect.any(Number) as number,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    }
    const requestId = expect.any(String) as string
    const read = { ...who, ...known, action: 'issues.get', effect: 'read' }
    expect(world.audit).toEqual([
      {
        ...who,
        ...known,
        action: 'issues.create',
        effect: 'create',
        outcome: 'applied',
        requestId,
        attempts: 1,
      },
      { ...read, outcome: 'rejected', code: 'NOT_FOUND', requestId, attempts: 1 },
      { ...read, outcome: 'not_sent', code: 'INPUT_INVALID', attempts: 0 },
    ])
    expect(new Date(world.audit[0]!.time).getTime()).toBeGreaterThanOrEqual(before - 5)
    expect(JSON.parse(JSON.stringify(world.audit))).toEqual(world.audit)
    expect(JSON.stringify(world.audit)).not.toMatch(/private|All of them|billing-portal/)
    const spanIds = world.exportedSpans.map((span) => span.spanContext().spanId)
    for (const { spanId } of world.audit) expect(spanIds).toContain(spanId)
  })

  it('asks for the actor where the call was made', async () => {
    const github = world.connect({}, { actor: activeSpanId })
    await Promise.all(
      [1, 2].map((issue_number) => world.within(() => github.issues.get({ ...place, issue_number }))),
    )
    const actors = world.audit.map(({ actor }) => actor)
    expect(new Set(actors).size).toBe(2)
    for (const { actor, spanId } of world.audit) {
      const span = world.exportedSpans.find((each) => each.spanContext().spanId === spanId)
      expect(span?.parentSpanContext?.spanId).toBe(actor)
    }
  })

  it('comes without OpenTelemetry, too', async () => {
    const events: unknown[] = []

    await world.connect(instrument({ onAudit: (event) => events.push(event) })).viewer.get()
    expect(events).toEqual([expect.objectContaining({ action: 'viewer.get', outcome: 'applied' })])
    expect(events[0]).not.toHaveProperty('traceId')
    expect(world.exportedSpans).toEqual([])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('disk full')
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk full'))],
  ])('breaks nothing where the app %s', async (_, onAudit) => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', note)
    const actor = () => {
      throw new Error('nobody')
    }
    await world.connect({}, { onAudit, actor }).viewer.get()
    await new Promise(setImmediate)
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
    expect(world.trees()).toMatchObject([{ name: 'github viewer.get' }])
  })

  it('is told though the tracer fails', async () => {
    const tracer = {
      startSpan: () => {
        throw new Error('tracer down')
      },
    }
    await world.connect({}, { tracer: tracer as never }).viewer.get()
    expect(world.audit).toHaveLength(1)
    expect(await world.metrics()).toHaveProperty(['connector.call.duration'])
  })
})
