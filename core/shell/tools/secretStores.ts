/** Vault, Consul, etcd and other keepers of secrets and configuration. From documentation: Vault 1.17, Consul 1.19, etcd 3.5. */
import { unknown, verdict, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
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

const secret = read({ readsSecrets: true, why: 'prints secret values' });

function login(call: Call): Partial<Outcome> | undefined {
  const given = call.parsed.operands.some(
    (arg) => arg.value === '-' || arg.value.includes('=') || arg.dynamic || /^(hv)?[sb]\./.test(arg.value),
  );
  const without = /^(aws|gcp|kubernetes|approle|cert)$/.test(flagValue(call.parsed, '-method')?.value ?? '');
  return given || without ? undefined : terminal;
}

/** `lock PREFIX CMD`, `exec CMD`: the words behind run. */
function runsBehind(skip: number): (call: Call) => ReturnType<NonNullable<Outcome['runs']>> {
  return (call) => {
    const words = commandAfter(call, '-http-addr -token -n -name -timeout -node -service', skip);
    return words.length === 0
      ? undefined
      : words.length === 1 && words[0] && !isOpaque(words[0])
        ? call.judge.script(words[0].value)
        : call.judge.words(words);
  };
}

/** The command behind `exec PROFILE --` or `run --`. */
function wrapped(skip: number): Outcome {
  return {
    effect: 'read',
    why: 'runs with secrets in its environment',
    runs: (call) => {
      const words = commandAfter(
        call,
        '-d --duration --env-file --account --region --mfa-token -t --prompt -e --environment',
        skip,
      );
      return words.length === 0
        ? unknown(`${call.name} ${call.path} opens a shell`, terminal)
        : call.judge.words(words, call.stdin);
    },
  };
}

/** `sops FILE` edits; with an option it prints or rewrites. */
function sops(call: Call): Partial<Outcome> {
  const { parsed } = call;
  const writes = hasFlag(parsed, '-i --in-place --output');
  if (hasFlag(parsed, '-d --decrypt'))
    return writes
      ? { effect: 'local-write', readsSecrets: true, why: 'sops writes the decrypted file' }
      : { readsSecrets: true, why: 'sops prints the decrypted file' };
  if (hasFlag(parsed, '-e --encrypt')) return writes ? { effect: 'local-write' } : {};
  if (hasFlag(parsed, '-r --rotate --set --unset --add-kms --rm-kms')) return { effect: 'local-write' };
  return parsed.operands.length > 0
    ? { effect: 'local-write', readsSecrets: true, why: 'sops opens an editor', ...terminal }
    : {};
}

export const secretStores: readonly Tool[] = [
  {
    names: 'vault bao',
    source: 'from documentation: Vault 1.17',
    style: 'long',
    values:
      '-ca-cert -ca-path -client-cert -client-key -tls-server-name -header -field -format -mount -version -path -policy -ttl -period -method -wrap-ttl -mfa -metadata -display-name -max-versions -delete-version-after -description -key-shares -key-threshold -versions -cas -id -role -options -config -log-level -duration -interval -output -target -increment -type -plugin-name -default-lease-ttl -max-lease-ttl',
    switches:
      '-tls-skip-verify -non-interactive -no-store -token-only -detailed -self -accessor -force -f -prefix -sync -dr-token -recovery -cancel -init -status -verify -local -dev -no-print -orphan -use-limit -renewable',
    targets: { host: '-address', namespace: '-namespace -ns' },
    noHelp: true,
    commands: {
      ...each(
        read(),
        'status, list, policy list|read, token lookup|capabilities, auth list|help, secrets list, audit list, plugin list|info, lease lookup, operator members|key-status|diagnose|usage, operator raft list-peers, operator raft autopilot state, operator raft autopilot get-config, namespace list|lookup, kv list, kv metadata get, path-help, version, version-history, help, hcp status',
      ),
      ...each(secret, 'read, kv get, unwrap, print token, kv export'),
      monitor: read(stream),
      'events subscribe': read(stream),
      ...each(local(), 'operator generate-config, debug, policy fmt'),
      login: local({ readsSecrets: true, decide: login, why: 'vault login stores and prints a token' }),
      ssh: runs('vault ssh opens a session', terminal),
      'token create': mutate({
        readsSecrets: true,
        why: 'vault token create prints a new token',
        inverse: 'vault token revoke',
      }),
      'operator init': mutate({
        readsSecrets: true,
        why: 'vault operator init prints the keys and the root token',
        when: { '-status': {} },
      }),
      ...each(mutate({ readsSecrets: true }), 'operator generate-root, transit, pki issue, pki sign'),
      'operator unseal': mutate({
        inverse: 'vault operator seal',
        decide: (call) =>
          call.parsed.operands.length === 0 && !hasFlag(call.parsed, '-reset -status') ? terminal : undefined,
      }),
      unseal: mutate(terminal),
      ...each(
        mutate(),
        'write, patch, kv put|patch|undelete|rollback|enable-versioning, kv metadata put|patch, policy write, auth enable|tune, secrets enable|tune, audit enable, lease renew, token renew, operator step-down|rotate|migrate, namespace create|patch|lock|unlock, plugin register|reload|runtime, operator raft join, operator raft autopilot set-config, operator import',
      ),
      'kv put': mutate({ inverse: 'vault kv rollback to the version from before' }),
      'operator raft snapshot save': local({ readsSecrets: true, why: 'writes a snapshot of all secrets' }),
      ...each(mutate({ mode: 'stream' }), 'server, agent, proxy'),
      ...each(
        destroy(),
        'delete, kv delete|destroy, kv metadata delete, secrets disable|move, auth disable|move, audit disable, lease revoke, token revoke, revoke, policy delete, operator rekey, operator raft remove-peer, namespace delete, plugin deregister',
      ),
      'kv delete': destroy({ inverse: 'vault kv undelete with the version (version 2 of the engine only)' }),
      'operator seal': destroy({
        why: 'vault operator seal takes Vault out of service',
        scope: 'all',
        inverse: 'vault operator unseal',
      }),
      'operator raft snapshot restore': destroy({ why: 'replaces all data of Vault', scope: 'all' }),
    },
  },
  {
    names: 'consul',
    source: 'from documentation: Consul 1.19',
    style: 'long',
    values:
      '-ca-file -ca-path -client-cert -client-key -tls-server-name -token -token-file -format -kind -name -node -service -tag -id -type -description -policy-name -reason -cas-index -modify-index -log-level -filter -near -separator',
    switches:
      '-http-ssl -recurse -keys -detailed -stale -base64 -cas -delete-both -force-leave -prune -wan -status -list -enable -disable -verbose',
    targets: {
      host: '-http-addr',
      datacenter: '-datacenter',
      namespace: '-namespace',
      partition: '-partition',
    },
    commands: {
      ...each(
        read(),
        'members, catalog datacenters|nodes|services, catalog, operator raft list-peers, operator autopilot get-config|state, operator usage, operator area list|members, info, version, validate, rtt, intention list|match|check|get, acl policy list|read, acl role list|read, acl auth-method list|read, acl binding-rule list|read, config list|read, snapshot inspect, connect ca get-config, peering list|read, namespace list|read, partition list|read, tls, services export-list, reload-check, resource list|read',
      ),
      ...each(secret, 'kv get, kv export, acl token list|read'),
      keyring: mutate({
        readsSecrets: true,
        when: { '-remove': { effect: 'destroy' } },
        decide: (call) =>
          hasFlag(call.parsed, '-list -list-primary')
            ? verdict('read', 'consul keyring -list prints keys', { readsSecrets: true })
            : undefined,
      }),
      monitor: read(stream),
      watch: read({
        mode: 'stream',
        runs: (call) =>
          call.parsed.operands.length > 0 ? call.judge.words(call.parsed.operands) : undefined,
      }),
      keygen: read({ readsSecrets: true }),
      'snapshot save': local({ readsSecrets: true, why: 'writes a snapshot of the cluster' }),
      debug: local(),
      ...each(
        mutate(),
        'kv put, kv import, join, reload, services register|export, intention create|edit, acl policy create|update, acl role create|update, acl token update|clone, acl auth-method create|update, acl binding-rule create|update, config write, event, operator raft transfer-leader, operator autopilot set-config, connect ca set-config, peering generate-token|establish, login, namespace create|update|write, partition create|update, troubleshoot, connect envoy, connect proxy',
      ),
      ...each(mutate({ readsSecrets: true }), 'acl token create, acl bootstrap'),
      maint: read({
        when: {
          '-enable': {
            effect: 'destroy',
            why: 'consul maint -enable takes the node out of service',
            inverse: 'consul maint -disable',
          },
          '-disable': { effect: 'mutate' },
        },
      }),
      ...each(mutate(stream), 'agent'),
      lock: mutate({ runs: runsBehind(1) }),
      exec: runs('consul exec runs a command on many nodes', { runs: runsBehind(0) }),
      ...each(
        destroy(),
        'kv delete, leave, force-leave, operator raft remove-peer, services deregister, intention delete, acl policy delete, acl role delete, acl token delete, acl auth-method delete, acl binding-rule delete, config delete, peering delete, namespace delete, partition delete, logout',
      ),
      'snapshot restore': destroy({ why: 'replaces the data of the cluster', scope: 'all' }),
    },
  },
  {
    names: 'etcdctl etcdutl',
    source: 'from documentation: etcd 3.5',
    values:
      '--cacert --cert --key --user --password --command-timeout --dial-timeout -w --write-out --discovery-srv --limit --order --sort-by --rev --lease --data-dir --name --initial-cluster --initial-advertise-peer-urls --initial-cluster-token --peer-urls --wal-dir --min-mod-rev --keepalive-time',
    switches:
      '--prefix --keys-only --count-only --print-value-only --from-key --hex --insecure-skip-tls-verify --insecure-transport --cluster --prev-kv --debug --skip-hash-check --learner --consistency --physical -i --interactive --rev-mode --ignore-value --ignore-lease --new-user-password --no-password --keys',
    targets: { host: '--endpoints --endpoint' },
    commands: {
      ...each(
        read(),
        'get, endpoint status|health|hashkv, member list, alarm list, auth status, user list|get, role list|get, lease list|timetolive, snapshot status, version, check datascale, ls, cluster-health, downgrade validate, completion, hashkv',
      ),
      'check perf': mutate({ why: 'etcdctl check perf writes for a minute' }),
      watch: read({ mode: 'stream', values: '-i' }),
      'snapshot save': local({ readsSecrets: true, why: 'writes a snapshot of all keys' }),
      ...each(
        mutate(),
        'put, set, mk, update, mkdir, member add|update|promote, move-leader, auth enable, user add|passwd|grant-role, role add|grant-permission, lease grant, alarm disarm, downgrade enable|cancel, migrate',
      ),
      'lease keep-alive': mutate(stream),
      txn: mutate({ decide: (call) => (call.stdin.kind === 'inherited' ? terminal : undefined) }),
      ...each(mutate(stream), 'elect, make-mirror'),
      lock: mutate({
        runs: runsBehind(1),
        decide: (call) => (call.parsed.operands.length < 2 ? stream : undefined),
      }),
      del: destroy({ when: { '--prefix --from-key': { scope: 'many' } }, why: 'etcdctl del removes keys' }),
      'snapshot restore': destroy({ why: 'writes a data directory that replaces the cluster', scope: 'all' }),
      ...each(
        destroy(),
        'rm, rmdir, member remove, compact, compaction, defrag, lease revoke, auth disable, user delete|remove|revoke-role, role delete|remove|revoke-permission',
      ),
    },
  },
  {
    names: 'op',
    source: 'from documentation: 1Password CLI 2',
    values:
      '--vault --fields --format --account --session -o --out-file -i --in-file --category --title --tags --env-file',
    targets: { vault: '--vault', account: '--account' },
    commands: {
      ...each(
        read(),
        'whoami, account list|get, vault list|get, user list|get, group list|get, item list, item template, events-api, update',
      ),
      ...each(secret, 'read, item get, document get, inject, item share'),
      'document list': read(),
      ...each(local(terminal), 'signin, account add'),
      ...each(local(), 'signout, account forget, completion'),
      ...each(
        mutate(),
        'item create|edit|move, document create|edit, vault create|edit|user|group, user provision|confirm|edit, group create|edit',
      ),
      ...each(
        destroy(),
        'item delete, document delete, vault delete, user delete|suspend, group delete, connect',
      ),
      run: wrapped(0),
    },
  },
  {
    names: 'aws-vault',
    source: 'from documentation: aws-vault 7',
    values: '--backend --duration -d --region --mfa-token -t --prompt --format',
    switches: '--no-session -n --debug --server -s --ecs-server --stdout --json -j',
    commands: {
      ...each(read(), 'list, ls'),
      export: secret,
      exec: { ...wrapped(1) },
      login: read({ readsSecrets: true, why: 'aws-vault login signs in to the console' }),
      add: local(terminal),
      clear: local(),
      rotate: mutate(),
      ...each(destroy(), 'remove, rm'),
    },
  },
  {
    names: 'sops',
    source: 'from documentation: SOPS 3.9',
    values:
      '--input-type --output-type --output --extract --kms --pgp --age --config --set --shamir-secret-sharing-threshold',
    switches: '-d --decrypt -e --encrypt -r --rotate -i --in-place -v',
    bare: read({ decide: sops }),
    commands: {
      decrypt: read({ readsSecrets: true, when: { '-i --in-place --output': { effect: 'local-write' } } }),
      encrypt: read({ when: { '-i --in-place --output': { effect: 'local-write' } } }),
      edit: local(terminal),
      ...each(local(), 'rotate, updatekeys, set, unset, groups'),
      filestatus: read(),
      publish: mutate(),
      'exec-env': {
        ...read({ why: 'runs with secrets in its environment' }),
        runs: (call) => {
          const text = call.parsed.operands[1];
          return text && !isOpaque(text)
            ? call.judge.script(text.value)
            : unknown('sops exec-env runs text that is not in the command');
        },
      },
      'exec-file': {
        ...read({ why: 'runs with a decrypted file' }),
        runs: (call) => {
          const text = call.parsed.operands[1];
          return text && !isOpaque(text)
            ? call.judge.script(text.value)
            : unknown('sops exec-file runs text that is not in the command');
        },
      },
    },
    // `sops secrets.yaml`: a file where a sub-command could stand.
    otherwise: (call) => {
      const found = sops(call);
      return found.effect || found.readsSecrets || hasFlag(call.parsed, '-e --encrypt')
        ? { effect: 'read', ...found }
        : undefined;
    },
  },
  {
    names: 'pass gopass',
    source: 'from the man page of pass 1.7',
    values: '-p',
    switches: '-c --clip -f --force -m --multiline -r --recursive',
    bare: read(),
    commands: {
      ...each(read(), 'ls, list, find, search, git log, version, help'),
      ...each(secret, 'show, grep, otp, cat'),
      ...each(local(terminal), 'insert, edit, add'),
      ...each(local(), 'generate, init, cp, copy, mv, rename, git'),
      ...each(destroy(), 'rm, remove, delete'),
    },
    otherwise: (call) => (call.path === '' && call.parsed.operands.length === 1 ? secret : undefined),
  },
  {
    names: 'kubeseal',
    source: 'from documentation: Sealed Secrets 0.27',
    values:
      '-o --format --controller-name --controller-namespace --cert -f --secret-file -w --sealed-secret-file --scope --recovery-private-key',
    targets: { namespace: '-n --namespace', context: '--context' },
    bare: read({
      when: {
        '-w --sealed-secret-file': { effect: 'local-write' },
        '--recovery-unseal': { readsSecrets: true },
      },
    }),
  },
  {
    names: 'age rage',
    source: 'from documentation: age 1.2',
    values: '-o --output -r --recipient -R --recipients-file -i --identity',
    bare: read({
      when: {
        '-o --output': { effect: 'local-write' },
        '-d --decrypt': { readsSecrets: true },
        '-p --passphrase': terminal,
      },
    }),
  },
  {
    names: 'doppler infisical chamber',
    source: 'from documentation: Doppler CLI 3, Infisical CLI, chamber 3',
    values: '-p --project -c --config --env --path --projectId --format -f --command',
    targets: { project: '-p --project --projectId', environment: '-c --config --env -e' },
    commands: {
      ...each(
        read(),
        'me, configure, projects, environments, configs, setup-check, version, list, activity, list-services, find',
      ),
      ...each(secret, 'secrets, secrets get|download|folders, read, export, env, history'),
      ...each(local(terminal), 'login, setup, init'),
      ...each(local(), 'logout, configure set'),
      ...each(
        mutate(),
        'secrets set|upload, write, import, projects create, environments create, configs create, secrets notes',
      ),
      ...each(destroy(), 'secrets delete, delete, projects delete, environments delete, configs delete'),
      run: {
        ...wrapped(0),
        runs: (call) => {
          const text = flagValue(call.parsed, '--command');
          if (text && !isOpaque(text)) return withDetails(call.judge.script(text.value), {});
          const words = commandAfter(call, '-p --project -c --config --env -e --path --projectId --mount', 0);
          return words.length === 0
            ? unknown(`${call.name} run opens a shell`, terminal)
            : call.judge.words(words, call.stdin);
        },
      },
      exec: wrapped(1),
    },
  },
];
