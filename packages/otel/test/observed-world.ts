import { createGithubEmulator, type GithubEmulator } from '@agent/emulators'
import { GithubConnector } from '@agent/github'
import { context, type HrTime, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  type DataPoint,
  type Histogram,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type AuditEvent, instrument, type InstrumentOptions } from '../src/index.ts'

type ConnectorOptions = ConstructorParameters<typeof GithubConnector>[0]

export const place = { owner: 'harborworks', repo: 'billing-portal' }

/** A span and those within it, as a test compares them. */
interface SpanTree {
  name: string
  attributes: Record<string, unknown>
  isError: boolean
  children: SpanTree[]
}

export interface ObservedWorld {
  readonly emulator: GithubEmulator
  readonly audit: AuditEvent[]
  readonly exportedSpans: ReadableSpan[]
  /** Options that bring telemetry to this world. */
  instrument(options?: InstrumentOptions): ReturnType<typeof instrument>
  /** A connector at the emulator, instrumented. */
  connect(options?: Partial<ConnectorOptions>, telemetry?: InstrumentOptions): GithubConnector
  /** Runs work within a span named `app`. */
  within<T>(work: () => Promise<T>): Promise<T>
  trees(): SpanTree[]
  /** Data points by the name of their instrument. */
  metrics(): Promise<Record<string, DataPoint<number | Histogram>[]>>
}

/** An emulated GitHub and an OpenTelemetry SDK for the tests of a file; both are new or empty before each. */
export function useObservedWorld(): ObservedWorld {
  let emulator: GithubEmulator | undefined
  const contextManager = new AsyncLocalStorageContextManager()
  const spans = new InMemorySpanExporter()
  const tracer = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: spans })],
  }).getTracer('test')
  let measured = measure()
  const audit: AuditEvent[] = []

  const running = () => {
    if (!emulator) throw new Error('The emulator runs only within tests.')
    return emulator
  }
  beforeAll(async () => {
    context.setGlobalContextManager(contextManager.enable())
    emulator = await createGithubEmulator()
  })
  beforeEach(() => {
    running().reset()
    spans.reset()
    audit.length = 0
    measured = measure()
  })
  afterEach(() => measured.provider.shutdown())
  afterAll(async () => {
    context.disable()
    await emulator?.close()
  })

  const withTelemetry = (options: InstrumentOptions = {}) =>
    instrument({
      tracer,
      meter: measured.provider.getMeter('test'),
      onAudit: (event) => audit.push(event),
      ...options,
    })
  return {
    audit,
    get emulator() {
      return running()
    },
    get exportedSpans() {
      return spans.getFinishedSpans()
    },
    instrument: withTelemetry,
    connect: (options, telemetry) =>
      new GithubConnector({
        baseUrl: running().url,
        auth: { type: 'personalAccessToken', token: 'test-token-1' },
        backoffMs: 1,
        ...withTelemetry(telemetry),
        ...options,
      }),
    within: (work) =>
      tracer.startActiveSpan('app', async (span) => {
        try {
          return await work()
        } finally {
          span.end()
        }
      }),
    trees: () => treesOf(spans.getFinishedSpans()),
    metrics: () => measured.read(),
  }
}

function measure() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
  const read = async () => {
    await provider.forceFlush()
    const metrics =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((each) => each.metrics) ?? []
    return Object.fromEntries(
      metrics.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints as DataPoint<number | Histogram>[],
      ]),
    )
  }
  return { provider, read }
}

function treesOf(spans: readonly ReadableSpan[], parent?: string): SpanTree[] {
  return spans
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
    .map((span) => ({
      name: span.name,
      attributes: { ...span.attributes },
      isError: span.status.code === SpanStatusCode.ERROR,
      children: treesOf(spans, span.spanContext().spanId),
    }))
}

export const millisecondsOf = ([seconds, nanoseconds]: HrTime) => seconds * 1000 + nanoseconds / 1e6

/** What is active, for `actor` and the like. */
export const activeSpanId = () => trace.getActiveSpan()?.spanContext().spanId
