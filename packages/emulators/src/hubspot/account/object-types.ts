import { HubspotError } from '../http/hubspot-error.ts'

export const objectTypes = ['contacts', 'companies', 'deals', 'tickets', 'notes'] as const

export type ObjectType = (typeof objectTypes)[number]

export interface ObjectTypeFacts {
  typeId: string
  singular: string
  /** Properties of a record when none are asked for. */
  defaultProperties: readonly string[]
  /** Property that tells when a record was created, then last modified; they come with every answer. */
  createdProperty: string
  modifiedProperty: string
  /** Properties that `query` of a search looks into. */
  searchedProperties: readonly string[]
  /** A new record needs one property of each group. */
  required: readonly (readonly string[])[]
  /** Objects whose scopes open this one: notes have none of their own. */
  scopeObject: string
}

const modified = 'hs_lastmodifieddate'

export const objectTypeFacts: Readonly<Record<ObjectType, ObjectTypeFacts>> = {
  contacts: {
    typeId: '0-1',
    singular: 'contact',
    defaultProperties: ['firstname', 'lastname', 'email'],
    createdProperty: 'createdate',
    modifiedProperty: 'lastmodifieddate',
    searchedProperties: ['firstname', 'lastname', 'email', 'phone', 'fax', 'mobilephone', 'company'],
    required: [['email', 'firstname', 'lastname']],
    scopeObject: 'contacts',
  },
  companies: {
    typeId: '0-2',
    singular: 'company',
    defaultProperties: ['name', 'domain'],
    createdProperty: 'createdate',
    modifiedProperty: modified,
    searchedProperties: ['website', 'phone', 'name', 'domain'],
    required: [['name', 'domain']],
    scopeObject: 'companies',
  },
  deals: {
    typeId: '0-3',
    singular: 'deal',
    defaultProperties: ['dealname', 'amount', 'closedate', 'pipeline', 'dealstage'],
    createdProperty: 'createdate',
    modifiedProperty: modified,
    searchedProperties: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
    required: [['dealname'], ['dealstage']],
    scopeObject: 'deals',
  },
  tickets: {
    typeId: '0-5',
    singular: 'ticket',
    defaultProperties: [
      'subject',
      'content',
      'hs_pipeline',
      'hs_pipeline_stage',
      'hs_ticket_category',
      'hs_ticket_priority',
    ],
    createdProperty: 'createdate',
    modifiedProperty: modified,
    searchedProperties: ['subject', 'content', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_id'],
    required: [['subject'], ['hs_pipeline_stage']],
    scopeObject: 'tickets',
  },
  notes: {
    typeId: '0-46',
    singular: 'note',
    defaultProperties: [],
    createdProperty: 'hs_createdate',
    modifiedProperty: modified,
    searchedProperties: ['hs_note_body'],
    required: [['hs_timestamp']],
    scopeObject: 'contacts',
  },
}

/** Reads the object type of a path, which may be plural, singular or a type id such as `0-1`. */
export function objectTypeOf(name: string): ObjectType {
  const wanted = name.toLowerCase()
  const found = objectTypes.find((type) => {
    const { singular, typeId } = objectTypeFacts[type]
    return wanted === type || wanted === singular || wanted === typeId
  })
  if (found === undefined) {
    throw new HubspotError(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${name}`)
  }
  return found
}
