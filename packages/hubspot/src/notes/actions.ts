import { archiveAction } from '../crm/archive-action.ts'
import { createAction } from '../crm/create-action.ts'
import { getAction } from '../crm/get-action.ts'
import { listAction } from '../crm/list-action.ts'
import { searchAction } from '../crm/search-action.ts'
import { updateAction } from '../crm/update-action.ts'
import { note } from './note.ts'

export const listNotes = /* @__PURE__ */ listAction(note)
export const getNote = /* @__PURE__ */ getAction(note)
export const searchNotes = /* @__PURE__ */ searchAction(note)
export const createNote = /* @__PURE__ */ createAction(note)
export const updateNote = /* @__PURE__ */ updateAction(note)
export const archiveNote = /* @__PURE__ */ archiveAction(note)
