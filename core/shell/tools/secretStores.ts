/** Keepers of secrets and configuration: Vault, Consul and etcd in their own files, and the smaller ones here. From documentation. */
import { sessionOpened, unknown, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
import { keyValueStores } from './consul.ts';
import { nomad } from './nomad.ts';
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
import { vault } from './vault.ts';

const secret = read({ readsSecrets: true, why: 'prints secret values' });
const AT_HOME = { network: false };

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
        ? sessionOpened(`${call.name} ${call.path} opens a shell`)
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

/** `sops exec-env FILE 'CMD'`: the text is run by a shell. */
function sopsRuns(why: string): Outcome {
  return read({
    why,
    runs: (call) => {
      const text = call.parsed.operands[1];
      return text && !isOpaque(text)
        ? call.judge.script(text.value)
        : unknown(`sops ${call.path} runs text that is not in the command`);
    },
  });
}

const INTO_FILE: Outcome['when'] = {
  '-i --in-place --output': { effect: 'local-write', why: 'sops writes the file' },
};
/** Into a file, it prints nothing. */
const intoFile =
  (names: string) =>
  (call: Call): Partial<Outcome> | undefined =>
    hasFlag(call.parsed, names)
      ? { effect: 'local-write', why: `${call.name} ${call.path} writes secret values into a file` }
      : undefined;

/** Only names, unless the whole is asked for. */
const opItem = (call: Call): Partial<Outcome> | undefined =>
  call.parsed.flags.some((flag) => flag.name === '--otp') || !hasFlag(call.parsed, '--share-link')
    ? undefined
    : { readsSecrets: true };

export const secretStores: readonly Tool[] = [
  vault,
  ...keyValueStores,
  nomad,
  {
    names: 'op',
    source: 'from documentation: 1Password CLI 2',
    values:
      '--vault --fields --format --account --session -o --out-file -i --in-file --category --title --tags --env-file --template --url --favorite --expires-in --emails --file-mode --environment',
    targets: { vault: '--vault', account: '--account' },
    network: true,
    ambient: { account: 'op whoami' },
    commands: {
      ...each(
        read(),
        'whoami, account get, vault list, vault get, vault group list, vault user list, user list, user get, group list, group get, group user list, item list, document list, connect server list, connect server get, connect token list, events-api list, service-account ratelimit, environment list',
      ),
      ...each(
        read(AT_HOME),
        'account list, item template get, item template list, plugin list, plugin inspect, completion',
      ),
      ...each({ ...secret, decide: opItem }, 'item get'),
      ...each({ ...secret, decide: intoFile('-o --out-file') }, 'read, document get, inject'),
      'item share': mutate({
        readsSecrets: true,
        why: 'op item share prints an address that grants access',
        resources: 'first',
      }),
      'environment read': secret,
      ...each(local(terminal), 'signin, account add'),
      ...each(local(AT_HOME), 'signout, account forget, plugin init, plugin clear, update'),
      ...each(
        mutate({ readsSecrets: true }),
        'service-account create, connect token create, connect server create, events-api create',
      ),
      ...each(
        mutate({ resources: 'first', captureFirst: 'op item get with the same name (it shows secrets)' }),
        'item edit, item move, document edit',
      ),
      ...each(
        mutate({ resources: 'first' }),
        'item create, document create, vault create, vault edit, vault user grant, vault group grant, user provision, user confirm, user edit, user reactivate, group create, group edit, group user grant, connect vault grant, connect group grant, connect server edit, connect token edit',
      ),
      ...each(
        destroy({
          resources: 'first',
          inverse: 'the recently deleted items of 1Password, for 30 days',
          when: { '--archive': { inverse: 'the archive of 1Password' } },
        }),
        'item delete, document delete',
      ),
      ...each(
        destroy({ resources: 'first' }),
        'vault delete, vault user revoke, vault group revoke, user delete, user suspend, group delete, group user revoke, connect server delete, connect token delete, connect vault revoke, connect group revoke',
      ),
      run: wrapped(0),
      'plugin run': wrapped(0),
    },
  },
  {
    names: 'aws-vault',
    source: 'from documentation: aws-vault 7',
    values: '--backend --duration -d --region --mfa-token -t --prompt --format --path --keychain --pass-dir',
    switches: '--no-session -n --debug --server -s --ecs-server --stdout --json -j --lazy',
    network: true,
    commands: {
      ...each(read(AT_HOME), 'list, ls, proxy'),
      export: secret,
      exec: wrapped(1),
      login: read({ readsSecrets: true, why: 'aws-vault login signs in to the console' }),
      add: local({ ...terminal, ...AT_HOME, resources: 'first' }),
      clear: local(AT_HOME),
      rotate: mutate({ resources: 'first', why: 'makes a new key and deletes the one from before' }),
      ...each(
        destroy({
          ...AT_HOME,
          asks: '-f --force',
          resources: 'first',
          why: 'removes the credentials of the profile',
        }),
        'remove, rm',
      ),
    },
  },
  {
    names: 'sops',
    source: 'from documentation: SOPS 3.9',
    values:
      '--input-type --output-type --output --extract --kms --pgp --age --config --set --shamir-secret-sharing-threshold --gcp-kms --azure-kv --hc-vault-transit --encrypted-regex --unencrypted-regex --add-kms --rm-kms --add-pgp --rm-pgp --add-age --rm-age --filename-override --user',
    switches: '-d --decrypt -e --encrypt -r --rotate -i --in-place -v -y --yes --ignore-mac --value-stdin',
    bare: read({ decide: sops }),
    commands: {
      decrypt: read({ readsSecrets: true, why: 'sops prints the decrypted file', when: INTO_FILE }),
      encrypt: read({ when: INTO_FILE }),
      edit: local({ ...terminal, resources: 'all' }),
      rotate: read({ when: INTO_FILE }),
      ...each(local({ resources: 'first' }), 'set, unset, groups'),
      updatekeys: local({ resources: 'first', asks: '-y --yes', captureFirst: 'git diff of the file' }),
      filestatus: read(),
      keyservice: read(stream),
      publish: mutate({ asks: '-y --yes --non-interactive', resources: 'all', network: true }),
      'exec-env': sopsRuns('runs with secrets in its environment'),
      'exec-file': sopsRuns('runs with a decrypted file'),
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
    values: '-p --path',
    switches:
      '-c --clip -f --force -m --multiline -r --recursive -e --echo -n --no-symbols -i --in-place -q --qrcode',
    bare: read(),
    commands: {
      ...each(read(), 'ls, list, find, search, version, help, audit, git log, git status'),
      ...each(secret, 'show, grep, otp, cat'),
      show: read({
        readsSecrets: true,
        decide: (call) =>
          hasFlag(call.parsed, '-c --clip')
            ? { readsSecrets: false, why: 'pass show -c copies it' }
            : undefined,
      }),
      ...each(local({ asks: '', resources: 'first' }), 'insert, add'),
      edit: local({ ...terminal, resources: 'first' }),
      generate: local({
        resources: 'first',
        readsSecrets: true,
        why: 'pass generate writes and prints a new password',
      }),
      ...each(local({ resources: 'all' }), 'init, cp, copy, mv, rename, git'),
      'git push': mutate({ network: true }),
      'git pull': local({ network: true }),
      sync: local({ network: true }),
      ...each(
        destroy({
          asks: '-f --force',
          resources: 'first',
          inverse: 'pass git revert HEAD, where the store is a repository',
        }),
        'rm, remove, delete',
      ),
    },
    otherwise: (call) => (call.path === '' && call.parsed.operands.length === 1 ? secret : undefined),
  },
  {
    names: 'kubeseal',
    source: 'from documentation: Sealed Secrets 0.27',
    values:
      '-o --format --controller-name --controller-namespace --cert -f --secret-file -w --sealed-secret-file --scope --recovery-private-key --merge-into --name --from-file',
    switches: '--fetch-cert --validate --re-encrypt --recovery-unseal --raw --allow-empty-data',
    targets: { namespace: '-n --namespace', context: '--context' },
    network: true,
    ambient: { context: 'kubectl config current-context' },
    bare: read({
      when: {
        '-w --sealed-secret-file --merge-into': { effect: 'local-write' },
        '--cert --recovery-unseal': { network: false },
        '--recovery-unseal': { readsSecrets: true },
      },
    }),
  },
  {
    names: 'age rage',
    source: 'help text or man page (Debian 12), and documentation: age 1.2',
    values: '-o --output -r --recipient -R --recipients-file -i --identity -j',
    switches: '-d --decrypt -e --encrypt -p --passphrase -a --armor',
    bare: read({
      when: {
        '-d --decrypt': { readsSecrets: true },
        '-o --output': { effect: 'local-write', readsSecrets: false },
        '-p --passphrase': terminal,
      },
    }),
  },
  {
    names: 'doppler infisical chamber',
    source: 'from documentation: Doppler CLI 3, Infisical CLI, chamber 3',
    values:
      '-p --project -c --config --env -e --path --projectId --format -f --command -t --token --domain --scope --backend -b --name --mount --mount-format',
    targets: { project: '-p --project --projectId', environment: '-c --config --env -e' },
    network: true,
    ambient: {
      project: 'doppler configure, or .infisical.json',
      environment: 'doppler configure, or .infisical.json',
    },
    commands: {
      ...each(
        read(),
        'me, projects, projects get, environments, environments get, configs, configs get, configs logs, activity, list, list-services, find, groups, settings, secrets notes get, secrets --only-names',
      ),
      ...each(
        read(AT_HOME),
        'configure, configure get, configure debug, setup-check, version, help, changelog',
      ),
      ...each(
        { ...secret, decide: intoFile('-o --output-file') },
        'secrets, secrets get, secrets substitute, read, export, env, history, secrets folders get, user get token',
      ),
      'secrets download': read({
        readsSecrets: true,
        decide: (call) => (hasFlag(call.parsed, '--no-file') ? undefined : { effect: 'local-write' }),
        why: 'downloads secret values',
      }),
      ...each(local(terminal), 'login, setup, init'),
      ...each(local(AT_HOME), 'logout, configure set, configure unset, configure reset, reset, completion'),
      ...each(
        mutate({ resources: 'first', captureFirst: 'doppler activity, or chamber history' }),
        'secrets set, write, secrets notes set',
      ),
      ...each(
        mutate(),
        'secrets upload, import, projects create, projects update, environments create, environments rename, configs create, configs update, configs clone, configs lock, configs unlock, secrets folders create, configs tokens create, secrets notes, tag',
      ),
      'configs tokens create': mutate({ readsSecrets: true, inverse: 'doppler configs tokens revoke' }),
      ...each(
        destroy({
          resources: 'all',
          asks: '-y --yes',
          captureFirst: 'doppler secrets download (it shows secrets)',
        }),
        'secrets delete, projects delete, environments delete, configs delete',
      ),
      ...each(
        destroy({ resources: 'all' }),
        'delete, configs tokens revoke, secrets folders delete, rollback',
      ),
      'activity rollback': mutate(),
      'configs logs rollback': mutate(),
      run: {
        ...wrapped(0),
        runs: (call) => {
          const text = flagValue(call.parsed, '--command');
          if (text && !isOpaque(text)) return withDetails(call.judge.script(text.value), {});
          const words = commandAfter(
            call,
            '-p --project -c --config --env -e --path --projectId --mount --mount-format',
            0,
          );
          return words.length === 0
            ? sessionOpened(`${call.name} run opens a shell`)
            : call.judge.words(words, call.stdin);
        },
      },
      exec: wrapped(1),
    },
  },
  {
    names: 'bw bws',
    source: 'from documentation: Bitwarden CLI 2024, Bitwarden Secrets Manager CLI 1',
    values:
      '--session --organizationid --folderid --collectionid --search --output -o --color --access-token -t --project-id --passwordenv --passwordfile --code --method',
    switches: '--raw --pretty --quiet --nointeraction --check --permanent',
    network: true,
    commands: {
      ...each(
        read(AT_HOME),
        'status, generate, encode, template, config server, get template, get fingerprint',
      ),
      ...each(
        secret,
        'get item, get password, get totp, get notes, list items, get attachment, export, secret get, secret list',
      ),
      ...each(
        read(),
        'list folders, list collections, list organizations, list org-members, get folder, get collection, get organization, get username, get uri, project list, project get',
      ),
      ...each(
        local({
          decide: (call) =>
            hasFlag(call.parsed, '--passwordenv --passwordfile --apikey --check --nointeraction')
              ? undefined
              : terminal,
          readsSecrets: true,
        }),
        'login, unlock',
      ),
      ...each(local(), 'lock, logout, sync, completion, update, config'),
      ...each(
        mutate({ resources: 'all' }),
        'create, edit, import, move, confirm, restore, send, share, secret create, secret edit, project create, project edit',
      ),
      ...each(destroy({ resources: 'all' }), 'delete, secret delete, project delete'),
      run: wrapped(0),
      serve: mutate(stream),
    },
  },
  {
    names: 'consul-template envconsul',
    source: 'from documentation: consul-template 0.39, envconsul 0.13',
    style: 'long',
    values:
      '-config -template -exec -consul-addr -vault-addr -prefix -secret -log-level -consul-token -vault-token -kill-signal',
    network: true,
    bare: {
      ...runs('it runs a program whenever values change', stream),
      when: { '-once -dry': { mode: 'capture' } },
    },
  },
];
