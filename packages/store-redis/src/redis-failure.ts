import { StoreError, storeUnavailable } from '@agent/core'

const running = 'Check that the server runs, and host, port and TLS settings of the connection.'
const login = 'Check user and password of the connection.'
const primary = 'Connect to the primary: this server is a replica, which cannot be written.'

/** By the first word of the server's answer, or by the code or name of the client's error. */
const hints: Record<string, string> = {
  WRONGPASS: login,
  NOAUTH: login,
  NOPERM: 'Let the user run EVAL, SCAN and the commands that the README lists, on the keys of the prefix.',
  READONLY: primary,
  OOM: 'Redis is out of memory: raise maxmemory, or free some. Keep maxmemory-policy at noeviction.',
  MISCONF: 'Redis cannot write to its disk: see its log, and whether the disk is full.',
  LOADING: 'Redis is loading its data: try again in a while.',
  BUSY: 'Redis is busy with a script: try again, or end it with SCRIPT KILL.',
  CLUSTERDOWN: 'The cluster is down: see CLUSTER INFO.',
  MOVED: 'The server is part of a cluster: give a client that createCluster of redis made.',
  WRONGTYPE: 'Something else is under the prefix: give redisStore another one.',
  ERR: 'Check number of the database and version of the server; scripts (EVAL) must be allowed.',
  TIMEOUT: 'The server did not answer in time: check it and the network, or raise timeoutMs.',
  ClientClosedError: 'Connect the client before the first call, and close it after the last.',
}

/** What went wrong, without the message of the client, which may hold values. */
export function redisFailure(error: unknown): StoreError {
  if (StoreError.isInstance(error)) return error
  const reason = reasonOf(error)
  if (reason === 'UNREADABLE') return unreadable()
  return storeUnavailable('Redis', { code: reason }, hints[reason] ?? running)
}

function reasonOf(error: unknown): string {
  const { code, message, constructor } = Object(error) as Partial<Record<string, unknown>> & object
  if (typeof code === 'string') return code
  const word = typeof message === 'string' ? /^(?:-)?([A-Z]{2,32})\b/.exec(message)?.[1] : undefined
  return word ?? constructor.name
}

function unreadable(): StoreError {
  return new StoreError('What Redis holds under the key is no credential of a version that is known here.', {
    code: 'RECORD_UNREADABLE',
    outcome: 'not_sent',
    hint: 'Upgrade @agent/store-redis to the version that wrote it, or use another prefix. It was left as it is.',
  })
}
