import { describeConnector } from '@agent/core/testing'
import { HubspotConnector } from '../src/index.ts'
import { associations } from './fixtures/associations.ts'
import { companies } from './fixtures/companies.ts'
import { contacts } from './fixtures/contacts.ts'
import { deals } from './fixtures/deals.ts'
import { notes } from './fixtures/notes.ts'
import { tickets } from './fixtures/tickets.ts'

describeConnector(HubspotConnector, {
  auth: { type: 'serviceKey', key: 'test-key-1' },
  secret: 'test-key-1',
  docsHosts: ['developers.hubspot.com'],
  fixtures: { contacts, companies, deals, tickets, notes, associations },
})
