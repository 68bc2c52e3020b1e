import * as z from 'zod'

/** Output of an action that answers nothing, such as a deletion; its data is null. */
export const noContent = (): z.ZodType<null> => z.null()
