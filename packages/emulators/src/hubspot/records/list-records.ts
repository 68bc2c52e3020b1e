import type { ObjectType } from '../account/object-types.ts'
import type { CrmRecord, HubspotState } from '../account/state.ts'

export interface RecordPage {
  records: CrmRecord[]
  /** Id of the first record of the next page. */
  next: string | undefined
}

/** Records from the id `from` on, in order of id. */
export function listRecords(
  state: HubspotState,
  type: ObjectType,
  { from = 0, limit, archived }: { from: number | undefined; limit: number; archived: boolean },
): RecordPage {
  const records: CrmRecord[] = []
  for (const record of state.objects[type].values()) {
    if (record.archived !== archived || Number(record.id) < from) continue
    if (records.length === limit) return { records, next: record.id }
    records.push(record)
  }
  return { records, next: undefined }
}
