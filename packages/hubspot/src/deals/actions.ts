import { archiveAction } from '../crm/archive-action.ts'
import { createAction } from '../crm/create-action.ts'
import { getAction } from '../crm/get-action.ts'
import { listAction } from '../crm/list-action.ts'
import { searchAction } from '../crm/search-action.ts'
import { updateAction } from '../crm/update-action.ts'
import { deal } from './deal.ts'

export const listDeals = /* @__PURE__ */ listAction(deal)
export const getDeal = /* @__PURE__ */ getAction(deal)
export const searchDeals = /* @__PURE__ */ searchAction(deal)
export const createDeal = /* @__PURE__ */ createAction(deal)
export const updateDeal = /* @__PURE__ */ updateAction(deal)
export const archiveDeal = /* @__PURE__ */ archiveAction(deal)
