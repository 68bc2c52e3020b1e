import type { CommonOptions } from '@agent/core'
import { localStore } from '@agent/core/node'
import { createGithubEmulator, createHubspotEmulator } from '@agent/emulators'
import { GithubConnector, githubAuthFromEnv } from '@agent/github'
import { HubspotConnector, hubspotAuthFromEnv } from '@agent/hubspot'
import { githubSeed, githubToken, repository } from './company/github.ts'
import { hubspotApp, hubspotExpiredToken, hubspotRefreshToken, hubspotSeed } from './company/hubspot.ts'
import { keepTokens, type Place, savedAccount } from './saved-credentials.ts'
import { readRepository, type Settings } from './settings.ts'

export interface Services {
  github: GithubConnector
  hubspot: HubspotConnector
  repository: { owner: string; repo: string }
  /** Names of the services that are real, so that writes there are asked for first. */
  real: ReadonlySet<string>
  close: () => Promise<void>
}

type Environment = Settings['environment']
type Started<Connector> = { connector: Connector; isReal: boolean; close: () => Promise<void> }

/** Each service for itself: real where the environment holds its credential, else an emulator. */
export async function startServices(environment: Environment, events: CommonOptions): Promise<Services> {
  const place = isSet(environment, 'GITHUB_') ? readRepository(environment) : repository
  const hubspot = await startHubspot(environment, events)
  const github = await startGithub(environment, events).catch(async (error: unknown) => {
    await hubspot.close()
    throw error
  })
  const real = [github.isReal && 'github', hubspot.isReal && 'hubspot'].filter((name) => name !== false)
  return {
    github: github.connector,
    hubspot: hubspot.connector,
    repository: place,
    real: new Set(real),
    close: async () => {
      await Promise.all([github.close(), hubspot.close()])
    },
  }
}

async function startGithub(
  environment: Environment,
  events: CommonOptions,
): Promise<Started<GithubConnector>> {
  if (isSet(environment, 'GITHUB_')) {
    const place = placeOf(environment, 'GITHUB')
    const account = environment['GITHUB_ACCOUNT']?.trim()
    const auth = account
      ? await savedAccount(GithubConnector, account, place)
      : await keepTokens(GithubConnector, githubAuthFromEnv(environment), place)
    return real(new GithubConnector({ auth, ...server(place), ...events }))
  }
  const emulator = await createGithubEmulator({ seed: githubSeed })
  const auth = { type: 'personalAccessToken', token: githubToken } as const
  const connector = new GithubConnector({ auth, baseUrl: emulator.url, ...events })
  return { connector, isReal: false, close: () => emulator.close() }
}

async function startHubspot(
  environment: Environment,
  events: CommonOptions,
): Promise<Started<HubspotConnector>> {
  if (isSet(environment, 'HUBSPOT_')) {
    const place = placeOf(environment, 'HUBSPOT')
    const account = environment['HUBSPOT_ACCOUNT']?.trim()
    const auth = account
      ? await savedAccount(HubspotConnector, account, place)
      : await keepTokens(HubspotConnector, hubspotAuthFromEnv(environment), place)
    return real(new HubspotConnector({ auth, ...server(place), ...events }))
  }
  const emulator = await createHubspotEmulator({ seed: hubspotSeed })
  const auth = {
    type: 'oauth',
    ...hubspotApp,
    accessToken: hubspotExpiredToken,
    refreshToken: hubspotRefreshToken,
  } as const
  const connector = new HubspotConnector({ auth, baseUrl: emulator.url, ...events })
  return { connector, isReal: false, close: () => emulator.close() }
}

const real = <Connector>(connector: Connector): Started<Connector> => ({
  connector,
  isReal: true,
  close: () => Promise.resolve(),
})

/** The credentials of this user on this machine, for the server that the environment names. */
function placeOf(environment: Environment, prefix: string): Place {
  const baseUrl = environment[`${prefix}_BASE_URL`]
  return { store: localStore({ environment }), ...(baseUrl && { baseUrl }) }
}

/** An Enterprise Server, or another deployment of the same API. */
const server = ({ baseUrl }: Place) => (baseUrl === undefined ? {} : { baseUrl })

const isSet = (environment: Environment, prefix: string) =>
  Object.entries(environment).some(([name, value]) => name.startsWith(prefix) && value?.trim())
