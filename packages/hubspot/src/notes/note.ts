import { crmObject } from '../crm/crm-object.ts'
import type { CrmRecord } from '../crm/record.ts'

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/activities/notes/guide */
export const note = /* @__PURE__ */ crmObject({
  plural: 'notes',
  singular: 'note',
  guide: 'activities/notes',
  scopeObject: 'contacts',
  searched: 'their text',
  properties: {
    hs_note_body: 'Text, at most 65,536 characters; HTML is shown as such.',
    hs_timestamp: 'When it belongs on the timeline, in ISO 8601 or Unix milliseconds; now unless told.',
    hubspot_owner_id: 'Id of the owner, who is shown as its author.',
    hs_attachment_ids: 'Ids of attached files, separated by semicolons.',
  },
  readOnlyProperties: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  defaultProperties: ['hs_note_body', 'hs_timestamp', 'hubspot_owner_id'],
  requiredProperties: [],
  // HubSpot refuses a note without a time, and a model seldom knows the present one.
  initialProperties: () => ({ hs_timestamp: new Date().toISOString() }),
  associationTypeIds: { contacts: 202, companies: 190, deals: 214, tickets: 228 },
})

/** A note on the timeline of the records it is associated with. */
export type Note = CrmRecord<typeof note>
