/** Rows of the kind `lock` hold the owner as their value. `table` is a checked, quoted name. */
export function statementsFor(table: string) {
  const locksUntil = `clock_timestamp() + $3::double precision * interval '1 millisecond'`
  return {
    get: `select value, version from ${table} where kind = 'value' and key = $1`,
    insert: `insert into ${table} (kind, key, value, version) values ('value', $1, $2, $3)
      on conflict (kind, key) do nothing`,
    update: `update ${table} set value = $2, version = $3
      where kind = 'value' and key = $1 and version = $4`,
    delete: `delete from ${table} where kind = 'value' and key = $1`,
    keys: `select key from ${table} where kind = 'value' and key > $1 order by key limit 1000`,
    // The clock of the server, read when the row is locked: processes need not agree on the time.
    lock: `insert into ${table} as held (kind, key, value, expires_at) values ('lock', $1, $2, ${locksUntil})
      on conflict (kind, key) do update set value = excluded.value, expires_at = ${locksUntil}
      where held.value = excluded.value or held.expires_at <= clock_timestamp()`,
    unlock: `delete from ${table} where kind = 'lock' and key = $1 and value = $2`,
  }
}
