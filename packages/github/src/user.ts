import * as z from 'zod'

/** An account where it is mentioned: only its name. */
export const userRef = () => z.object({ login: z.string() })
