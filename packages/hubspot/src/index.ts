export type {
  AssociatedRecord,
  AssociationLabel,
  CreatedAssociation,
  LabeledAssociation,
} from './associations/association.ts'
export { createAssociation } from './associations/create.ts'
export { createLabeledAssociation } from './associations/create-labeled.ts'
export { listAssociations } from './associations/list.ts'
export { listAssociationLabels } from './associations/list-labels.ts'
export { removeAssociation } from './associations/remove.ts'
export {
  type HubspotAuthConfig,
  type HubspotClientCredentialsAuthConfig,
  type HubspotOAuthAuthConfig,
  type HubspotPrivateAppAuthConfig,
  type HubspotServiceKeyAuthConfig,
} from './auth.ts'
export { hubspotAuthFromEnv } from './auth-from-env.ts'
export {
  archiveCompany,
  createCompany,
  getCompany,
  listCompanies,
  searchCompanies,
  updateCompany,
} from './companies/actions.ts'
export type { Company } from './companies/company.ts'
export {
  archiveContact,
  createContact,
  getContact,
  listContacts,
  searchContacts,
  updateContact,
} from './contacts/actions.ts'
export type { Contact } from './contacts/contact.ts'
export { HubspotConnector } from './connector.ts'
export { archiveDeal, createDeal, getDeal, listDeals, searchDeals, updateDeal } from './deals/actions.ts'
export type { Deal } from './deals/deal.ts'
export { archiveNote, createNote, getNote, listNotes, searchNotes, updateNote } from './notes/actions.ts'
export type { Note } from './notes/note.ts'
export { hubspot } from './service.ts'
export {
  archiveTicket,
  createTicket,
  getTicket,
  listTickets,
  searchTickets,
  updateTicket,
} from './tickets/actions.ts'
export type { Ticket } from './tickets/ticket.ts'
