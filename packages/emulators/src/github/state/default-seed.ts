import type { GithubSeed } from './seed.ts'

/** A small company: two people, an organization with a public and a private repository. */
export const defaultGithubSeed: GithubSeed = {
  users: [
    { login: 'maria-silva', name: 'Maria Silva', email: 'maria@harborworks.example', location: 'Lisbon' },
    { login: 'tom-becker', name: 'Tom Becker', company: 'Harborworks' },
  ],
  organizations: [
    {
      login: 'harborworks',
      name: 'Harborworks',
      members: { 'maria-silva': 'admin', 'tom-becker': 'member' },
    },
  ],
  tokens: [
    { token: 'test-token-1', login: 'maria-silva', scopes: ['repo', 'user'] },
    { token: 'test-token-no-scopes', login: 'tom-becker', scopes: [] },
    {
      token: 'test-token-fine-grained',
      login: 'maria-silva',
      permissions: { issues: 'write', pull_requests: 'read' },
    },
    {
      token: 'test-token-expired',
      login: 'maria-silva',
      scopes: ['repo'],
      expiresAt: '2020-01-01T00:00:00Z',
    },
    { token: 'test-access-token', login: 'maria-silva', permissions: { issues: 'write' } },
  ],
  oauthApps: [
    {
      clientId: 'test-client-id',
      clientSecret: 'test-client-secret',
      redirectUris: ['http://127.0.0.1/callback'],
      deviceFlow: true,
      tokensExpire: true,
      permissions: { issues: 'write', pull_requests: 'write', contents: 'write' },
    },
    {
      clientId: 'test-oauth-app-id',
      clientSecret: 'test-oauth-app-secret',
      redirectUris: ['http://127.0.0.1/callback'],
      deviceFlow: true,
    },
  ],
  refreshTokens: [
    {
      token: 'test-refresh-token',
      clientId: 'test-client-id',
      login: 'maria-silva',
      permissions: { issues: 'write', pull_requests: 'write', contents: 'write' },
      accessToken: 'test-access-token',
    },
  ],
  repositories: [
    {
      owner: 'harborworks',
      name: 'billing-portal',
      description: 'Where customers see and pay their invoices.',
      language: 'TypeScript',
      topics: ['billing', 'invoices'],
      stars: 12,
      createdAt: '2025-02-03T09:00:00Z',
      branches: [
        {
          name: 'retry-webhooks',
          files: [{ filename: 'src/webhooks.ts', status: 'modified', additions: 24, deletions: 3 }],
        },
      ],
      issues: [
        {
          title: 'CSV export drops the last row',
          body: 'Exporting an invoice list to CSV leaves out the last invoice.',
          author: 'maria-silva',
          labels: ['bug'],
          assignees: ['tom-becker'],
          comments: [{ author: 'tom-becker', body: 'It happens with every list above 100 rows.' }],
          createdAt: '2026-09-01T08:30:00Z',
        },
        {
          title: 'Add Portuguese translations',
          author: 'tom-becker',
          labels: ['enhancement', 'good first issue'],
          createdAt: '2026-09-14T10:00:00Z',
        },
        {
          title: 'Payment page is blank in Safari 17',
          author: 'maria-silva',
          labels: ['bug'],
          state: 'closed',
          createdAt: '2026-08-20T12:00:00Z',
          updatedAt: '2026-08-22T15:45:00Z',
        },
      ],
      pullRequests: [
        {
          title: 'Keep the last row in CSV exports',
          body: 'Closes #1.',
          author: 'tom-becker',
          head: 'fix-csv-export',
          createdAt: '2026-09-15T09:10:00Z',
          requestedReviewers: ['maria-silva'],
          files: [
            {
              filename: 'src/export/csv.ts',
              status: 'modified',
              additions: 2,
              deletions: 2,
              patch: '@@ -10,4 +10,4 @@ export function toCsv(rows: Row[])',
            },
          ],
          reviews: [{ author: 'maria-silva', state: 'APPROVED', body: 'Thank you!' }],
        },
      ],
    },
    {
      owner: 'harborworks',
      name: 'infrastructure',
      description: 'How the platform runs.',
      private: true,
      createdAt: '2025-02-10T09:00:00Z',
      issues: [
        { title: 'Rotate database passwords', author: 'maria-silva', createdAt: '2026-09-10T07:00:00Z' },
      ],
    },
    { owner: 'maria-silva', name: 'dotfiles', createdAt: '2024-06-01T00:00:00Z' },
  ],
}
