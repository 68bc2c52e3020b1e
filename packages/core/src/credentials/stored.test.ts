import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { failure } from '../../test/failure.ts'
import { gate, reset, status } from '../../test/serve.ts'
import { account, item, storedService, storedWorld } from '../../test/stored-world.ts'
import {
  connect,
  type CredentialStore,
  type CredentialSummary,
  deleteSavedCredential,
  listSavedCredentials,
  memoryStore,
  readSavedCredential,
  saveCredential,
  storeUnavailable,
} from '../index.ts'
import { type CredentialRecord, readRecord, writeRecord } from './credential-record.ts'

const times = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work))

async function onlyKey(store: CredentialStore): Promise<string> {
  for await (const key of store.keys()) return key
  throw new Error('The store is empty.')
}

/** Changes the one record of a store behind everybody's back. */
async function tamper(
  store: CredentialStore,
  change: (record: CredentialRecord) => CredentialRecord,
): Promise<void> {
  const key = await onlyKey(store)
  const { value, version } = (await store.get(key))!
  await store.set(key, writeRecord(change(readRecord(value))), version)
}

const recordOf = async (store: CredentialStore) => readRecord((await store.get(await onlyKey(store)))!.value)

async function listed(summaries: AsyncIterable<CredentialSummary>): Promise<CredentialSummary[]> {
  const all: CredentialSummary[] = []
  for await (const summary of summaries) all.push(summary)
  return all
}

/** A store whose operations a test may replace. */
function faulty(inner = memoryStore()) {
  const faults: { [Name in keyof CredentialStore]?: CredentialStore[Name] | undefined } = {}
  const store: CredentialStore = {
    get: (...given) => (faults.get ?? inner.get)(...given),
    set: (...given) => (faults.set ?? inner.set)(...given),
    delete: (...given) => inner.delete(...given),
    keys: () => inner.keys(),
    lock: (...given) => (faults.lock ?? inner.lock)(...given),
    unlock: (...given) => inner.unlock(...given),
  }
  return { inner, store, faults }
}

const down = () => Promise.reject(storeUnavailable('test', { code: 'ECONNREFUSED' }, 'Start it.'))

describe('a stored credential', () => {
  it('is used as it was saved, and renewed when it is due', async () => {
    const { open, apiTokens, tokenRequests } = await storedWorld({ leftMs: 3_600_000 })
    expect(await open().get()).toEqual(item)
    expect(apiTokens()).toEqual(['test-access-1'])
    expect(tokenRequests()).toEqual([])
  })

  it('T07 has the new pair stored, both at once, before the new access token is used', async () => {
    const order: string[] = []
    const { store, faults, inner } = faulty()
    const { open } = await storedWorld({ store })
    faults.set = async (...given) => {
      const version = await inner.set(...given)
      const { tokens } = readRecord(given[1])
      order.push(`${tokens.accessToken} ${tokens.refreshToken}`)
      return version
    }
    const connection = open({}, { onRequest: () => order.push('request') })
    await connection.get()
    expect(order).toEqual(['test-access-1 test-refresh-1', 'test-access-2 test-refresh-2', 'request'])
    expect(await recordOf(store)).toMatchObject({
      tokens: { accessToken: 'test-access-2', refreshToken: 'test-refresh-2', lifetimeMs: 1_800_000 },
    })
    expect((await recordOf(store)).refreshing).toBeUndefined()
  })

  it('T11 is renewed once for all connections, and those that come later renew nothing', async () => {
    const { open, tokenRequests, apiTokens } = await storedWorld()
    const connections = Array.from({ length: 8 }, () => open())
    await Promise.all(connections.map(({ get }) => times(20, () => get())))
    await open().get()
    expect(tokenRequests()).toHaveLength(1)
    expect(new Set(apiTokens())).toEqual(new Set(['test-access-2']))
  })

  it('T11 is read again under the lock: what another renewed before the lock was got is used', async () => {
    const { store, faults, inner } = faulty()
    const { open, tokenRequests, apiTokens } = await storedWorld({ store })
    const asked = gate()
    const go = gate()
    faults.lock = async (...given) => {
      asked.open()
      await go.opened
      return inner.lock(...given)
    }
    const late = open().get()
    await asked.opened
    await open({ store: inner }).get()
    go.open()
    expect(await late).toEqual(item)
    expect(tokenRequests()).toHaveLength(1)
    expect(apiTokens()).toEqual(['test-access-2', 'test-access-2'])
  })

  it('T02 T11 is renewed once when many connections are refused at once', async () => {
    const { open, tokenRequests, apiTokens, expireAccessToken } = await storedWorld({ leftMs: 3_600_000 })
    const connections = Array.from({ length: 8 }, () => open())
    await Promise.all(connections.map(({ get }) => get()))
    expireAccessToken()
    await Promise.all(connections.map(({ get }) => times(5, () => get())))
    expect(tokenRequests()).toHaveLength(1)
    expect(apiTokens().filter((token) => token === 'test-access-2')).toHaveLength(40)
  })

  it('T38 that the app replaces is used by new calls, and a late renewal does not overwrite it', async () => {
    const { open, hooks, issue, save, oauth, store, apiTokens } = await storedWorld()
    const asked = gate()
    const answer = gate()
    hooks.beforeReply = async () => {
      asked.open()
      await answer.opened
    }
    const { get } = open()
    const late = get()
    await asked.opened
    const login = issue()
    await save(oauth(login, 3_600_000))
    answer.open()
    expect(await late).toEqual(item)
    expect(await get()).toEqual(item)
    expect(await recordOf(store)).toMatchObject({ tokens: login })
    expect(new Set(apiTokens())).toEqual(new Set([login.accessToken]))
  })

  it('T38 that the app replaces is noticed after maxAgeMs, and at once after a 401', async () => {
    const { open, issue, save, oauth, apiTokens } = await storedWorld({ leftMs: 3_600_000 })
    const fresh = open({ maxAgeMs: 0 })
    const cached = open({ maxAgeMs: 600_000 })
    await fresh.get()
    await cached.get()
    const login = issue()
    await save(oauth(login, 3_600_000))
    await fresh.get()
    expect(apiTokens()).toEqual(['test-access-1', 'test-access-1', login.accessToken])
    expect(await cached.get()).toEqual(item)
    expect(apiTokens().slice(3)).toEqual(['test-access-1', login.accessToken])
  })

  it('T38 that the app replaces lets the calls that run finish', async () => {
    const { open, issue, save, oauth, apiTokens } = await storedWorld({ leftMs: 3_600_000 })
    const answered = gate()
    const go = gate()
    const fetch = async (request: Request) => {
      const response = await globalThis.fetch(request)
      answered.open()
      await go.opened
      return response
    }
    const running = open({ maxAgeMs: 0 }, { fetch }).get()
    await answered.opened
    const login = issue()
    await save(oauth(login, 3_600_000))
    expect(await open().get()).toEqual(item)
    go.open()
    expect(await running).toEqual(item)
    expect(apiTokens()).toEqual(['test-access-1', login.accessToken])
  })

  it('T36 that is refused and that nobody renews is sent once for each call, whatever the store holds', async () => {
    const { open, save, apiTokens, tokenRequests } = await storedWorld()
    await save({ type: 'token', token: 'test-token-wrong' })
    const { get } = open({ maxAgeMs: 0 })
    for (let call = 1; call <= 3; call++) {
      expect(await failure(get())).toMatchObject({ name: 'AuthRejectedError', status: 401, attempts: 1 })
      expect(apiTokens()).toHaveLength(call)
    }
    expect(tokenRequests()).toEqual([])
  })

  it('T38 may become one of another kind', async () => {
    const { open, save, issue, apiTokens } = await storedWorld({ leftMs: 3_600_000 })
    const { get } = open({ maxAgeMs: 600_000 })
    await get()
    for (let turn = 0; turn < 2; turn++) {
      const { accessToken } = issue()
      await save({ type: 'token', token: accessToken })
      expect(await get()).toEqual(item)
      expect(apiTokens().at(-1)).toBe(accessToken)
    }
  })

  it('that was removed is used no more', async () => {
    const { open, store, url } = await storedWorld({ leftMs: 3_600_000 })
    const { get } = open({ maxAgeMs: 0 })
    await get()
    expect(await deleteSavedCredential(store, storedService, { account, baseUrl: url })).toBe(true)
    expect(await failure(get())).toMatchObject({ name: 'StoreError', code: 'RECORD_MISSING' })
  })

  it('that was removed is not used for the rest of maxAgeMs either, once that was noticed', async () => {
    const { open, store, url, apiTokens, expireAccessToken } = await storedWorld({ leftMs: 3_600_000 })
    const { get } = open({ maxAgeMs: 600_000 })
    await get()
    await deleteSavedCredential(store, storedService, { account, baseUrl: url })
    expireAccessToken()
    for (let call = 0; call < 3; call++) expect((await failure(get())).code).toBe('RECORD_MISSING')
    expect(apiTokens()).toEqual(Array(2).fill('test-access-1'))
  })

  it('T38 that was renewed is not forgotten for an older one that a slow store still answers', async () => {
    const { store, faults, inner } = faulty()
    const { open, apiTokens, expireAccessToken, tokenRequests } = await storedWorld({
      store,
      leftMs: 3_600_000,
    })
    const sent = gate()
    const go = gate()
    const fetch = async (request: Request) => {
      sent.open()
      await go.opened
      return globalThis.fetch(request)
    }
    const { get } = open({ maxAgeMs: 1000 }, { fetch })
    expireAccessToken()
    const early = get()
    await sent.opened
    const now = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 2000)
    const asked = gate()
    const answer = gate()
    faults.get = async (...given) => {
      faults.get = undefined
      const old = await inner.get(...given)
      asked.open()
      await answer.opened
      return old
    }
    const late = get()
    await asked.opened
    go.open()
    await vi.waitFor(async () => {
      expect((await recordOf(inner)).tokens.accessToken).toBe('test-access-2')
    })
    answer.open()
    expect(await Promise.all([early, late])).toEqual([item, item])
    expect(apiTokens()).toEqual(['test-access-1', 'test-access-2', 'test-access-2'])
    expect(tokenRequests()).toHaveLength(1)
  })

  it('that was removed while it was renewed is not put back', async () => {
    const { open, store, url, hooks } = await storedWorld()
    hooks.beforeReply = async () => {
      await deleteSavedCredential(store, storedService, { account, baseUrl: url })
    }
    const { get } = open()
    for (let call = 0; call < 2; call++) expect((await failure(get())).code).toBe('RECORD_MISSING')
    expect(await store.get('anything')).toBeUndefined()
    for await (const key of store.keys()) expect.unreachable(key)
  })
})

describe('a grant that is gone', () => {
  it('T04 is remembered by all connections without network, until the credential is replaced', async () => {
    const { open, hooks, tokenRequests, issue, save, oauth, store } = await storedWorld()
    issue()
    const [one, two] = [open(), open()]
    for (const { get } of [one, two, one, two, open()]) {
      expect(await failure(get())).toMatchObject({ name: 'ReauthRequiredError', outcome: 'not_sent' })
    }
    expect(tokenRequests()).toHaveLength(1)
    const [summary] = await listed(listSavedCredentials(store))
    expect(summary?.reauthRequiredAt).toBeInstanceOf(Date)
    hooks.token = undefined
    await save(oauth(issue(), 3_600_000))
    for (const { get } of [one, two, open()]) expect(await get()).toEqual(item)
  })

  it('T05 is not, where the store has newer tokens by then', async () => {
    const { open, hooks, issue, save, oauth, tokenRequests } = await storedWorld()
    hooks.beforeToken = async () => {
      hooks.beforeToken = undefined
      // Another machine, whose lock this one does not see.
      await save(oauth(issue(), 3_600_000))
    }
    expect(await open().get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(1)
  })
})

describe('a process that dies while it renews', () => {
  const dying = (record: CredentialRecord): CredentialRecord => ({
    ...record,
    refreshing: { owner: 'dead', at: Date.now() },
  })

  it('T09 before its request: the old refresh token is tried once, and works', async () => {
    const { open, store, tokenRequests } = await storedWorld()
    await tamper(store, dying)
    expect(await open().get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(1)
    expect((await recordOf(store)).refreshing).toBeUndefined()
  })

  it('T09 after its request: the old refresh token is tried once, and the error tells the story', async () => {
    const { open, store, issue, tokenRequests } = await storedWorld()
    await tamper(store, dying)
    issue()
    const { get } = open()
    const error = await failure(get())
    expect(error).toMatchObject({ name: 'ReauthRequiredError' })
    expect(error.hint).toMatch(/process ended while it renewed/)
    await failure(get())
    expect(tokenRequests()).toHaveLength(1)
  })

  it('T12 holds the lock for ten seconds at most, unless told', async () => {
    const { store, faults, inner } = faulty()
    const { open } = await storedWorld({ store })
    const taken: number[] = []
    faults.lock = (key, owner, ttlMs) => {
      taken.push(ttlMs)
      return inner.lock(key, owner, ttlMs)
    }
    await open().get()
    expect(taken).toEqual([10_000])
    expect(await inner.lock(await onlyKey(inner), 'next', 1)).toBe(true)
  })

  it('T12 leaves a lock that is taken over when it ends, and not before', async () => {
    const { open, store, tokenRequests } = await storedWorld()
    const started = performance.now()
    await store.lock(await onlyKey(store), 'dead', 300)
    expect(await times(5, () => open().get())).toEqual(Array(5).fill(item))
    expect(performance.now() - started).toBeGreaterThan(290)
    expect(tokenRequests()).toHaveLength(1)
  })
})

describe('a renewal slower than the lock', () => {
  it('T13 keeps the lock by its heartbeat', async () => {
    const { open, hooks, tokenRequests } = await storedWorld()
    const asked = gate()
    const answer = gate()
    hooks.beforeReply = async () => {
      asked.open()
      await answer.opened
    }
    const calls = [open({ lockTtlMs: 100 }).get()]
    await asked.opened
    calls.push(open({ lockTtlMs: 100 }).get())
    await new Promise((resolve) => setTimeout(resolve, 350))
    answer.open()
    expect(await Promise.all(calls)).toEqual([item, item])
    expect(tokenRequests()).toHaveLength(1)
  })

  it('T12 gives the lock up for good: no slow heartbeat takes it again', async () => {
    const { store, faults, inner } = faulty()
    const { open, hooks } = await storedWorld({ store })
    const beating = gate()
    const arrive = gate()
    let locks = 0
    faults.lock = async (...given) => {
      locks += 1
      if (locks === 2) {
        beating.open()
        await arrive.opened
      }
      return inner.lock(...given)
    }
    hooks.beforeReply = async () => {
      await beating.opened
      // Time for further beats.
      await new Promise((resolve) => setTimeout(resolve, 120))
    }
    const call = open({ lockTtlMs: 100 }).get()
    const key = await onlyKey(store)
    await vi.waitFor(async () => {
      expect((await recordOf(inner)).tokens.accessToken).toBe('test-access-2')
    })
    arrive.open()
    expect(await call).toEqual(item)
    expect(await inner.lock(key, 'next', 1)).toBe(true)
  })

  /** As a process that was stopped: its heartbeat does not reach the store. */
  function stopped() {
    const { store, faults, inner } = faulty()
    faults.lock = (key, owner) => inner.lock(key, owner, 1)
    return { store, inner }
  }

  it('T13 does not overwrite what another has stored meanwhile', async () => {
    const { store, inner } = stopped()
    const { open, hooks, issue, save, oauth } = await storedWorld({ store })
    hooks.beforeReply = async () => {
      await save(oauth(issue(), 3_600_000))
    }
    expect(await open().get()).toEqual(item)
    expect(await recordOf(inner)).toMatchObject({ tokens: { accessToken: 'test-access-3' } })
  })

  it('T13 whose refresh token is found used up by another still brings the living pair', async () => {
    const { store, inner } = stopped()
    const { open, hooks, tokenRequests } = await storedWorld({ store })
    const asked = gate()
    const answer = gate()
    hooks.beforeReply = async () => {
      asked.open()
      await answer.opened
    }
    const slow = open().get()
    await asked.opened
    const other = open({ store: inner })
    expect((await failure(other.get())).name).toBe('ReauthRequiredError')
    expect((await recordOf(inner)).reauthRequired).toBeDefined()
    answer.open()
    expect(await slow).toEqual(item)
    expect(await other.get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(2)
    expect((await recordOf(inner)).reauthRequired).toBeUndefined()
  })
})

describe('a store that fails', () => {
  it('T10 when the new pair is to be stored: StoreError, the pair kept in memory and stored later', async () => {
    const { store, faults, inner } = faulty()
    const { open, tokenRequests, apiTokens } = await storedWorld({ store })
    faults.set = (...given) => (given[1].includes('test-access-2') ? down() : inner.set(...given))
    const { get } = open()
    for (let call = 0; call < 2; call++) {
      const error = await failure(get())
      expect(error).toMatchObject({ name: 'StoreError', code: 'TOKEN_PERSIST_FAILED', outcome: 'not_sent' })
      expect(error.hint).toMatch(/^Start it\./)
    }
    expect(apiTokens()).toEqual([])
    faults.set = undefined
    expect(await get()).toEqual(item)
    expect(await recordOf(inner)).toMatchObject({ tokens: { refreshToken: 'test-refresh-2' } })
    expect(tokenRequests()).toHaveLength(1)
  })

  it('T10 when it hangs: StoreError in the end', async () => {
    const { store, faults, inner } = faulty()
    const { open } = await storedWorld({ store })
    faults.set = (...given) =>
      given[1].includes('test-access-2') ? new Promise(() => undefined) : inner.set(...given)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const progress = { isOver: false }
      const failed = failure(open().get()).finally(() => {
        progress.isOver = true
      })
      while (!progress.isOver) {
        await vi.advanceTimersByTimeAsync(1000)
        await new Promise((resolve) => setImmediate(resolve))
      }
      expect(await failed).toMatchObject({ code: 'TOKEN_PERSIST_FAILED' })
    } finally {
      vi.useRealTimers()
    }
  })

  it.each(['get', 'lock', 'set'] as const)(
    'T15 whose %s hangs once does not hold up later calls',
    async (name) => {
      const { store, faults } = faulty()
      const { open } = await storedWorld({ store })
      const hung = gate()
      const hang = () => {
        hung.open()
        return new Promise<never>(() => undefined)
      }
      Object.assign(faults, { [name]: hang })
      const { get } = open()
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      try {
        const first = failure(get())
        await hung.opened
        await vi.advanceTimersByTimeAsync(10_000)
        expect(await first).toMatchObject({
          code: 'STORE_UNAVAILABLE',
          outcome: 'not_sent',
          isRetryable: true,
        })
      } finally {
        vi.useRealTimers()
      }
      faults[name] = undefined
      expect(await get()).toEqual(item)
    },
  )

  it('S01 that throws something else shows none of it', async () => {
    const { store, faults } = faulty()
    const { open } = await storedWorld({ store })
    faults.get = () => Promise.reject(new Error('connect test://user:test-password@host'))
    const error = await failure(open().get())
    expect(error).toMatchObject({ name: 'StoreError', code: 'STORE_UNAVAILABLE' })
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('test-password')
  })

  it('T22 does not stop calls while the token they have is valid', async () => {
    const { store, faults } = faulty()
    const { open, apiTokens } = await storedWorld({ store, leftMs: 60_000 })
    const { get } = open({ maxAgeMs: 0 })
    faults.lock = down
    expect(await get()).toEqual(item)
    faults.get = down
    expect(await get()).toEqual(item)
    expect(apiTokens()).toEqual(['test-access-1', 'test-access-1'])
  })

  it('stops calls that have no token yet, and they go on once it is back', async () => {
    const { store, faults } = faulty()
    const { open } = await storedWorld({ store })
    faults.get = down
    const { get } = open()
    expect(await failure(get())).toMatchObject({
      name: 'StoreError',
      code: 'STORE_UNAVAILABLE',
      outcome: 'not_sent',
      isRetryable: true,
      hint: 'Start it.',
    })
    faults.get = undefined
    expect(await get()).toEqual(item)
  })
})

describe('the token endpoint', () => {
  it.each([
    ['500', status(500), false],
    ['a reset', reset, true],
  ] as const)(
    'T22 T15 that fails (%s) leaves the stored pair, and a later call renews',
    async (_, fault, isUnclear) => {
      const { open, hooks, store } = await storedWorld()
      hooks.token = fault
      const { get } = open({}, { maxAttempts: 1 })
      expect(await failure(get())).toMatchObject({ name: 'TokenEndpointError' })
      expect(await recordOf(store)).toMatchObject({ tokens: { refreshToken: 'test-refresh-1' } })
      expect('refreshing' in (await recordOf(store))).toBe(isUnclear)
      hooks.token = undefined
      expect(await get()).toEqual(item)
      expect('refreshing' in (await recordOf(store))).toBe(false)
    },
  )

  it('T09 whose answer is lost after it used up the refresh token: the error tells the story', async () => {
    const { open, hooks, issue, tokenRequests } = await storedWorld()
    hooks.token = (request, wire) => {
      issue()
      return reset(request, wire)
    }
    const { get } = open()
    expect(await failure(get())).toMatchObject({ name: 'TokenEndpointError' })
    hooks.token = undefined
    const error = await failure(open().get())
    expect(error).toMatchObject({ name: 'ReauthRequiredError' })
    expect(error.hint).toMatch(/may have used up the refresh token/)
    expect(tokenRequests()).toHaveLength(2)
  })

  it('T08 that sends no refresh token leaves the old one in the store', async () => {
    const { open, hooks, store } = await storedWorld()
    hooks.token = () => Response.json({ access_token: 'test-access-1', token_type: 'bearer' })
    await open().get()
    expect(await recordOf(store)).toMatchObject({ tokens: { refreshToken: 'test-refresh-1' } })
  })

  it('T28 that narrows the scope has it stored', async () => {
    const { open, hooks, store } = await storedWorld()
    hooks.token = () =>
      Response.json({ access_token: 'test-access-1', token_type: 'bearer', scope: 'items.read' })
    await open().get()
    const [summary] = await listed(listSavedCredentials(store))
    expect(summary?.scope).toBe('items.read')
  })
})

it('T16 T17 a pair written by a machine whose clock is behind is used, not renewed again', async () => {
  const { open, store, issue, tokenRequests } = await storedWorld({ leftMs: 60_000 })
  const { get } = open({ maxAgeMs: 600_000 })
  await get()
  const tokens = { ...issue(), lifetimeMs: 300_000, expiresAt: Date.now() - 300_000 }
  await tamper(store, (record) => ({ ...record, tokens, generation: crypto.randomUUID() }))
  expect(await get()).toEqual(item)
  expect(await get()).toEqual(item)
  expect(tokenRequests()).toEqual([])
})

describe('lifetimes', () => {
  it.each([
    ['far in the future', 8.64e15 - 1, 0],
    ['now', 0, 1],
    ['before the epoch', -8.64e15, 1],
  ])('T17 T19 of a saved token that ends %s lead to %i renewals', async (_, at, renewals) => {
    const { open, save, oauth, tokenRequests, store } = await storedWorld()
    await save({ ...oauth(), expiresAt: new Date(at) })
    const { get } = open()
    await get()
    await get()
    expect(tokenRequests()).toHaveLength(renewals)
    for (const { expiresAt } of await listed(listSavedCredentials(store))) {
      expect(expiresAt?.getTime()).not.toBeNaN()
    }
  })

  it.each([
    [0, 2],
    ['0', 2],
    ['1800', 1],
    [315_360_000, 1],
    [null, 1],
    [undefined, 1],
  ])('T18 T19 expires_in %j of a renewal is kept as a date or none', async (expires_in, requests) => {
    const { open, hooks, store, tokenRequests } = await storedWorld()
    hooks.token = () => Response.json({ access_token: 'test-access-1', token_type: 'bearer', expires_in })
    const { get } = open()
    await get()
    const { expiresAt } = (await recordOf(store)).tokens
    if (expires_in === null || expires_in === undefined) expect(expiresAt).toBeUndefined()
    else expect(Math.abs(expiresAt! - Date.now() - Number(expires_in) * 1000)).toBeLessThan(5000)
    await get()
    expect(tokenRequests()).toHaveLength(requests)
  })

  it.each([-1, '-1', 1e99, '1e99', 'NaN', 'soon', '', true, {}, 315_360_001])(
    'T19 T21 expires_in %j of a renewal is ProtocolError, and the stored pair is kept',
    async (expires_in) => {
      const { open, hooks, store } = await storedWorld()
      const before = (await recordOf(store)).tokens
      hooks.token = () => Response.json({ access_token: 'test-access-9', token_type: 'bearer', expires_in })
      const { get } = open()
      expect(await failure(get())).toMatchObject({ name: 'ProtocolError', outcome: 'not_sent' })
      expect((await recordOf(store)).tokens).toEqual(before)
      hooks.token = undefined
      expect(await get()).toEqual(item)
    },
  )

  it.each([1e300, Number.MAX_VALUE, -1e300])(
    'T19 a record with the date %d is refused',
    async (expiresAt) => {
      const { open, store } = await storedWorld()
      await tamper(store, (record) => ({ ...record, tokens: { ...record.tokens, expiresAt } }))
      const error = await failure(open().get())
      expect(error).toMatchObject({ name: 'StoreError', code: 'RECORD_UNREADABLE' })
      expect(error.message).toContain('tokens.expiresAt')
    },
  )

  it('T19 a refresh token that ends at no date is not saved', async () => {
    const { store, url, oauth } = await storedWorld()
    const refreshTokenExpiresAt = new Date(Number.NaN)
    const credential = { account: 'else', auth: oauth(), baseUrl: url, refreshTokenExpiresAt }
    expect(await failure(saveCredential(store, storedService, credential))).toMatchObject({
      name: 'ConfigError',
      issues: [{ path: 'refreshTokenExpiresAt' }],
    })
    expect(await listed(listSavedCredentials(store))).toHaveLength(1)
  })
})

describe('a renewal that many wait for', () => {
  async function waiting() {
    const asked = gate()
    const answer = gate()
    const world = await storedWorld()
    world.hooks.beforeToken = async () => {
      asked.open()
      await answer.opened
    }
    return { ...world, asked, answer }
  }

  it('T14 goes on when the one that began it aborts, and is stored', async () => {
    const { open, store, asked, answer, tokenRequests } = await waiting()
    const { get } = open()
    const controller = new AbortController()
    const first = failure(get(controller.signal))
    const others = [get(), get(), open().get()]
    await asked.opened
    controller.abort()
    expect(await first).toMatchObject({ name: 'AbortError', outcome: 'not_sent' })
    answer.open()
    expect(await Promise.all(others)).toEqual([item, item, item])
    expect(tokenRequests()).toHaveLength(1)
    expect(await recordOf(store)).toMatchObject({ tokens: { refreshToken: 'test-refresh-2' } })
  })

  it('T14 goes on when all abort: the new pair is not lost', async () => {
    const { open, store, asked, answer, tokenRequests } = await waiting()
    const { get } = open()
    const controller = new AbortController()
    const calls = [failure(get(controller.signal)), failure(get(controller.signal))]
    await asked.opened
    controller.abort()
    for (const call of calls) expect((await call).name).toBe('AbortError')
    answer.open()
    await vi.waitFor(async () => {
      expect(await recordOf(store)).toMatchObject({ tokens: { refreshToken: 'test-refresh-2' } })
    })
    expect(await get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(1)
  })

  it('T15 fails for all of them alike, and the next call tries again', async () => {
    const { open, hooks, tokenRequests } = await storedWorld()
    hooks.token = () => Response.json({ error: 'server_error' }, { status: 400 })
    const { get } = open()
    const errors = await times(5, () => failure(get()))
    expect(new Set(errors).size).toBe(1)
    expect(tokenRequests()).toHaveLength(1)
    hooks.token = undefined
    expect(await get()).toEqual(item)
  })
})

describe('a record', () => {
  it.each([
    ['account', (record: CredentialRecord) => ({ ...record, account: 'someone else' })],
    ['issuer', (record: CredentialRecord) => ({ ...record, issuer: 'https://api.example.org' })],
    ['service', (record: CredentialRecord) => ({ ...record, service: 'other' })],
  ])('of another %s is not used', async (field, change) => {
    const { open, store, apiTokens, tokenRequests } = await storedWorld()
    await tamper(store, change)
    const error = await failure(open().get())
    expect(error).toMatchObject({ name: 'StoreError', code: 'RECORD_MISMATCH', outcome: 'not_sent' })
    expect(error.message).toContain(field)
    expect([...apiTokens(), ...tokenRequests()]).toEqual([])
  })

  it('of another client is not used', async () => {
    const { open } = await storedWorld()
    expect(await failure(open({ clientId: 'other' }).get())).toMatchObject({ code: 'RECORD_MISMATCH' })
    expect(await open({ clientId: 'client' }).get()).toEqual(item)
  })

  it('of another server is not found', async () => {
    const { store } = await storedWorld()
    const elsewhere = connect(storedService, { auth: { type: 'stored', store, account } })
    const { getItem } = await import('../../test/example-service.ts')
    const error = await failure(elsewhere.run(getItem, { item_id: 1 }))
    expect(error).toMatchObject({ code: 'RECORD_MISSING' })
    expect(error.hint).toContain('agent login stored-example')
  })

  it.each([
    ['T37 cut off', (value: string) => value.slice(0, 100), 'no JSON'],
    ['T37 empty', () => '', 'no JSON'],
    ['of another kind', () => '{"v":1}', 'no credential record'],
    ['T37 of a later version', (value: string) => value.replace('"version":1', '"version":2'), 'version 2'],
    ['T37 without tokens', (value: string) => value.replace('"tokens":', '"token":'), 'tokens'],
  ])('%s is StoreError, and left as it is', async (_, damage, problem) => {
    const { open, store } = await storedWorld()
    const key = await onlyKey(store)
    const { value, version } = (await store.get(key))!
    await store.set(key, damage(value), version)
    const error = await failure(open().get())
    expect(error).toMatchObject({ name: 'StoreError', code: 'RECORD_UNREADABLE', outcome: 'not_sent' })
    expect(error.message).toContain(problem)
    expect(JSON.stringify(error)).not.toMatch(/test-(access|refresh|client)/)
    expect((await store.get(key))?.value).toBe(damage(value))
  })

  it('holds no function: the app gives it again', async () => {
    const { open, save, oauth, store, tokenRequests } = await storedWorld()
    await save({ ...oauth(), clientSecret: () => 'test-secret-2' })
    expect((await recordOf(store)).auth).toEqual({ type: 'oauth', clientId: 'client' })
    expect(await failure(open().get())).toMatchObject({
      name: 'ConfigError',
      issues: [{ path: 'clientSecret' }],
    })
    expect(await open({ secrets: { clientSecret: () => 'test-secret-3' } }).get()).toEqual(item)
    expect(new URLSearchParams(tokenRequests()[0]?.body).get('client_secret')).toBe('test-secret-3')
  })

  it('is listed without secrets, and read with them', async () => {
    const { store, url } = await storedWorld()
    const [summary, ...others] = await listed(listSavedCredentials(store, storedService))
    expect(others).toEqual([])
    expect(summary).toMatchObject({ service: 'stored-example', account, type: 'oauth', clientId: 'client' })
    expect(JSON.stringify(summary)).not.toMatch(/test-/)
    const saved = await readSavedCredential(store, storedService, { account, baseUrl: url })
    expect(saved.auth).toMatchObject({ type: 'oauth', refreshToken: 'test-refresh-1' })
  })

  it('is checked before it is saved', async () => {
    const store = memoryStore()
    const auth = { type: 'oauth', clientId: 'client' } as never
    const error = await failure(saveCredential(store, storedService, { account, auth }))
    expect(error).toMatchObject({ name: 'ConfigError' })
    for await (const key of store.keys()) expect.unreachable(key)
  })
})

it.each([
  ['no store', { store: undefined }, 'store'],
  ['no account', { account: '' }, 'account'],
  ['an unknown field', { acount: 'x' }, 'acount'],
])('a config with %s is ConfigError at construction', async (_, wrong, field) => {
  const auth = { type: 'stored', store: memoryStore(), account, ...wrong } as never
  const error = await failure(() => connect(storedService, { auth }))
  expect(error).toMatchObject({ name: 'ConfigError' })
  expect(JSON.stringify(error)).toContain(field)
})
