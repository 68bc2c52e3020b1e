import type { GithubSeed } from '@agent/emulators'

export const repository = { owner: 'harborworks', repo: 'billing-portal' }
export const githubToken = 'sample-github-token'

/** Harborworks makes a billing portal; this is its repository. */
export const githubSeed: GithubSeed = {
  users: [
    { login: 'triage-bot', name: 'Support triage' },
    { login: 'maria-silva', name: 'Maria Silva' },
    { login: 'tom-becker', name: 'Tom Becker' },
  ],
  organizations: [
    {
      login: repository.owner,
      name: 'Harborworks',
      members: { 'maria-silva': 'admin', 'tom-becker': 'member', 'triage-bot': 'member' },
    },
  ],
  tokens: [
    { token: githubToken, login: 'triage-bot', permissions: { issues: 'write', pull_requests: 'read' } },
  ],
  repositories: [
    {
      owner: repository.owner,
      name: repository.repo,
      description: 'Where customers see and pay their invoices.',
      language: 'TypeScript',
      issues: [
        {
          title: 'CSV export drops the last row',
          body: 'Exporting a list of invoices leaves out the last one. Seen with 100 rows and more.',
          author: 'maria-silva',
          labels: ['bug'],
          comments: [{ author: 'tom-becker', body: 'Off by one in the page cursor; a fix is on its way.' }],
        },
        {
          title: 'Password reset mails are stuck in the queue',
          body: 'Since Monday the mail never arrives for accounts with an upper-case address.',
          author: 'tom-becker',
          labels: ['bug'],
        },
        { title: 'Add Portuguese translations', author: 'maria-silva', labels: ['enhancement'] },
        {
          title: 'Due dates are off by a day in Auckland',
          author: 'tom-becker',
          labels: ['bug'],
          state: 'closed',
        },
      ],
      pullRequests: [
        {
          title: 'Keep the last row in CSV exports',
          body: 'Closes #1.',
          author: 'tom-becker',
          head: 'csv-last-row',
          files: [{ filename: 'src/export/csv.ts', status: 'modified', additions: 6, deletions: 2 }],
        },
      ],
    },
  ],
}
