import { Pool } from 'pg'
import { ConfigError } from '@agent/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { closedPort, detourTo, silentPort } from '../../../tooling/test-faults.ts'
import { secret, storeFailure } from '../../../tooling/test-store-failure.ts'
import { postgresStore, type PostgresStoreOptions } from '../src/index.ts'
import { readmeSql } from './readme-sql.ts'
import { useTable } from './table.ts'

const { url, unavailable, table, pool, open } = await useTable()
const password = 'test-password-1'

function opened(options: Parameters<typeof open>[0] = {}) {
  const store = open(options)
  onTestFinished(() => store.close())
  return store
}
const newKey = () => `test/${crypto.randomUUID()}`
function newTable() {
  const name = `${table}_${crypto.randomUUID().slice(0, 8)}`
  onTestFinished(async () => {
    await pool.query(`drop table if exists "${name}"`)
  })
  return name
}
function urlWith(change: (url: URL) => void): string {
  const changed = new URL(url)
  change(changed)
  return changed.href
}

describe('a server that is not there', () => {
  it('X01 is told at once', async () => {
    const port = await closedPort()
    const store = opened({ connectionString: `postgres://user:${password}@127.0.0.1:${port}/database` })
    const error = await storeFailure(store.set('key', secret, undefined), [password])
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', isRetryable: true })
    expect(error.message).toContain('ECONNREFUSED')
  })

  it.each([
    ['own connection', (connectionString: string) => ({ connectionString })],
    ['pool of the app', (connectionString: string) => ({ pool: poolOf(connectionString) })],
  ])('X05 that never answers is not waited for beyond timeoutMs (%s)', async (_, optionsOf) => {
    const connectionString = `postgres://user:${password}@127.0.0.1:${await silentPort()}/database`
    const store = postgresStore({ ...optionsOf(connectionString), timeoutMs: 100 })
    const begin = performance.now()
    const error = await storeFailure(store.get('key'), [password])
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(performance.now() - begin).toBeLessThan(2000)
    await store.close()
  })

  it.each(['no connection string', 'postgres://user:test-password-1@[/'])(
    'cannot be found by %j',
    async (connectionString) => {
      await storeFailure(opened({ connectionString }).get('key'), [password, connectionString])
    },
  )
})

function poolOf(connectionString: string): Pool {
  const made = new Pool({ connectionString })
  // Its connection is still being made when the store gives up.
  onTestFinished(() => {
    void made.end()
  })
  return made
}

describe.skipIf(unavailable !== undefined)('a server that fails', () => {
  it.each([
    ['user', (changed: URL) => (changed.username = 'no_such_role'), /28000|28P01/, /user, password/],
    ['database', (changed: URL) => (changed.pathname = '/no_such_database'), /3D000/, /database/],
    [
      'write access',
      (changed: URL) => (changed.search = '?options=-c%20default_transaction_read_only%3Don'),
      /25006/,
      /primary/,
    ],
  ])('tells of a wrong or missing %s', async (_, change, reason, hint) => {
    const connectionString = urlWith(change)
    const error = await storeFailure(
      opened({ connectionString, table: newTable() }).set('key', secret, undefined),
      [connectionString],
    )
    expect(error.code).toBe('STORE_UNAVAILABLE')
    expect(error.message).toMatch(reason)
    expect(error.hint).toMatch(hint)
  })

  it('T10 tells of a full disk, and works when there is space again', async () => {
    const name = newTable()
    const store = opened({ table: name })
    await store.get('key')
    await pool.query(`
      create function "${name}"() returns trigger language plpgsql as
        $$ begin raise exception 'no space for %', new.value using errcode = '53100'; end $$;
      create trigger full_disk before insert on "${name}" for each row execute function "${name}"()`)
    onTestFinished(async () => {
      await pool.query(`drop function if exists "${name}" cascade`)
    })
    const error = await storeFailure(store.set('key', secret, undefined))
    expect(error.message).toContain('53100')
    expect(error.hint).toMatch(/full/)
    await pool.query(`drop trigger full_disk on "${name}"`)
    expect(await store.set('key', secret, undefined)).toBeTypeOf('string')
  })

  it.each(['own connection', 'pool of the app'])('goes down and comes back (%s)', async (kind) => {
    const detour = await detourTo(url)
    const ownPool = poolOf(detour.url)
    const options: PostgresStoreOptions =
      kind === 'pool of the app' ? { pool: ownPool } : { connectionString: detour.url }
    const store = postgresStore({ ...options, table })
    onTestFinished(() => store.close())
    const key = newKey()
    const version = await store.set(key, secret, undefined)
    await detour.stop()
    expect((await storeFailure(store.get(key))).code).toBe('STORE_UNAVAILABLE')
    await detour.start()
    expect(await store.get(key)).toEqual({ value: secret, version })
  })

  it('falls silent, and is asked by another connection then', async () => {
    const detour = await detourTo(url)
    const store = postgresStore({ connectionString: detour.url, table, timeoutMs: 600 })
    onTestFinished(() => store.close())
    const key = newKey()
    const version = await store.set(key, secret, undefined)
    detour.mute()
    expect((await storeFailure(store.get(key))).message).toContain('TIMEOUT')
    detour.unmute()
    expect(await store.get(key)).toEqual({ value: secret, version })
  })

  it('closes an idle connection without an end of the process', async () => {
    const ownPool = poolOf(url)
    const store = postgresStore({ pool: ownPool, table })
    const key = newKey()
    await store.set(key, secret, undefined)
    const removed = new Promise((resolve) => ownPool.once('remove', resolve))
    const { rows } = await ownPool.query<{ pid: number }>('select pg_backend_pid() as pid')
    await pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
    await removed
    expect(await store.get(key)).toMatchObject({ value: secret })
    await store.close()
    expect(ownPool.listenerCount('error')).toBe(0)
  })
})

describe.skipIf(unavailable !== undefined)('the table', () => {
  it('is created by one of many that open it at once', async () => {
    for (let round = 0; round < 3; round++) {
      const name = newTable()
      const stores = Array.from({ length: 12 }, () => opened({ table: name }))
      const versions = await Promise.all(stores.map((store) => store.set('key', secret, undefined)))
      expect(versions.filter(Boolean)).toHaveLength(1)
    }
  })

  it('is created by the SQL of the README too', async () => {
    const name = newTable()
    const store = opened({ table: name, createTable: false })
    const error = await storeFailure(store.set('key', secret, undefined))
    expect(error.hint).toMatch(/Create the table/)
    await pool.query(readmeSql().replaceAll('agent_credentials', `"${name}"`))
    expect(await store.set('key', secret, undefined)).toBeTypeOf('string')
    const shape = `select column_name, data_type, is_nullable, collation_name from information_schema.columns
      where table_name = $1 order by column_name`
    await opened().get('key')
    expect((await pool.query(shape, [name])).rows).toEqual((await pool.query(shape, [table])).rows)
  })

  it.each([
    ['another program', 'create table % (id integer, key text)', 'STORE_UNAVAILABLE'],
    [
      'an unknown schema version',
      `create table % (key text); comment on table % is 'agent credential store, schema 2'`,
      'RECORD_UNREADABLE',
    ],
  ])('of %s is left as it is', async (_, sql, code) => {
    const name = newTable()
    await pool.query(sql.replaceAll('%', `"${name}"`))
    await pool.query(`insert into "${name}" (key) values ('theirs')`)
    const error = await storeFailure(opened({ table: name }).set('key', secret, undefined))
    expect(error).toMatchObject({ code, isRetryable: false })
    expect((await pool.query(`select key from "${name}"`)).rows).toEqual([{ key: 'theirs' }])
  })

  it('that was dropped is made anew', async () => {
    const name = newTable()
    const store = opened({ table: name })
    await store.set('key', secret, undefined)
    await pool.query(`drop table "${name}"`)
    expect((await storeFailure(store.get('key'))).message).toContain('42P01')
    expect(await store.get('key')).toBeUndefined()
  })

  it('may be in a schema', async () => {
    const store = opened({ table: `public.${newTable()}` })
    expect(await store.set('key', secret, undefined)).toBeTypeOf('string')
  })

  it('is used one statement after the other where the app made serializable the default', async () => {
    const connectionString = urlWith((changed) => {
      changed.search = '?options=-c%20default_transaction_isolation%3Dserializable'
    })
    const key = newKey()
    const stores = [opened({ connectionString }), opened({ connectionString })]
    const version = await stores[0]!.set(key, 'first', undefined)
    const writes = Array.from({ length: 12 }, (_, index) => stores[index % 2]!.set(key, secret, version))
    expect((await Promise.all(writes)).filter(Boolean)).toHaveLength(1)
  })

  it.each(['', 'Upper', 'a b', 'a"b', 'a.b.c', "a'; drop table users; --", 'x'.repeat(64)])(
    'cannot have the name %j',
    (name) => {
      expect(() => postgresStore({ connectionString: url, table: name })).toThrow(ConfigError)
    },
  )
})

describe('options', () => {
  it('are a pool or a connection string', () => {
    const none = {} as PostgresStoreOptions
    const both = { pool, connectionString: url } as unknown as PostgresStoreOptions
    expect(() => postgresStore(none)).toThrow(ConfigError)
    expect(() => postgresStore(both)).toThrow(ConfigError)
  })
})

describe.skipIf(unavailable !== undefined)('close', () => {
  it('leaves the pool of the app open', async () => {
    {
      await using store = postgresStore({ pool, table })
      await store.get('key')
    }
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('ends the store', async () => {
    const store = open()
    await store.get('key')
    await store.close()
    await store.close()
    expect((await storeFailure(store.get('key'))).code).toBe('STORE_UNAVAILABLE')
  })
})
