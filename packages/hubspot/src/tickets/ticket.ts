import { crmObject } from '../crm/crm-object.ts'
import type { CrmRecord } from '../crm/record.ts'

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/objects/tickets/object-definition */
export const ticket = /* @__PURE__ */ crmObject({
  plural: 'tickets',
  singular: 'ticket',
  guide: 'objects/tickets',
  scopeObject: 'tickets',
  searched: 'subjects, texts, stages, categories and ids',
  properties: {
    subject: 'Subject.',
    content: 'Text of the request.',
    hs_pipeline_stage:
      'Id of the stage. In the default pipeline: 1 new, 2 waiting on contact, 3 waiting on us, 4 closed.',
    hs_pipeline: 'Id of the pipeline; the default one, 0, unless told.',
    hs_ticket_priority: 'LOW, MEDIUM, HIGH or URGENT.',
    hs_ticket_category:
      'PRODUCT_ISSUE, BILLING_ISSUE, FEATURE_REQUEST, GENERAL_INQUIRY, or one of the account.',
    source_type: 'How it came in: CHAT, EMAIL, FORM or PHONE.',
    hs_resolution: 'How it was resolved.',
    hubspot_owner_id: 'Id of the owner.',
  },
  readOnlyProperties: ['createdate', 'closed_date', 'hs_lastmodifieddate', 'hs_object_id', 'hs_ticket_id'],
  defaultProperties: [
    'subject',
    'content',
    'hs_pipeline',
    'hs_pipeline_stage',
    'hs_ticket_priority',
    'hs_ticket_category',
    'hubspot_owner_id',
  ],
  requiredProperties: ['subject', 'hs_pipeline_stage'],
  associationTypeIds: { contacts: 16, companies: 339, deals: 28, tickets: 452, notes: 227 },
})

/** A customer's request for help. */
export type Ticket = CrmRecord<typeof ticket>
