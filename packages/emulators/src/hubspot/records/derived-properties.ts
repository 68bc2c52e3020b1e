import type { ObjectType } from '../account/object-types.ts'
import { pipelineProperties, type PipelineStage } from '../account/reference-data.ts'
import type { CrmRecord, HubspotState } from '../account/state.ts'

/** Values that HubSpot works out from others, for a record that was just written. */
export function derivedProperties(
  state: HubspotState,
  type: ObjectType,
  record: CrmRecord,
  now: string,
): Record<string, string> {
  const closed = stageOf(state, type, record)?.metadata['isClosed'] ?? 'false'
  switch (type) {
    case 'deals':
      return {
        hs_is_closed: closed,
        hs_is_closed_won: stageOf(state, type, record)?.metadata['probability'] === '1.0' ? 'true' : 'false',
      }
    case 'tickets':
      return {
        hs_ticket_id: record.id,
        ...(closed === 'true' ? { closed_date: record.properties['closed_date'] ?? now } : {}),
      }
    case 'contacts':
    case 'companies':
    case 'notes':
      return {}
  }
}

function stageOf(state: HubspotState, type: ObjectType, record: CrmRecord): PipelineStage | undefined {
  const stageId = record.properties[pipelineProperties[type]?.stage ?? '']
  return state.pipelines[type]?.flatMap(({ stages }) => stages).find(({ id }) => id === stageId)
}
