import { archiveAction } from '../crm/archive-action.ts'
import { createAction } from '../crm/create-action.ts'
import { getAction } from '../crm/get-action.ts'
import { listAction } from '../crm/list-action.ts'
import { searchAction } from '../crm/search-action.ts'
import { updateAction } from '../crm/update-action.ts'
import { company } from './company.ts'

export const listCompanies = /* @__PURE__ */ listAction(company)
export const getCompany = /* @__PURE__ */ getAction(company)
export const searchCompanies = /* @__PURE__ */ searchAction(company)
export const createCompany = /* @__PURE__ */ createAction(company)
export const updateCompany = /* @__PURE__ */ updateAction(company)
export const archiveCompany = /* @__PURE__ */ archiveAction(company)
