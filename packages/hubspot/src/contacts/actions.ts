import { archiveAction } from '../crm/archive-action.ts'
import { createAction } from '../crm/create-action.ts'
import { getAction } from '../crm/get-action.ts'
import { listAction } from '../crm/list-action.ts'
import { searchAction } from '../crm/search-action.ts'
import { updateAction } from '../crm/update-action.ts'
import { contact } from './contact.ts'

export const listContacts = /* @__PURE__ */ listAction(contact)
export const getContact = /* @__PURE__ */ getAction(contact)
export const searchContacts = /* @__PURE__ */ searchAction(contact)
export const createContact = /* @__PURE__ */ createAction(contact)
export const updateContact = /* @__PURE__ */ updateAction(contact)
export const archiveContact = /* @__PURE__ */ archiveAction(contact)
