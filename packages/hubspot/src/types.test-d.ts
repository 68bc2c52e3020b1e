import { connect, type InputOf, type OutputOf, type Page } from '@agent/core'
import { expectTypeOf } from 'vitest'
import {
  type Contact,
  type createContact,
  type createDeal,
  type getTicket,
  hubspot,
  HubspotConnector,
  listContacts,
  searchDeals,
  type Ticket,
} from './index.ts'

type Value = string | null | undefined

const connector = new HubspotConnector({ auth: { type: 'serviceKey', key: 'test-key-1' } })

expectTypeOf(connector.contacts.list()).resolves.toEqualTypeOf<Page<Contact>>()
expectTypeOf(connector.tickets.get({ ticketId: '501' })).toEqualTypeOf<Promise<Ticket>>()
expectTypeOf(
  connect(hubspot, { auth: { type: 'serviceKey', key: 'x' } }).run(listContacts),
).resolves.toEqualTypeOf<Page<Contact>>()
expectTypeOf<OutputOf<typeof getTicket>>().not.toBeAny()
expectTypeOf<Ticket['properties']['subject']>().toEqualTypeOf<Value>()
expectTypeOf<Ticket['properties']['closed_date']>().toEqualTypeOf<Value>()
expectTypeOf<Ticket['properties']['custom_property']>().toEqualTypeOf<Value>()

const created = {} as OutputOf<typeof createContact>
expectTypeOf(created.properties.email).toEqualTypeOf<Value>()
// @ts-expect-error -- a write answers with standard properties only
expectTypeOf(created.properties.custom_property)
// What a write answers can go wherever a record is expected.
created satisfies Contact

expectTypeOf<InputOf<typeof createDeal>['properties']['dealname']>().toEqualTypeOf<string>()
expectTypeOf<InputOf<typeof createDeal>['properties']['amount']>().toEqualTypeOf<string | undefined>()

void connector.deals.create({ properties: { dealname: 'Big', dealstage: 'closedwon', my_score: '7' } })
void connector.notes.create({
  properties: { hs_note_body: 'Text' },
  associations: [{ toObjectType: 'tickets', toObjectId: '501' }],
})
void connector.deals.search({
  filterGroups: [
    {
      filters: [
        { propertyName: 'amount', operator: 'BETWEEN', value: '1', highValue: '9' },
        { propertyName: 'dealstage', operator: 'IN', values: ['closedwon'] },
        { propertyName: 'closedate', operator: 'HAS_PROPERTY' },
      ],
    },
  ],
})

// @ts-expect-error -- a deal needs a stage
void connector.deals.create({ properties: { dealname: 'Big' } })
// @ts-expect-error -- the id has HubSpot's own name
void connector.tickets.get({ id: '501' })
// @ts-expect-error -- values are text
void connector.deals.update({ dealId: '401', properties: { amount: 48_000 } })
void connector.notes.create({
  properties: {},
  // @ts-expect-error -- notes have no association with notes
  associations: [{ toObjectType: 'notes', toObjectId: '1' }],
})
void connect(hubspot, { auth: { type: 'serviceKey', key: 'x' } }).run(searchDeals, {
  // @ts-expect-error -- BETWEEN has an upper bound
  filterGroups: [{ filters: [{ propertyName: 'amount', operator: 'BETWEEN', value: '1' }] }],
})
// @ts-expect-error -- OAuth without a refresh token
new HubspotConnector({ auth: { type: 'oauth', clientId: 'x', clientSecret: 'y' } })
