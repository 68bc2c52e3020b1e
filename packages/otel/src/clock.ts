import type { HrTime } from '@opentelemetry/api'

/** Reads the time in milliseconds since the epoch, in fractions of them. */
export type Clock = () => number

/** A clock that is set by the wall clock once, so that the spans of a call fit into each other. */
export function startClock(): Clock {
  const offset = Date.now() - performance.now()
  return () => offset + performance.now()
}

/** As spans take it: a bare number of milliseconds could be read as a time since the start of the process. */
export function hrTime(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000)
  return [seconds, Math.floor((milliseconds - seconds * 1000) * 1e6)]
}
