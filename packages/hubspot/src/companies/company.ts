import { crmObject } from '../crm/crm-object.ts'
import type { CrmRecord } from '../crm/record.ts'

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/objects/companies/object-definition */
export const company = /* @__PURE__ */ crmObject({
  plural: 'companies',
  singular: 'company',
  guide: 'objects/companies',
  scopeObject: 'companies',
  searched: 'names, domains, web addresses and phone numbers',
  properties: {
    name: 'Name.',
    domain: 'Domain, such as example.com; two companies may have the same.',
    website: 'Web address.',
    phone: 'Phone number.',
    industry: 'Industry, such as COMPUTER_SOFTWARE.',
    type: 'PROSPECT, PARTNER, RESELLER, VENDOR or OTHER.',
    description: 'Text about the company.',
    address: 'Street and number.',
    city: 'City.',
    state: 'State or region.',
    zip: 'Postal code.',
    country: 'Country.',
    numberofemployees: 'Number of employees, in digits.',
    annualrevenue: 'Revenue of a year, in digits.',
    lifecyclestage:
      'subscriber, lead, marketingqualifiedlead, salesqualifiedlead, opportunity, customer, evangelist, other, or a stage of the account; moves forward only, unless cleared first.',
    hubspot_owner_id: 'Id of the owner.',
  },
  readOnlyProperties: ['createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  defaultProperties: [
    'name',
    'domain',
    'phone',
    'industry',
    'city',
    'country',
    'lifecyclestage',
    'hubspot_owner_id',
  ],
  requiredProperties: [],
  requiredAnyOf: ['name', 'domain'],
  associationTypeIds: { contacts: 280, companies: 450, deals: 342, tickets: 340, notes: 189 },
})

/** A company. */
export type Company = CrmRecord<typeof company>
