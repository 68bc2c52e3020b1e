const tickets = ['crm.objects.tickets.read', 'crm.objects.tickets.write']

/**
 * Whether a granted scope stands for another one too. In HubSpot none does, not even write for read, but the
 * older scope `tickets`.
 *
 * @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes
 */
export function includesScope(granted: string, needed: string): boolean {
  return granted === needed || (granted === 'tickets' && tickets.includes(needed))
}
