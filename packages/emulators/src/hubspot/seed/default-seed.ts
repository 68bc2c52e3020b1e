import { allScopes } from '../http/scopes.ts'
import type { HubspotSeed, SeedAssociation, SeedObject } from './hubspot-seed.ts'

const client = { clientId: 'test-client-id', clientSecret: 'test-client-secret' }
const scopes = [...allScopes]

const owners = [
  { id: '71', email: 'mara@northwind-tools.example', firstName: 'Mara', lastName: 'Lindqvist', userId: 4001 },
  { id: '72', email: 'jonas@northwind-tools.example', firstName: 'Jonas', lastName: 'Okafor', userId: 4002 },
]

// [id, name, domain, industry, employees]
const companies: SeedObject[] = (
  [
    ['201', 'Harbor Logistics', 'harborlogistics.example', 'LOGISTICS_AND_SUPPLY_CHAIN', '420'],
    ['202', 'Clearwater Clinics', 'clearwaterclinics.example', 'HOSPITAL_HEALTH_CARE', '1300'],
    ['203', 'Brightside Retail', 'brightsideretail.example', 'RETAIL', '85'],
  ] as const
).map(([id, name, domain, industry, numberofemployees]) => ({
  id,
  properties: {
    name,
    domain,
    industry,
    numberofemployees,
    lifecyclestage: 'customer',
    hubspot_owner_id: '71',
  },
}))

const primaryCompanyOfContact = 1

// [id, firstname, lastname, jobtitle, company]
const contacts: SeedObject[] = (
  [
    ['301', 'Priya', 'Raman', 'Operations Lead', '201'],
    ['302', 'Tom', 'Becker', 'IT Manager', '201'],
    ['303', 'Alice', 'Nguyen', 'Head of Digital', '202'],
    ['304', 'Samuel', 'Ortiz', 'Practice Manager', '202'],
    ['305', 'Greta', 'Holm', 'Owner', '203'],
  ] as const
).map(([id, firstname, lastname, jobtitle, companyId]) => ({
  id,
  properties: {
    firstname,
    lastname,
    jobtitle,
    email: `${firstname.toLowerCase()}@${domainOf(companyId)}`,
    lifecyclestage: 'customer',
    hubspot_owner_id: '72',
  },
  associations: [{ to: { type: 'companies', id: companyId }, typeId: primaryCompanyOfContact }],
}))

const deals: SeedObject[] = [
  {
    id: '401',
    properties: {
      dealname: 'Harbor Logistics: fleet dashboard',
      amount: '48000',
      dealstage: 'contractsent',
      closedate: '2026-12-15T00:00:00.000Z',
      dealtype: 'existingbusiness',
      hubspot_owner_id: '71',
    },
    associations: [toCompany('201'), toContact('301')],
  },
  {
    id: '402',
    properties: {
      dealname: 'Clearwater Clinics: 200 more seats',
      amount: '126500',
      dealstage: 'presentationscheduled',
      closedate: '2027-01-29T00:00:00.000Z',
      dealtype: 'existingbusiness',
      hubspot_owner_id: '72',
    },
    associations: [toCompany('202'), toContact('303')],
  },
  {
    id: '403',
    properties: {
      dealname: 'Brightside Retail: renewal',
      amount: '9600',
      dealstage: 'closedwon',
      closedate: '2026-10-02T00:00:00.000Z',
      hubspot_owner_id: '71',
    },
    associations: [toCompany('203'), toContact('305')],
  },
]

const tickets: SeedObject[] = [
  ticket('501', 16, ['302', '201'], {
    subject: 'CSV export stops at 1,000 rows',
    content: 'The shipment export ends after exactly 1,000 rows. We expected about 8,400.',
    hs_pipeline_stage: '1',
    hs_ticket_priority: 'HIGH',
  }),
  ticket('502', 17, ['303', '202'], {
    subject: 'Login page loops after single sign-on',
    content: 'Since Monday several colleagues are sent back to the login page after signing in with SSO.',
    hs_pipeline_stage: '1',
    hs_ticket_priority: 'URGENT',
  }),
  ticket('503', 18, ['304', '202'], {
    subject: 'Appointment times shown in the wrong time zone',
    content: 'Reminders sent to patients in Lisbon are one hour off.',
    hs_pipeline_stage: '3',
    hs_ticket_priority: 'MEDIUM',
  }),
  ticket('504', 10, ['305', '203'], {
    subject: 'Invoice for October has the old address',
    content: 'Please issue it again with our new address.',
    hs_pipeline_stage: '4',
    hs_ticket_priority: 'LOW',
    hs_ticket_category: 'BILLING_ISSUE',
  }),
]

/**
 * A small company with customers, deals and support tickets. Every scope is granted to `test-service-key`,
 * `test-access-token` and to what `test-refresh-token` renews; `test-expired-access-token` expired long ago.
 */
export const defaultHubspotSeed: HubspotSeed = {
  tokens: [
    { token: 'test-service-key', scopes, kind: 'serviceKey' },
    { token: 'test-private-app-token', scopes, kind: 'privateApp' },
    { token: 'test-access-token', scopes, kind: 'oauth', clientId: client.clientId },
    { token: 'test-expired-access-token', scopes, kind: 'oauth', clientId: client.clientId, expiresAt: 0 },
  ],
  apps: [client],
  refreshTokens: [{ token: 'test-refresh-token', clientId: client.clientId, scopes }],
  owners,
  objects: { companies, contacts, deals, tickets },
}

function domainOf(companyId: string): string {
  return companies.find(({ id }) => id === companyId)?.properties['domain'] ?? ''
}

function toCompany(id: string): SeedAssociation {
  return { to: { type: 'companies', id } }
}

function toContact(id: string): SeedAssociation {
  return { to: { type: 'contacts', id } }
}

function ticket(
  id: string,
  day: number,
  [contactId, companyId]: [string, string],
  properties: Record<string, string>,
): SeedObject {
  return {
    id,
    properties: {
      createdate: `2026-11-${day}T09:12:00.000Z`,
      hs_ticket_category: 'PRODUCT_ISSUE',
      source_type: 'EMAIL',
      hubspot_owner_id: '72',
      ...properties,
    },
    associations: [toContact(contactId), toCompany(companyId)],
  }
}
