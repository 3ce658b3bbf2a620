/** Vault and OpenBao. From documentation: Vault 1.17. */
import { flagValue, hasFlag } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';
import { helps } from './terraformCommands.ts';

const VALUES = `-ca-cert -ca-path -client-cert -client-key -tls-server-name -header -field -format -mount -version -path -policy -ttl -period
  -method -wrap-ttl -mfa -metadata -custom-metadata -display-name -max-versions -delete-version-after -description -key-shares
  -key-threshold -versions -cas -id -role -options -config -log-level -duration -interval -output -target -increment -type -plugin-name
  -default-lease-ttl -max-lease-ttl -nonce -pgp-keys -unlock-key -entity-alias -explicit-max-ttl -mount-point -valid-principals`;
const SWITCHES = `-tls-skip-verify -non-interactive -no-store -token-only -detailed -self -accessor -force -f -prefix -sync -dr-token
  -recovery -cancel -init -status -verify -local -dev -no-print -orphan -use-limit -renewable -reset -migrate -output-curl-string
  -output-policy -patch -all`;
const AT_HOME = { network: false };
const secret = read({ readsSecrets: true, why: 'prints secret values' });

function login(call: Call): Partial<Outcome> | undefined {
  const given = call.parsed.operands.some(
    (arg) => arg.value === '-' || arg.value.includes('=') || arg.dynamic || /^(hv)?[sb]\./.test(arg.value),
  );
  const without = /^(aws|gcp|azure|kubernetes|approle|cert|jwt)$/.test(
    flagValue(call.parsed, '-method')?.value ?? '',
  );
  return given || without || call.stdin.kind !== 'inherited' ? undefined : terminal;
}

/** The path, with its mount where that is given apart. */
function path(call: Call): readonly string[] {
  const mount = flagValue(call.parsed, '-mount');
  const first = call.parsed.operands[0];
  if (!first || first.dynamic || mount?.dynamic) return [];
  return [mount ? `${mount.value.replace(/\/$/, '')}/${first.value}` : first.value];
}

/** Writing to some paths makes a credential, and answers it. */
function answersSecret(call: Call): Partial<Outcome> | undefined {
  const first = call.parsed.operands[0]?.value ?? '';
  return /\/(secret-id|issue\/[^/]+|creds\/[^/]+|login(\/[^/]+)?|decrypt\/[^/]+|datakey\/plaintext\/[^/]+|generate-root|keys\/generate)$|\/token\/create|\/generate\/(internal|exported)$|\/unwrap$/.test(
    first,
  )
    ? { readsSecrets: true, why: `vault ${call.path} answers with a credential` }
    : undefined;
}

/** Paths of Vault's own state hold settings and no secrets. */
const isSettings = (call: Call): Partial<Outcome> | undefined =>
  /^(sys\/(?!raw|wrapping)|auth\/.+\/(config|role|roles)(\/|$)|.+\/roles?\/[^/]+$)/.test(
    call.parsed.operands[0]?.value ?? '',
  )
    ? { readsSecrets: false, why: 'vault read shows settings' }
    : undefined;

const NOTED = {
  captureFirst: 'vault kv metadata get with the same path: the current version',
  inverse: 'vault kv rollback -version with the version from before',
};

export const vault: Tool = {
  names: 'vault bao',
  source: 'from documentation: Vault 1.17',
  style: 'long',
  values: VALUES,
  switches: SWITCHES,
  targets: { host: '-address', namespace: '-namespace -ns' },
  network: true,
  ambient: { host: 'echo "$VAULT_ADDR"' },
  noHelp: true,
  judge: helps(VALUES),
  commands: {
    ...each(
      read(),
      'status, list, policy list, policy read, token lookup, token capabilities, auth list, auth help, secrets list, audit list, plugin list, plugin info, lease lookup, operator members, operator key-status, operator diagnose, operator usage, operator raft list-peers, operator raft autopilot state, operator raft autopilot get-config, namespace list, namespace lookup, kv list, kv metadata get, path-help, version-history, hcp status, pki health-check, pki list-intermediates, pki verify-sign, operator raft snapshot inspect, auth tune-help',
    ),
    ...each(read(AT_HOME), 'version, help, operator raft snapshot inspect'),
    ...each(secret, 'kv get, unwrap, print token, kv export'),
    'print token': { ...secret, ...AT_HOME },
    read: read({ readsSecrets: true, why: 'prints secret values', decide: isSettings }),
    monitor: read(stream),
    'events subscribe': read(stream),
    ...each(local(), 'debug'),
    ...each(local(AT_HOME), 'operator generate-config, agent generate-config, policy fmt'),
    'policy fmt': local(AT_HOME),
    login: local({ readsSecrets: true, decide: login, why: 'vault login stores and prints a token' }),
    ssh: opensSession('vault ssh opens a session'),
    'token create': mutate({
      readsSecrets: true,
      why: 'vault token create prints a new token',
      inverse: 'vault token revoke',
    }),
    'operator init': mutate({
      readsSecrets: true,
      why: 'vault operator init prints the keys and the root token',
      decide: (call) =>
        hasFlag(call.parsed, '-status')
          ? { readsSecrets: false, why: 'vault operator init -status asks' }
          : undefined,
    }),
    'operator generate-root': mutate({
      readsSecrets: true,
      decide: (call) =>
        hasFlag(call.parsed, '-init -status -cancel') ||
        call.parsed.operands.length > 0 ||
        call.stdin.kind !== 'inherited'
          ? undefined
          : terminal,
    }),
    ...each(mutate({ readsSecrets: true }), 'transit import, pki issue, pki reissue'),
    'operator unseal': mutate({
      inverse: 'vault operator seal',
      decide: (call) =>
        call.parsed.operands.length === 0 &&
        !hasFlag(call.parsed, '-reset -status') &&
        call.stdin.kind === 'inherited'
          ? terminal
          : undefined,
    }),
    unseal: mutate(terminal),
    write: mutate({
      resources: path,
      decide: answersSecret,
      captureFirst: 'vault read with the same path (it shows secrets)',
      inverse: 'vault write with the values from before',
    }),
    patch: mutate({ resources: path }),
    ...each(mutate({ resources: path, ...NOTED }), 'kv put, kv patch, kv rollback'),
    'kv undelete': mutate({ resources: path, inverse: 'vault kv delete -versions with the same versions' }),
    'policy write': mutate({
      resources: 'first',
      captureFirst: 'vault policy read with the same name',
      inverse: 'vault policy write with the text from before',
    }),
    'secrets enable': mutate({
      resources: 'first',
      inverse: 'vault secrets disable, which deletes what was written since',
    }),
    'auth enable': mutate({ resources: 'first', inverse: 'vault auth disable' }),
    ...each(
      mutate({ resources: 'first' }),
      'kv enable-versioning, kv metadata put, kv metadata patch, auth tune, secrets tune, audit enable, lease renew, token renew, operator step-down, operator rotate, operator migrate, namespace create, namespace patch, namespace unlock, plugin register, plugin reload, plugin reload-status, plugin runtime register, plugin pin, operator raft join, operator raft autopilot set-config, operator import',
    ),
    'operator step-down': mutate({ why: 'the active node gives way to another' }),
    'namespace lock': destroy({
      resources: 'first',
      why: 'a locked namespace answers nobody',
      inverse: 'vault namespace unlock',
    }),
    'operator raft snapshot save': local({ why: 'writes a snapshot of all secrets' }),
    ...each(mutate({ ...stream, ...AT_HOME }), 'server, agent, proxy'),
    delete: destroy({ resources: path, captureFirst: 'vault read with the same path (it shows secrets)' }),
    'kv delete': destroy({
      resources: path,
      captureFirst: 'vault kv metadata get with the same path: the current version',
      inverse: 'vault kv undelete with the version (version 2 of the engine only)',
    }),
    'kv destroy': destroy({ resources: path, why: 'vault kv destroy removes the versions for good' }),
    'kv metadata delete': destroy({ resources: path, why: 'removes the secret with all its versions' }),
    ...each(destroy({ resources: 'first', why: 'removes all that is stored there' }), 'secrets disable'),
    ...each(
      destroy({ resources: 'first' }),
      'secrets move, auth disable, auth move, audit disable, lease revoke, token revoke, revoke, operator raft remove-peer, namespace delete, plugin deregister, plugin runtime deregister, plugin unpin',
    ),
    'policy delete': destroy({
      resources: 'first',
      captureFirst: 'vault policy read with the same name',
      inverse: 'vault policy write with that text',
    }),
    'operator rekey': destroy({
      why: 'vault operator rekey ends the keys from before',
      decide: (call) =>
        hasFlag(call.parsed, '-init -status -cancel -verify') ||
        call.parsed.operands.length > 0 ||
        call.stdin.kind !== 'inherited'
          ? undefined
          : terminal,
    }),
    'operator seal': destroy({
      why: 'vault operator seal takes Vault out of service',
      scope: 'all',
      inverse: 'vault operator unseal, with the keys',
    }),
    'operator raft snapshot restore': destroy({
      why: 'replaces all data of Vault',
      scope: 'all',
      captureFirst: 'vault operator raft snapshot save',
      inverse: 'vault operator raft snapshot restore of that snapshot',
    }),
  },
};
