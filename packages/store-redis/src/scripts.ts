/**
 * Each of these runs in one step on the server and touches one key, so that they work in a cluster too. What is under
 * a key of ours and is no value of this version makes them fail with UNREADABLE, and stays as it is.
 */
const schemaVersion = '1'

const checkValue = `
  local kind = redis.call('TYPE', KEYS[1])['ok']
  if kind ~= 'none' and (kind ~= 'hash' or redis.call('HGET', KEYS[1], 'schema') ~= '${schemaVersion}') then
    return redis.error_reply('UNREADABLE what is under this key')
  end`

export const scripts = {
  get: `${checkValue}
    if kind == 'none' then return false end
    return redis.call('HMGET', KEYS[1], 'value', 'version')`,

  /** The value, its new version, and the version that is expected, empty for none. Answers 1 where it was set. */
  set: `${checkValue}
    local version = redis.call('HGET', KEYS[1], 'version') or ''
    if version ~= ARGV[3] then return 0 end
    redis.call('HSET', KEYS[1], 'schema', '${schemaVersion}', 'value', ARGV[1], 'version', ARGV[2])
    return 1`,

  delete: `${checkValue}
    return redis.call('DEL', KEYS[1])`,

  /** The owner and the time in milliseconds. Answers 1 where the owner holds the lock now. */
  lock: `
    local holder = redis.call('GET', KEYS[1])
    if holder and holder ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 1`,

  unlock: `
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    return redis.call('DEL', KEYS[1])`,
}
