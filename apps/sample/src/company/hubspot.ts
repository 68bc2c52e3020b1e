import type { HubspotSeed } from '@agent/emulators'

export const hubspotApp = { clientId: 'sample-client-id', clientSecret: 'sample-client-secret' }
export const hubspotRefreshToken = 'sample-refresh-token'
/** Expired an hour ago, as the token of an app that was asleep. */
export const hubspotExpiredToken = 'sample-expired-access-token'

const scopes = ['contacts', 'companies', 'deals', 'tickets'].flatMap((object) => [
  `crm.objects.${object}.read`,
  `crm.objects.${object}.write`,
])

const stage = { new: '1', waitingOnUs: '3', closed: '4' }

const ticket = (
  id: string,
  contact: string,
  subject: string,
  content: string,
  priority: string,
  at = stage.new,
) => ({
  id,
  properties: { subject, content, hs_ticket_priority: priority, hs_pipeline: '0', hs_pipeline_stage: at },
  associations: [{ to: { type: 'contacts' as const, id: contact } }],
})

/** The customers of Harborworks, and what they wrote to its support. */
export const hubspotSeed: HubspotSeed = {
  apps: [hubspotApp],
  tokens: [
    {
      token: hubspotExpiredToken,
      kind: 'oauth',
      scopes,
      expiresAt: Date.now() - 3_600_000,
    },
  ],
  refreshTokens: [{ token: hubspotRefreshToken, clientId: hubspotApp.clientId, scopes }],
  objects: {
    companies: [
      { id: '201', properties: { name: 'Brightwater Clinics', domain: 'brightwater.example' } },
      { id: '202', properties: { name: 'Kestrel Logistics', domain: 'kestrel.example' } },
      { id: '203', properties: { name: 'Cedar & Sons', domain: 'cedar.example' } },
    ],
    contacts: [
      {
        id: '301',
        properties: { firstname: 'Alice', lastname: 'Nguyen', email: 'alice@brightwater.example' },
      },
      { id: '302', properties: { firstname: 'Priya', lastname: 'Raman', email: 'priya@kestrel.example' } },
      { id: '303', properties: { firstname: 'Greta', lastname: 'Holm', email: 'greta@cedar.example' } },
    ],
    deals: [
      {
        id: '401',
        properties: { dealname: 'Kestrel Logistics: 40 seats', amount: '48000', dealstage: 'contractsent' },
      },
      {
        id: '402',
        properties: { dealname: 'Cedar & Sons: renewal', amount: '6200', dealstage: 'qualifiedtobuy' },
      },
    ],
    tickets: [
      ticket(
        '501',
        '301',
        'Export drops invoices',
        'The last invoice is missing from every CSV file we download.',
        'HIGH',
      ),
      ticket(
        '502',
        '303',
        'Password mail never arrives',
        'I asked for a new password three times today.',
        'MEDIUM',
      ),
      ticket(
        '503',
        '302',
        'Webhook deliveries stop after a certificate change',
        'We renewed our certificate on Friday. Since then not one webhook has come in, and nothing says why.',
        'HIGH',
        stage.waitingOnUs,
      ),
      ticket(
        '504',
        '301',
        'Invoice PDF shows the wrong currency symbol',
        'Invoices in Swiss francs are printed with a dollar sign. The amounts are right.',
        'LOW',
      ),
      ticket('505', '303', 'How do I add a second user?', 'Solved on the phone.', 'LOW', stage.closed),
    ],
  },
}
