export type { AuditEvent } from './audit.ts'
export { combineEvents } from './combine-events.ts'
export { instrument, type InstrumentOptions } from './instrument.ts'
