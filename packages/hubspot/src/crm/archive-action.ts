import { defineAction, noContent } from '@agent/core'
import { type CrmObject, guideOf, permissionsFor } from './crm-object.ts'
import { refParameters } from './parameters.ts'
import { recordPath } from './paths.ts'

export const archiveAction = <D extends CrmObject>(object: D) => {
  const { plural, singular } = object
  const { input, read } = refParameters(object, `Id of the ${singular}.`, () => ({}))
  return defineAction({
    name: `${plural}.archive`,
    summary: `Archive a ${singular}: it moves to the recycling bin.`,
    effect: 'delete',
    permissions: permissionsFor(object, 'write'),
    source: guideOf(object),
    input,
    output: noContent,
    request: (parameters) => ({ method: 'DELETE', path: recordPath(plural, read(parameters).id) }),
  })
}
