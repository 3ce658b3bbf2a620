/** redis-cli and valkey-cli. From documentation: Redis 7.4, Valkey 8. */
import { type Details, highest, NOTHING, sessionOpened, unknown, type Verdict, verdict } from '../verdict.ts';
import { type Arg, hasFlag, plain } from '../words.ts';
import { connectionTargets } from './connection.ts';
import {
  REDIS_BLOCKS_FIRST,
  REDIS_BLOCKS_LAST,
  REDIS_DESTROYS,
  REDIS_MUTATES,
  REDIS_READS,
  REDIS_SECOND,
  REDIS_STREAMS,
} from './redisCommands.ts';
import { type Call, local, mutate, read, type Tool } from './table.ts';

/** One command of the protocol. */
export function judgeRedis(words: readonly Arg[]): Verdict {
  const name = (words[0]?.value ?? '').toUpperCase();
  const second = (words[1]?.value ?? '').toUpperCase();
  if (REDIS_STREAMS.has(name))
    return verdict('read', `redis ${name} shows what happens until it is stopped`, { mode: 'stream' });
  const seconds = REDIS_SECOND[name];
  const effect =
    seconds?.[second] ??
    (REDIS_DESTROYS.has(name)
      ? 'destroy'
      : REDIS_MUTATES.has(name)
        ? 'mutate'
        : REDIS_READS.has(name)
          ? 'read'
          : undefined);
  if (/^(EVAL|EVAL_RO)$/.test(name) && words[1] && !words[1].dynamic) {
    const called = calledIn(words[1].value);
    if (called.risk === 'destructive') return called;
  }
  if (effect === undefined)
    return unknown(
      `redis ${words
        .slice(0, 2)
        .map((word) => word.value)
        .join(' ')} is in no table`,
    );
  const label = seconds === undefined || second === '' ? name : `${name} ${second}`;
  const details: Details = { mode: waits(name, words) ? 'stream' : 'capture', ...undoOf(label, words) };
  if (effect === 'read')
    return verdict('read', `redis ${label} reads`, {
      ...details,
      readsSecrets:
        label === 'CONFIG GET'
          ? /[*?[]|pass|auth|key-file-pass/i.test(words[2]?.value ?? '')
          : /^ACL (LIST|GETUSER|GENPASS)$/.test(label),
    });
  if (effect === 'mutate') {
    // `CONFIG SET dir` and `dbfilename` decide which file the next save overwrites.
    if (
      label === 'CONFIG SET' &&
      words.some((word) => /^(dir|dbfilename|requirepass|masterauth)$/i.test(word.value))
    )
      return /^(dir|dbfilename)$/i.test(words[2]?.value ?? '')
        ? verdict('destroy', 'redis CONFIG SET decides which file the next save overwrites', details)
        : verdict('mutate', 'redis CONFIG SET changes who may connect', details);
    return verdict('mutate', `redis ${label} changes data or settings`, details);
  }
  const scope = /^FLUSH/.test(name) ? 'all' : words.length > 2 && seconds === undefined ? 'many' : 'one';
  return verdict(
    'destroy',
    name === 'FLUSHALL'
      ? 'redis FLUSHALL deletes every key of every database'
      : `redis ${label} deletes data or takes it out of service`,
    { ...details, scope },
  );
}

/** What a script of Lua calls by a literal name: it may only tell that something is destroyed. */
function calledIn(script: string): Verdict {
  let result: Verdict = NOTHING;
  for (const [, name = '', second] of script.matchAll(
    /\bredis\.p?call\s*\(\s*["'](\w+)["'](?:\s*,\s*["'](\w+)["'])?/g,
  ))
    if (!/^EVAL/i.test(name))
      result = highest(result, judgeRedis([plain(name), ...(second === undefined ? [] : [plain(second)])]));
  return result;
}

/** Whether it waits for ever for a message. */
function waits(name: string, words: readonly Arg[]): boolean {
  if (REDIS_BLOCKS_LAST.has(name)) return words.at(-1)?.value === '0';
  if (REDIS_BLOCKS_FIRST.has(name)) return words[1]?.value === '0';
  if (name !== 'XREAD' && name !== 'XREADGROUP') return false;
  const at = words.findIndex((word) => word.value.toUpperCase() === 'BLOCK');
  return at > 0 && words[at + 1]?.value === '0';
}

const SNAPSHOT: Details = {
  captureFirst: 'redis-cli --rdb FILE, or BGSAVE and a copy of dump.rdb',
  inverse: 'start the server from that dump',
};

/** What it acts on, how it is undone, and what to note for that first. */
function undoOf(label: string, words: readonly Arg[]): Details {
  const at = label.includes(' ') ? 2 : 1;
  const named = words.slice(at).filter((word) => !word.dynamic);
  const first = named[0]?.value;
  const key = first ?? 'KEY';
  const targets = (count: number) =>
    named.slice(0, count).map((word) => ({ kind: 'resource', value: word.value }));
  switch (label) {
    case 'FLUSHALL':
    case 'FLUSHDB':
    case 'SWAPDB':
      return SNAPSHOT;
    case 'DEL':
    case 'UNLINK':
      return {
        targets: targets(5),
        captureFirst: `redis-cli DUMP ${key}, or --rdb FILE`,
        inverse: 'RESTORE from that dump',
      };
    case 'CONFIG SET':
      return {
        targets: targets(1),
        captureFirst: `redis-cli CONFIG GET ${first ?? 'PARAMETER'}`,
        inverse: `CONFIG SET ${first ?? 'PARAMETER'} to the value from before`,
      };
    case 'SET':
    case 'GETSET':
    case 'INCR':
    case 'DECR':
    case 'INCRBY':
    case 'DECRBY':
    case 'APPEND':
      return {
        targets: targets(1),
        captureFirst: `redis-cli GET ${key}`,
        inverse: `SET ${key} to the value from before`,
      };
    case 'HSET':
    case 'HDEL':
      return {
        targets: targets(1),
        captureFirst: `redis-cli HGETALL ${key}`,
        inverse: `HSET ${key} with the fields from before`,
      };
    case 'EXPIRE':
    case 'PEXPIRE':
    case 'PERSIST':
      return {
        targets: targets(1),
        captureFirst: `redis-cli TTL ${key}`,
        inverse: `EXPIRE or PERSIST ${key} as before`,
      };
    case 'RENAME':
      return { targets: targets(2), inverse: `RENAME ${named[1]?.value ?? 'NEW'} ${key}` };
    case 'REPLICAOF':
    case 'SLAVEOF':
      return { captureFirst: 'redis-cli INFO replication', inverse: 'REPLICAOF to the master from before' };
    case 'CLIENT PAUSE':
      return { inverse: 'CLIENT UNPAUSE' };
    case 'ACL SETUSER':
    case 'ACL DELUSER':
      return {
        targets: targets(1),
        captureFirst: `redis-cli ACL GETUSER ${key}`,
        inverse: 'ACL SETUSER with the rules from before',
      };
    case 'SENTINEL FAILOVER':
    case 'SENTINEL REMOVE':
    case 'SENTINEL RESET':
      return { targets: targets(1), captureFirst: `redis-cli SENTINEL MASTER ${key}` };
    default:
      return REDIS_DESTROYS.has(label) && !/^(SHUTDOWN|FAILOVER|DEBUG)$/.test(label)
        ? { targets: targets(1) }
        : {};
  }
}

const CLUSTER_READS = /^(info|check|help)$/;
const CLUSTER_DESTROYS = /^(del-node|fix|reshard|import)$/;

/** `redis-cli --cluster reshard host:port`: the options of the action stand behind it. */
function cluster(call: Call, action: string): Verdict {
  const words = call.parsed.operands;
  const label = `redis-cli --cluster ${action}`;
  const given = (option: string) =>
    hasFlag(call.parsed, option) || words.some((word) => word.value === option);
  if (CLUSTER_READS.test(action)) {
    return given('--fix')
      ? verdict('destroy', `${label} --fix moves or removes data`)
      : verdict('read', `${label} reads`);
  }
  if (action === 'call') {
    const inner = judgeRedis(words.slice(1));
    return { ...inner, scope: inner.risk === 'read-only' ? inner.scope : 'all' };
  }
  if (action === 'backup') return verdict('local-write', `${label} writes dumps`);
  // Without this it asks before it moves anything.
  const asks =
    /^(create|reshard|fix)$/.test(action) && !given('--cluster-yes') && call.stdin.kind === 'inherited';
  const mode = asks ? 'terminal' : 'capture';
  if (action === 'rebalance' && given('--cluster-simulate'))
    return verdict('read', `${label} only rehearses`);
  if (CLUSTER_DESTROYS.test(action))
    return verdict('destroy', `${label} moves or removes data`, {
      mode,
      captureFirst: 'redis-cli CLUSTER NODES',
    });
  return verdict('mutate', `${label} changes the cluster`, {
    mode,
    captureFirst: 'redis-cli CLUSTER NODES',
    ...(action === 'rebalance' ? { preview: `${label} --cluster-simulate` } : {}),
  });
}

function judge(call: Call): Verdict {
  const { parsed, stdin } = call;
  if (hasFlag(parsed, '--cluster'))
    return cluster(call, parsed.flags.find((flag) => flag.name === '--cluster')?.value?.value ?? '');
  if (hasFlag(parsed, '--latency --latency-history --latency-dist --stat'))
    return verdict('read', 'redis-cli measures until it is stopped', { mode: 'stream' });
  if (hasFlag(parsed, '--lru-test'))
    return verdict('mutate', 'redis-cli --lru-test fills the server with keys', { mode: 'stream' });
  if (hasFlag(parsed, '--bigkeys --memkeys --hotkeys --keystats --scan --intrinsic-latency'))
    return verdict('read', 'redis-cli walks over the keys');
  if (hasFlag(parsed, '--replica --slave'))
    return verdict('read', 'redis-cli shows what the master sends', { mode: 'stream' });
  if (hasFlag(parsed, '--rdb --functions-rdb')) return verdict('local-write', 'redis-cli writes a dump');
  if (hasFlag(parsed, '--eval --pipe')) return unknown('redis-cli runs a script or a stream of commands');
  const words = parsed.operands;
  const forever = parsed.flags.some((flag) => flag.name === '-r' && flag.value?.value.startsWith('-'));
  if (words.length > 0) {
    const result = words[0]?.dynamic ? unknown('the redis command is a variable') : judgeRedis(words);
    return forever && result.mode === 'capture' ? { ...result, mode: 'stream' } : result;
  }
  if (stdin.kind === 'text' && !stdin.opaque) {
    let result = NOTHING;
    for (const line of stdin.text.split('\n'))
      if (line.trim() !== '') result = highest(result, judgeRedis(line.trim().split(/\s+/).map(plain)));
    return result;
  }
  if (stdin.kind !== 'inherited') return unknown('redis-cli runs what it is given');
  return sessionOpened('redis-cli opens a prompt');
}

export const redis: readonly Tool[] = [
  {
    names: 'redis-cli valkey-cli keydb-cli iredis',
    source: 'help text or man page (Debian 12), and documentation: Redis 7.4, Valkey 8',
    targets: { host: '-h -s', port: '-p', database: '-n' },
    network: true,
    ambient: { 'host|url': 'redis-cli CLIENT INFO', 'database|url': 'redis-cli CLIENT INFO' },
    findTargets: (call) =>
      call.parsed.flags.flatMap((flag) =>
        flag.name === '-u' && flag.value ? connectionTargets(flag.value, 'url') : [],
      ),
    values: `-a -t -r -i -u -X --user --pass --cacert --cacertdir --cert --key --sni --tls-ciphers --tls-ciphersuites --pattern --quoted-pattern --count --pipe-timeout
      --cursor --cluster -d -D --rdb --functions-rdb --eval --lru-test --intrinsic-latency --memkeys-samples --keystats-samples --top --show-pushes
      --cluster-replicas --cluster-from --cluster-to --cluster-slots --cluster-timeout --cluster-pipeline --cluster-threshold --cluster-weight
      --cluster-from-user --cluster-from-pass --cluster-master-id --dsn --newbie --rainbow`,
    switches:
      '--raw --no-raw --csv --json --quoted-input -c --tls --insecure --no-auth-warning --askpass --latency --latency-history --latency-dist --stat --scan --bigkeys --memkeys --hotkeys --keystats --pipe --replica --slave --verbose -x -2 -3 -4 -6 -e --cluster-yes --cluster-simulate --cluster-use-empty-masters --cluster-copy --cluster-replace --cluster-slave --cluster-search-multiple-owners --cluster-fix-with-unreachable-masters --cluster-only-masters --cluster-only-replicas',
    stopAtOperand: true,
    noHelp: true,
    bare: read({
      decide: (call) => {
        if (call.args.length === 1 && /^(-v|--version|--help)$/.test(call.args[0]?.value ?? ''))
          return verdict('read', `${call.name} prints about itself`);
        const result = judge(call);
        return {
          ...result,
          ...(hasFlag(call.parsed, '--askpass') ? { mode: 'terminal' } : {}),
          tool: call.name,
        };
      },
    }),
  },
  {
    names: 'redis-benchmark valkey-benchmark memtier_benchmark',
    source: 'help text or man page (Debian 12), and documentation: Redis 7.4',
    targets: { host: '-h -s --server', port: '-p' },
    network: true,
    values: '-n -c -t -d -P -r -a --user --threads --clients --test-time --requests',
    switches: '-q -l --csv --cluster --tls -e',
    bare: mutate({
      why: 'puts load on the server and writes its own keys',
      decide: (call) => (hasFlag(call.parsed, '-l') ? { mode: 'stream' } : undefined),
    }),
  },
  {
    names: 'redis-server valkey-server redis-sentinel valkey-sentinel keydb-server memcached',
    source: 'help text or man page (Debian 12), and documentation: Redis 7.4',
    values: '--port --dir --daemonize -m -p -l -c -u',
    switches: '-d',
    bare: mutate({
      why: 'starts a server',
      mode: 'stream',
      when: { '--daemonize=yes': { mode: 'capture' }, '-v --version --test-memory': { mode: 'capture' } },
    }),
  },
  {
    names: 'redis-check-aof redis-check-rdb valkey-check-aof valkey-check-rdb rdb redis-rdb-cli',
    source: 'from documentation: Redis 7.4',
    values: '-c --command -f --file --db -k --key',
    bare: read({
      when: {
        '--fix': {
          effect: 'destroy',
          why: 'it cuts the file off where it does not understand it',
          captureFirst: 'a copy of the file',
          inverse: 'put the copy back',
        },
        '-f --file': { effect: 'local-write' },
      },
    }),
  },
  {
    names: 'redis-dump redis-load riot',
    source: 'from documentation',
    network: true,
    values: '-u -h -p -d -a',
    bare: local({
      decide: (call) => (call.name === 'redis-dump' ? undefined : { effect: 'mutate', why: 'writes keys' }),
    }),
  },
];
