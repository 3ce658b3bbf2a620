/** redis-cli and valkey-cli. From documentation: Redis 7 command reference. */
import { highest, NOTHING, unknown, type Verdict, verdict } from '../verdict.ts';
import { hasFlag, wordSet } from '../words.ts';
import { type Call, mutate, read, type Tool } from './table.ts';

const READS = wordSet(
  `GET MGET GETRANGE SUBSTR EXISTS TTL PTTL EXPIRETIME TYPE STRLEN HGET HMGET HGETALL HLEN HKEYS HVALS HEXISTS HSTRLEN LLEN LRANGE LINDEX LPOS
  SCARD SMEMBERS SISMEMBER SMISMEMBER SRANDMEMBER SINTER SUNION SDIFF ZRANGE ZREVRANGE ZRANGEBYSCORE ZSCORE ZMSCORE ZCARD ZCOUNT ZRANK ZREVRANK
  XLEN XRANGE XREVRANGE XINFO XPENDING SCAN HSCAN SSCAN ZSCAN DBSIZE INFO PING ECHO TIME LASTSAVE ROLE COMMAND KEYS RANDOMKEY DUMP BITCOUNT GETBIT
  PFCOUNT GEOPOS GEODIST GEOSEARCH SORT_RO TOUCH WAIT HELLO LOLWUT`,
);
const MUTATES = wordSet(
  `SET SETNX SETEX PSETEX MSET MSETNX GETSET GETEX SETRANGE INCR INCRBY INCRBYFLOAT DECR DECRBY APPEND EXPIRE PEXPIRE EXPIREAT PERSIST RENAME RENAMENX
  HSET HSETNX HMSET HINCRBY LPUSH RPUSH LPUSHX RPUSHX LINSERT LSET LMOVE RPOPLPUSH SADD SMOVE ZADD ZINCRBY XADD XACK XCLAIM PUBLISH COPY RESTORE
  BGSAVE SAVE BGREWRITEAOF SORT SELECT MULTI EXEC DISCARD SETBIT PFADD GEOADD MOVE`,
);
const DESTROYS = wordSet(
  `FLUSHALL FLUSHDB DEL UNLINK GETDEL HDEL LREM LTRIM LPOP RPOP BLPOP BRPOP SPOP SREM ZREM ZPOPMIN ZPOPMAX ZREMRANGEBYSCORE ZREMRANGEBYRANK XTRIM XDEL
  SWAPDB MIGRATE REPLICAOF SLAVEOF FAILOVER SHUTDOWN DEBUG`,
);
/** Commands whose second word decides. */
const SECOND: Readonly<Record<string, Readonly<Record<string, 'read' | 'mutate' | 'destroy'>>>> = {
  CONFIG: { GET: 'read', SET: 'mutate', REWRITE: 'mutate', RESETSTAT: 'mutate' },
  CLIENT: {
    LIST: 'read',
    INFO: 'read',
    ID: 'read',
    GETNAME: 'read',
    KILL: 'mutate',
    PAUSE: 'mutate',
    UNPAUSE: 'mutate',
  },
  CLUSTER: {
    INFO: 'read',
    NODES: 'read',
    SLOTS: 'read',
    SHARDS: 'read',
    KEYSLOT: 'read',
    RESET: 'destroy',
    FORGET: 'destroy',
    FAILOVER: 'destroy',
    SETSLOT: 'destroy',
    FLUSHSLOTS: 'destroy',
    DELSLOTS: 'destroy',
    MEET: 'mutate',
    ADDSLOTS: 'mutate',
    REPLICATE: 'destroy',
  },
  ACL: {
    LIST: 'read',
    WHOAMI: 'read',
    USERS: 'read',
    GETUSER: 'read',
    CAT: 'read',
    LOG: 'read',
    SETUSER: 'mutate',
    DELUSER: 'destroy',
    SAVE: 'mutate',
    LOAD: 'mutate',
  },
  SLOWLOG: { GET: 'read', LEN: 'read', RESET: 'mutate' },
  MEMORY: { USAGE: 'read', STATS: 'read', DOCTOR: 'read', PURGE: 'mutate' },
  LATENCY: { DOCTOR: 'read', LATEST: 'read', HISTORY: 'read', RESET: 'mutate' },
  OBJECT: { ENCODING: 'read', IDLETIME: 'read', FREQ: 'read', REFCOUNT: 'read' },
  SCRIPT: { EXISTS: 'read', LOAD: 'mutate', FLUSH: 'destroy', KILL: 'mutate' },
  MODULE: { LIST: 'read', LOAD: 'destroy', UNLOAD: 'destroy' },
  XGROUP: { CREATE: 'mutate', SETID: 'mutate', DESTROY: 'destroy', DELCONSUMER: 'destroy' },
  SENTINEL: {
    MASTERS: 'read',
    MASTER: 'read',
    REPLICAS: 'read',
    SENTINELS: 'read',
    'GET-MASTER-ADDR-BY-NAME': 'read',
    FAILOVER: 'destroy',
    REMOVE: 'destroy',
    RESET: 'destroy',
    SET: 'mutate',
    MONITOR: 'mutate',
  },
};
const STREAMS = wordSet('MONITOR SUBSCRIBE PSUBSCRIBE SSUBSCRIBE');

function judgeCommand(words: readonly string[]): Verdict {
  const name = (words[0] ?? '').toUpperCase();
  const second = (words[1] ?? '').toUpperCase();
  if (STREAMS.has(name))
    return verdict('read', `redis ${name} shows what happens until it is stopped`, { mode: 'stream' });
  const effect =
    SECOND[name]?.[second] ??
    (DESTROYS.has(name) ? 'destroy' : MUTATES.has(name) ? 'mutate' : READS.has(name) ? 'read' : undefined);
  if (effect === undefined) return unknown(`redis ${words.slice(0, 2).join(' ')} is in no table`);
  const label = SECOND[name] === undefined ? name : `${name} ${second}`;
  const scope = /^FLUSH/.test(name) ? 'all' : words.length > 2 && effect === 'destroy' ? 'many' : 'one';
  if (effect === 'read')
    return verdict('read', `redis ${label} reads`, {
      readsSecrets: label === 'CONFIG GET' || name === 'ACL',
    });
  if (effect === 'destroy')
    return verdict(
      'destroy',
      name === 'FLUSHALL'
        ? 'redis FLUSHALL deletes every key of every database'
        : `redis ${label} deletes data or takes it out of service`,
      { scope },
    );
  return verdict('mutate', `redis ${label} changes data or settings`, {
    inverse:
      label === 'CONFIG SET' ? 'CONFIG SET to the value from before (note it first: CONFIG GET)' : null,
  });
}

function judge(call: Call): Verdict {
  const { parsed, stdin } = call;
  if (hasFlag(parsed, '--cluster')) {
    const action = parsed.flags.find((flag) => flag.name === '--cluster')?.value?.value ?? '';
    if (/^(info|check|help)$/.test(action)) return verdict('read', `redis-cli --cluster ${action} reads`);
    if (/^(del-node|fix|reshard|import)$/.test(action))
      return verdict('destroy', `redis-cli --cluster ${action} moves or removes data`);
    return verdict('mutate', `redis-cli --cluster ${action} changes the cluster`);
  }
  if (hasFlag(parsed, '--latency --latency-history --latency-dist --stat'))
    return verdict('read', 'redis-cli measures until it is stopped', { mode: 'stream' });
  if (hasFlag(parsed, '--bigkeys --memkeys --hotkeys --scan'))
    return verdict('read', 'redis-cli walks over the keys');
  if (hasFlag(parsed, '--rdb')) return verdict('local-write', 'redis-cli writes a dump');
  if (hasFlag(parsed, '--eval --pipe')) return unknown('redis-cli runs a script or a stream of commands');
  const words = parsed.operands;
  if (words.length > 0) {
    const first = words[0];
    return first?.dynamic
      ? unknown('the redis command is a variable')
      : judgeCommand(words.map((word) => word.value));
  }
  if (stdin.kind === 'text' && !stdin.opaque) {
    let result = NOTHING;
    for (const line of stdin.text.split('\n'))
      if (line.trim() !== '') result = highest(result, judgeCommand(line.trim().split(/\s+/)));
    return result;
  }
  if (stdin.kind !== 'inherited') return unknown('redis-cli runs what it is given');
  return unknown('redis-cli opens a prompt', { mode: 'terminal' });
}

export const redis: readonly Tool[] = [
  {
    names: 'redis-cli valkey-cli keydb-cli',
    source: 'from documentation: Redis 7',
    targets: { host: '-h', port: '-p', database: '-n', url: '-u' },
    values:
      '-a -s -r -i -x --user --pass --cacert --cert --key --pattern --cluster -d -D --count --rdb --eval --sni --cacertdir -2 -3',
    switches:
      '--raw --no-raw --csv --json -c --tls --insecure --no-auth-warning --latency --latency-history --latency-dist --stat --scan --bigkeys --memkeys --hotkeys --pipe --intrinsic-latency -x -2 -3 -e',
    stopAtOperand: true,
    noHelp: true,
    bare: read({ decide: (call) => ({ ...judge(call), tool: call.name }) }),
  },
  {
    names: 'redis-benchmark',
    source: 'from documentation',
    targets: { host: '-h', port: '-p' },
    values: '-n -c -t -d -P',
    bare: mutate(),
  },
  {
    names: 'redis-server redis-sentinel',
    source: 'from documentation',
    values: '--port --dir',
    bare: mutate({ mode: 'stream' }),
  },
];
