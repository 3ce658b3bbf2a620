/** Consul and etcd. From documentation: Consul 1.19, etcd 3.5. */
import { verdict } from '../verdict.ts';
import { hasFlag, isOpaque } from '../words.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';
import { helps } from './terraformCommands.ts';

const AT_HOME = { network: false };
const secret = read({ readsSecrets: true, why: 'prints secret values' });

/** `lock PREFIX CMD`, `exec CMD`: the words behind run. */
function runsBehind(skip: number): (call: Call) => ReturnType<NonNullable<Outcome['runs']>> {
  return (call) => {
    const words = commandAfter(call, '-http-addr -token -n -name -timeout -node -service --ttl', skip);
    return words.length === 0
      ? undefined
      : words.length === 1 && words[0] && !isOpaque(words[0])
        ? call.judge.script(words[0].value)
        : call.judge.words(words);
  };
}

const VALUES = `-ca-file -ca-path -client-cert -client-key -tls-server-name -token -token-file -format -kind -name -node -service -tag -id
  -type -description -policy-name -reason -cas-index -modify-index -log-level -filter -near -separator -address -meta -key -prefix
  -address -port -ttl -role-name -policy-id -accessor-id -secret-id -expires-ttl -rules -method -bearer-token-file`;
const KV = {
  captureFirst: 'consul kv export with the same prefix (it shows what it holds)',
  inverse: 'consul kv import of that file, or consul kv put with the value from before',
};
const SNAPSHOT = {
  captureFirst: 'consul snapshot save',
  inverse: 'consul snapshot restore of that snapshot',
};

const consulTool: Tool = {
  names: 'consul',
  source: 'from documentation: Consul 1.19',
  style: 'long',
  values: VALUES,
  switches:
    '-http-ssl -recurse -keys -detailed -stale -base64 -cas -delete-both -force-leave -prune -wan -status -list -enable -disable -verbose -dev -release -acquire -local -delete -self',
  targets: {
    host: '-http-addr',
    datacenter: '-datacenter',
    namespace: '-namespace',
    partition: '-partition',
  },
  network: true,
  ambient: { host: 'echo "$CONSUL_HTTP_ADDR"' },
  judge: helps(VALUES),
  commands: {
    ...each(
      read(),
      'members, catalog datacenters, catalog nodes, catalog services, catalog, operator raft list-peers, operator autopilot get-config, operator autopilot state, operator usage instances, operator usage, operator area list, operator area members, info, rtt, intention list, intention match, intention check, intention get, acl policy list, acl policy read, acl role list, acl role read, acl auth-method list, acl auth-method read, acl binding-rule list, acl binding-rule read, acl templated-policy list, acl templated-policy read, acl templated-policy preview, config list, config read, connect ca get-config, peering list, peering read, peering exported-services, namespace list, namespace read, partition list, partition read, services export-list, services exported-services, services imported-services, resource list, resource read, operator utilization, troubleshoot upstreams, troubleshoot proxy, troubleshoot ports',
    ),
    ...each(read(AT_HOME), 'version, validate, snapshot inspect, snapshot decode, tls ca, help, keygen-help'),
    'kv get': read({
      readsSecrets: true,
      why: 'prints values that may be secret',
      decide: (call) =>
        hasFlag(call.parsed, '-keys')
          ? { readsSecrets: false, why: 'consul kv get -keys lists keys' }
          : undefined,
    }),
    ...each(secret, 'kv export, acl token list, acl token read'),
    monitor: read(stream),
    watch: read({
      mode: 'stream',
      runs: (call) => (call.parsed.operands.length > 0 ? call.judge.words(call.parsed.operands) : undefined),
    }),
    keygen: read({ ...AT_HOME, readsSecrets: true }),
    ...each(local(AT_HOME), 'tls ca create, tls cert create'),
    'snapshot save': local({ why: 'writes a snapshot of the cluster' }),
    debug: local(),
    ...each(mutate({ resources: 'first', ...KV }), 'kv put'),
    'kv import': mutate(KV),
    'config write': mutate({
      resources: 'first',
      captureFirst: 'consul config read with the same kind and name',
      inverse: 'consul config write with the entry from before',
    }),
    'intention create': mutate({ resources: 'all', inverse: 'consul intention delete with the same words' }),
    'acl policy update': mutate({
      captureFirst: 'consul acl policy read with the same name',
      inverse: 'consul acl policy update with the rules from before',
    }),
    ...each(
      mutate({ resources: 'first' }),
      'join, reload, services register, services export, intention edit, acl policy create, acl role create, acl role update, acl token update, acl token clone, acl auth-method create, acl auth-method update, acl binding-rule create, acl binding-rule update, event, operator raft transfer-leader, operator autopilot set-config, operator area create, operator area join, connect ca set-config, peering generate-token, peering establish, namespace create, namespace update, namespace write, partition create, partition update, partition write, troubleshoot, connect envoy, connect expose, resource apply, acl set-agent-token',
    ),
    keyring: mutate({
      readsSecrets: true,
      when: { '-remove': { effect: 'destroy' } },
      decide: (call) =>
        hasFlag(call.parsed, '-list -list-primary')
          ? verdict('read', 'consul keyring -list prints keys', { readsSecrets: true })
          : undefined,
    }),
    'connect proxy': mutate(stream),
    login: local({ why: 'stores a token on this machine' }),
    ...each(
      mutate({ readsSecrets: true, inverse: 'consul acl token delete' }),
      'acl token create, acl bootstrap',
    ),
    'peering generate-token': mutate({ readsSecrets: true, resources: 'first' }),
    maint: read({
      when: {
        '-enable': {
          effect: 'destroy',
          why: 'consul maint -enable takes the node out of service',
          inverse: 'consul maint -disable',
        },
        '-disable': { effect: 'mutate', inverse: 'consul maint -enable' },
      },
    }),
    ...each(mutate({ ...stream, ...AT_HOME }), 'agent'),
    lock: mutate({ runs: runsBehind(1) }),
    exec: runs('consul exec runs a command on many nodes', { scope: 'many', runs: runsBehind(0) }),
    'kv delete': destroy({
      ...KV,
      resources: 'first',
      when: { '-recurse': { scope: 'many', why: 'consul kv delete -recurse removes all keys below it' } },
    }),
    leave: destroy({ why: 'the node leaves the cluster', inverse: 'consul join' }),
    'config delete': destroy({
      resources: 'first',
      captureFirst: 'consul config read with the same kind and name',
      inverse: 'consul config write with that entry',
    }),
    'intention delete': destroy({
      resources: 'all',
      captureFirst: 'consul intention get with the same words',
      inverse: 'consul intention create with the same words',
    }),
    ...each(
      destroy({ resources: 'first' }),
      'force-leave, operator raft remove-peer, operator area delete, services deregister, acl policy delete, acl role delete, acl token delete, acl auth-method delete, acl binding-rule delete, peering delete, namespace delete, partition delete, logout, resource delete',
    ),
    logout: destroy({ why: 'ends the token' }),
    'snapshot restore': destroy({ ...SNAPSHOT, why: 'replaces the data of the cluster', scope: 'all' }),
  },
};

/** Keys under which Kubernetes keeps its secrets. */
const showsSecrets = (call: Call): Partial<Outcome> | undefined =>
  /^\/?registry(\/secrets|$|\/$)/.test(call.parsed.operands[0]?.value ?? '') &&
  !hasFlag(call.parsed, '--keys-only --count-only')
    ? { readsSecrets: true, why: 'etcdctl get prints secrets of Kubernetes' }
    : undefined;
const KEYS = {
  captureFirst: 'etcdctl get with the same key and options, or etcdctl snapshot save',
  inverse: 'etcdctl put with the value from before',
};

const etcdTool: Tool = {
  names: 'etcdctl etcdutl',
  source: 'help text or man page (Debian 12), and documentation: etcd 3.5',
  values:
    '--cacert --cert --key --user --password --command-timeout --dial-timeout -w --write-out --discovery-srv --limit --order --sort-by --rev --lease --data-dir --name --initial-cluster --initial-advertise-peer-urls --initial-cluster-token --peer-urls --wal-dir --min-mod-rev --max-mod-rev --keepalive-time --ttl --bump-revision',
  switches:
    '--prefix --keys-only --count-only --print-value-only --from-key --hex --insecure-skip-tls-verify --insecure-transport --cluster --prev-kv --debug --skip-hash-check --learner --consistency --physical -i --interactive --rev-mode --ignore-value --ignore-lease --new-user-password --no-password --keys --mark-compacted',
  targets: { host: '--endpoints --endpoint' },
  network: true,
  ambient: { host: 'echo "$ETCDCTL_ENDPOINTS"' },
  commands: {
    get: read({ decide: showsSecrets }),
    ...each(
      read(),
      'endpoint status, endpoint health, endpoint hashkv, member list, alarm list, auth status, user list, user get, role list, role get, lease list, lease timetolive, check datascale, ls, cluster-health, downgrade validate',
    ),
    ...each(read(AT_HOME), 'version, completion, hashkv, snapshot status, help'),
    'check perf': mutate({ why: 'etcdctl check perf writes for a minute' }),
    watch: read({ mode: 'stream', values: '-i' }),
    'snapshot save': local({ why: 'writes a snapshot of all keys' }),
    put: mutate({ ...KEYS, resources: 'first' }),
    ...each(
      mutate({ resources: 'first' }),
      'set, mk, update, mkdir, member add, member update, member promote, move-leader, auth enable, user add, user passwd, user grant-role, role add, role grant-permission, lease grant, alarm disarm, downgrade enable, downgrade cancel, migrate',
    ),
    'member add': mutate({ resources: 'first', inverse: 'etcdctl member remove with its id' }),
    ...each(
      mutate({
        resources: 'first',
        decide: (call) =>
          hasFlag(call.parsed, '--new-user-password --no-password') ||
          /:/.test(call.parsed.operands[0]?.value ?? '') ||
          call.stdin.kind !== 'inherited'
            ? undefined
            : terminal,
      }),
      'user add, user passwd',
    ),
    'lease keep-alive': mutate(stream),
    txn: mutate({ decide: (call) => (call.stdin.kind === 'inherited' ? terminal : undefined) }),
    ...each(mutate(stream), 'elect, make-mirror'),
    lock: mutate({
      runs: runsBehind(1),
      decide: (call) => (call.parsed.operands.length < 2 && !call.parsed.rest?.length ? stream : undefined),
    }),
    del: destroy({
      ...KEYS,
      resources: 'first',
      when: { '--prefix --from-key': { scope: 'many' } },
      why: 'etcdctl del removes keys',
    }),
    'snapshot restore': destroy({
      ...AT_HOME,
      why: 'writes a data directory that replaces the cluster',
      scope: 'all',
      captureFirst: 'etcdctl snapshot save, and a copy of the data directory',
    }),
    compact: destroy({ why: 'etcdctl compact drops the history' }),
    defrag: destroy({
      why: 'etcdctl defrag blocks the member while it runs',
      captureFirst: 'etcdctl snapshot save',
    }),
    ...each(
      destroy({ resources: 'first' }),
      'rm, rmdir, member remove, compaction, lease revoke, auth disable, user delete, user remove, user revoke-role, role delete, role remove, role revoke-permission',
    ),
  },
};

export const keyValueStores: readonly Tool[] = [consulTool, etcdTool];
