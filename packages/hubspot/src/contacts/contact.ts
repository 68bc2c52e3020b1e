import { crmObject } from '../crm/crm-object.ts'
import type { CrmRecord } from '../crm/record.ts'

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/object-definition */
export const contact = /* @__PURE__ */ crmObject({
  plural: 'contacts',
  singular: 'contact',
  guide: 'objects/contacts',
  scopeObject: 'contacts',
  searched: 'names, email, phone and fax numbers, and company',
  properties: {
    email: 'Email address; no two contacts share one.',
    firstname: 'First name.',
    lastname: 'Last name.',
    phone: 'Phone number.',
    mobilephone: 'Mobile phone number.',
    fax: 'Fax number.',
    company: 'Name of the company, as text; associations are what links a company record.',
    jobtitle: 'Job title.',
    website: 'Web address.',
    address: 'Street and number.',
    city: 'City.',
    state: 'State or region.',
    zip: 'Postal code.',
    country: 'Country.',
    lifecyclestage:
      'subscriber, lead, marketingqualifiedlead, salesqualifiedlead, opportunity, customer, evangelist, other, or a stage of the account; moves forward only, unless cleared first.',
    hs_lead_status:
      'NEW, OPEN, IN_PROGRESS, OPEN_DEAL, UNQUALIFIED, ATTEMPTED_TO_CONTACT, CONNECTED or BAD_TIMING.',
    hubspot_owner_id: 'Id of the owner.',
  },
  readOnlyProperties: ['createdate', 'lastmodifieddate', 'hs_object_id', 'associatedcompanyid'],
  defaultProperties: [
    'firstname',
    'lastname',
    'email',
    'phone',
    'company',
    'jobtitle',
    'lifecyclestage',
    'hubspot_owner_id',
  ],
  requiredProperties: [],
  requiredAnyOf: ['email', 'firstname', 'lastname'],
  associationTypeIds: { contacts: 449, companies: 279, deals: 4, tickets: 15, notes: 201 },
})

/** A person. */
export type Contact = CrmRecord<typeof contact>
