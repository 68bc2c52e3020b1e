/** @see https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens */
export const tokenUrlOf = ({ origin }: URL) => `${origin}/oauth/2026-03/token`
