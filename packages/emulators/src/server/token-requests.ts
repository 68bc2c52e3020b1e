import type { RecordedRequest, TokenRequest } from '../emulator.ts'

/** The requests to a token endpoint among those recorded, those answered by a fault included. */
export function tokenRequestsAmong(requests: readonly RecordedRequest[], path: RegExp): TokenRequest[] {
  return requests
    .filter((request) => request.method === 'POST' && path.test(request.path))
    .map(({ query, body, receivedAt, status }) => {
      const fields = { ...query, ...(typeof body === 'object' ? (body as Record<string, unknown>) : {}) }
      return { grantType: grantTypeOf(fields), time: receivedAt, status }
    })
}

function grantTypeOf(fields: Record<string, unknown>): string | undefined {
  const given = fields['grant_type']
  if (typeof given === 'string') return given
  return fields['code'] === undefined ? undefined : 'authorization_code'
}
