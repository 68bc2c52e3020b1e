import { crmObject } from '../crm/crm-object.ts'
import type { CrmRecord } from '../crm/record.ts'

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/objects/deals/object-definition */
export const deal = /* @__PURE__ */ crmObject({
  plural: 'deals',
  singular: 'deal',
  guide: 'objects/deals',
  scopeObject: 'deals',
  searched: 'names, pipelines, stages, descriptions and types',
  properties: {
    dealname: 'Name.',
    dealstage:
      'Id of the stage. In the default pipeline: appointmentscheduled, qualifiedtobuy, presentationscheduled, decisionmakerboughtin, contractsent, closedwon, closedlost.',
    pipeline: 'Id of the pipeline; default unless told.',
    amount: 'Amount, in digits.',
    deal_currency_code: 'Currency of the amount, such as EUR.',
    closedate: 'Expected or actual day of closing, in ISO 8601 or Unix milliseconds.',
    dealtype: 'newbusiness or existingbusiness.',
    description: 'Text about the deal.',
    hs_priority: 'low, medium or high.',
    hubspot_owner_id: 'Id of the owner.',
  },
  readOnlyProperties: [
    'createdate',
    'hs_lastmodifieddate',
    'hs_object_id',
    'hs_is_closed',
    'hs_is_closed_won',
  ],
  defaultProperties: [
    'dealname',
    'amount',
    'dealstage',
    'pipeline',
    'closedate',
    'dealtype',
    'hubspot_owner_id',
  ],
  requiredProperties: ['dealname', 'dealstage'],
  associationTypeIds: { contacts: 3, companies: 341, deals: 451, tickets: 27, notes: 213 },
})

/** A sale, won, lost or in progress. */
export type Deal = CrmRecord<typeof deal>
