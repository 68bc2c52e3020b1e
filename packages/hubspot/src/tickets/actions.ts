import { archiveAction } from '../crm/archive-action.ts'
import { createAction } from '../crm/create-action.ts'
import { getAction } from '../crm/get-action.ts'
import { listAction } from '../crm/list-action.ts'
import { searchAction } from '../crm/search-action.ts'
import { updateAction } from '../crm/update-action.ts'
import { ticket } from './ticket.ts'

export const listTickets = /* @__PURE__ */ listAction(ticket)
export const getTicket = /* @__PURE__ */ getAction(ticket)
export const searchTickets = /* @__PURE__ */ searchAction(ticket)
export const createTicket = /* @__PURE__ */ createAction(ticket)
export const updateTicket = /* @__PURE__ */ updateAction(ticket)
export const archiveTicket = /* @__PURE__ */ archiveAction(ticket)
