import { createConnector } from '@agent/core'
import { createAssociation } from './associations/create.ts'
import { createLabeledAssociation } from './associations/create-labeled.ts'
import { listAssociations } from './associations/list.ts'
import { listAssociationLabels } from './associations/list-labels.ts'
import { removeAssociation } from './associations/remove.ts'
import {
  archiveCompany,
  createCompany,
  getCompany,
  listCompanies,
  searchCompanies,
  updateCompany,
} from './companies/actions.ts'
import {
  archiveContact,
  createContact,
  getContact,
  listContacts,
  searchContacts,
  updateContact,
} from './contacts/actions.ts'
import { archiveDeal, createDeal, getDeal, listDeals, searchDeals, updateDeal } from './deals/actions.ts'
import { archiveNote, createNote, getNote, listNotes, searchNotes, updateNote } from './notes/actions.ts'
import {
  archiveTicket,
  createTicket,
  getTicket,
  listTickets,
  searchTickets,
  updateTicket,
} from './tickets/actions.ts'
import { hubspot } from './service.ts'

const catalogue = {
  contacts: {
    list: listContacts,
    get: getContact,
    search: searchContacts,
    create: createContact,
    update: updateContact,
    archive: archiveContact,
  },
  companies: {
    list: listCompanies,
    get: getCompany,
    search: searchCompanies,
    create: createCompany,
    update: updateCompany,
    archive: archiveCompany,
  },
  deals: {
    list: listDeals,
    get: getDeal,
    search: searchDeals,
    create: createDeal,
    update: updateDeal,
    archive: archiveDeal,
  },
  tickets: {
    list: listTickets,
    get: getTicket,
    search: searchTickets,
    create: createTicket,
    update: updateTicket,
    archive: archiveTicket,
  },
  notes: {
    list: listNotes,
    get: getNote,
    search: searchNotes,
    create: createNote,
    update: updateNote,
    archive: archiveNote,
  },
  associations: {
    list: listAssociations,
    create: createAssociation,
    createLabeled: createLabeledAssociation,
    remove: removeAssociation,
    listLabels: listAssociationLabels,
  },
}

/**
 * One HubSpot account under one credential.
 *
 * @example new HubspotConnector({ auth: { type: 'serviceKey', key } })
 */
export class HubspotConnector extends /* @__PURE__ */ createConnector(hubspot, catalogue) {}
