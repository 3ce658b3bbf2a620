/** Ansible. From documentation: ansible-core 2.17. */

import { judgeHttp } from '../http.ts';
import { judgeSql } from '../sql.ts';
import { unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { type Arg, flagValue, hasFlag, isOpaque, plain } from '../words.ts';
import { configuration } from './configuration.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'help text or man page (Debian 12), and documentation: ansible-core 2.17';
const VALUES = `-m --module-name -a --args -e --extra-vars -f --forks -M --module-path -B --background -P --poll -T --timeout
  -t --tree --tags --skip-tags --start-at-task --vault-id --vault-password-file --become-method --become-user --become-password-file
  -c --connection --private-key --key-file --ssh-common-args --ssh-extra-args --task-timeout --playbook-dir`;
const TARGETS = { inventory: '-i --inventory --inventory-file', host: '-l --limit', user: '-u --user' };
const ASKS = '-K --ask-become-pass -k --ask-pass --ask-vault-pass --ask-vault-password -J --step';

/** Modules that only look. */
const LOOKS =
  /^(ansible\.(builtin|windows)\.)?(ping|win_ping|setup|gather_facts|debug|stat|find|slurp|service_facts|package_facts|getent|wait_for|wait_for_connection|assert|fail|command_facts|mount_facts|.*_info|.*_facts)$/;
const SHELLS = /^(ansible\.(builtin|windows)\.)?(command|shell|raw|win_shell|win_command)$/;
/** States in which something is gone, or stands still. */
const REMOVED =
  /^(absent|stopped|removed|rebooted|unmounted|purged|killed|terminated|disabled|drained|offline|deleted|rolledback)$/;
const YES = /^(yes|true|on|1|y|t)$/i;

function adHoc(call: Call): Verdict {
  const asks = hasFlag(call.parsed, ASKS) ? terminal : {};
  if (hasFlag(call.parsed, '--list-hosts')) return verdict('read', 'ansible --list-hosts lists hosts');
  const module = flagValue(call.parsed, '-m --module-name');
  const args = flagValue(call.parsed, '-a --args');
  const name = module?.value ?? 'command';
  if (module?.dynamic) return unknown('the ansible module is a variable', asks);
  // In check mode, what cannot be rehearsed is skipped.
  if (hasFlag(call.parsed, '-C --check')) return verdict('read', 'ansible --check only rehearses', asks);
  const result = byModule(call, name, args);
  const scope = result.risk === 'read-only' ? result.scope : 'many';
  return withDetails({ ...result, tool: call.name }, { ...asks, scope });
}

/** What a module does with its arguments. */
function byModule(call: Call, name: string, args: Arg | undefined): Verdict {
  if (SHELLS.test(name)) {
    if (!args || isOpaque(args)) return unknown('ansible runs text that is only known when it runs');
    const text = args.value.replace(/(^|\s)(chdir|creates|removes|executable|warn|stdin)=\S+/g, ' ').trim();
    const judged = /win_/.test(name) ? call.judge.foreign(text, 'powershell') : call.judge.script(text);
    return withDetails(judged, { reason: 'runs on every host of the pattern' });
  }
  if (LOOKS.test(name)) return verdict('read', `ansible's module ${name} only looks`);
  const module = name.replace(/^.*\./, '');
  const values = parameters(args);
  if (/^(win_)?reboot$/.test(module)) return verdict('destroy', 'ansible reboots hosts');
  if (/^(script|expect|win_psexec)$/.test(module)) return unknown(`ansible's module ${name} runs a program`);
  if (module === 'fetch') return verdict('local-write', 'ansible fetch copies files to this machine');
  if (/^(win_)?uri$/.test(module))
    return judgeHttp({ method: plain(values.get('method') ?? 'GET'), url: values.get('url') ?? '' });
  if (/^(mysql|postgresql|mssql)_(query|script)$/.test(module)) {
    const query = values.get('query') ?? values.get('script');
    return query === undefined ? unknown(`ansible's module ${name} runs SQL`) : judgeSql(query);
  }
  const removes =
    REMOVED.test(values.get('state') ?? '') ||
    [...values].some(
      ([key, value]) =>
        /^(delete|purge|masked|force_destroy|wipe|autoremove|exclusive)$/.test(key) && YES.test(value),
    ) ||
    (/^(filesystem|lvol|parted)$/.test(module) && YES.test(values.get('force') ?? ''));
  return removes
    ? verdict('destroy', `ansible's module ${name} removes or stops`)
    : verdict('mutate', `ansible's module ${name} changes hosts`);
}

/** `name=nginx state="stopped"`, or JSON. */
function parameters(args: Arg | undefined): ReadonlyMap<string, string> {
  const text = args?.value.trim() ?? '';
  if (text.startsWith('{')) {
    try {
      return new Map(Object.entries(JSON.parse(text) as object).map(([key, value]) => [key, String(value)]));
    } catch {
      return new Map();
    }
  }
  const found = text.matchAll(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g);
  return new Map([...found].map(([, key = '', value = '']) => [key, value.replace(/^(['"])(.*)\1$/s, '$2')]));
}

const playbook: Outcome = {
  effect: 'unknown',
  why: 'unknown: ansible-playbook runs the tasks of a file',
  scope: 'many',
  switches:
    '--list-hosts --list-tasks --list-tags --syntax-check -C --check -D --diff -b --become -v -vv -vvv -vvvv',
  dryRun: '-C --check --list-hosts --list-tasks --list-tags --syntax-check',
  preview: 'ansible-playbook --check --diff with the same words',
  resources: 'all',
  when: { [ASKS]: terminal },
};

const AT_HOME = { network: false };
const AMBIENT = { inventory: 'ansible-config dump --only-changed' };

const needsPassword = (call: Call): Partial<Outcome> | undefined =>
  hasFlag(call.parsed, '--vault-password-file --vault-pass-file --vault-id') ? undefined : terminal;

/** Its input is the text, so it can ask for the password only where that stands in the command. */
const encryptString = (call: Call): Partial<Outcome> | undefined =>
  call.stdin.kind !== 'inherited' && call.parsed.operands.length === 0 ? undefined : needsPassword(call);

const decrypt = (call: Call): Partial<Outcome> => ({
  ...(flagValue(call.parsed, '--output')?.value === '-'
    ? { readsSecrets: true, why: 'ansible-vault decrypt prints the secrets' }
    : { effect: 'local-write' as const, why: 'ansible-vault decrypt writes the secrets into the file' }),
  ...needsPassword(call),
});

export const ansible: readonly Tool[] = [
  {
    names: 'ansible',
    source: SOURCE,
    values: VALUES,
    switches: '-b --become -C --check -D --diff -o --one-line -v -vv -vvv -vvvv --list-hosts',
    targets: TARGETS,
    network: true,
    ambient: AMBIENT,
    findTargets: (call) =>
      call.parsed.operands[0] ? [{ kind: 'host', value: call.parsed.operands[0].value }] : [],
    bare: read({ decide: adHoc }),
  },
  {
    names: 'ansible-playbook',
    source: SOURCE,
    values: VALUES,
    targets: TARGETS,
    network: true,
    ambient: AMBIENT,
    bare: playbook,
  },
  {
    names: 'ansible-runner ansible-navigator',
    source: 'help text or man page (Debian 12), and documentation: ansible-runner 2.4, ansible-navigator 24',
    values: `${VALUES} -p --playbook --mode --eei --execution-environment-image --pp --ee`,
    targets: TARGETS,
    network: true,
    ambient: AMBIENT,
    commands: {
      run: {
        ...playbook,
        decide: (call) =>
          call.name === 'ansible-navigator' && flagValue(call.parsed, '-m --mode')?.value !== 'stdout'
            ? terminal
            : undefined,
      },
      ...each(
        read({
          ...AT_HOME,
          decide: (call) => (flagValue(call.parsed, '-m --mode')?.value !== 'stdout' ? terminal : undefined),
        }),
        'collections, config, doc, images, inventory, lint, replay, settings, welcome',
      ),
      ...each(local(AT_HOME), 'adhoc, transmit, process, worker, start'),
      stop: destroy(),
      'is-alive': read(AT_HOME),
    },
    bare: { effect: 'unknown', why: 'unknown: it opens a screen', ...terminal },
  },
  {
    names: 'ansible-vault',
    source: SOURCE,
    values: `${VALUES} -n --name --output --encrypt-vault-id --new-vault-id --new-vault-password-file`,
    network: false,
    commands: {
      view: read({ readsSecrets: true, decide: needsPassword }),
      encrypt: local({ resources: 'all', inverse: 'ansible-vault decrypt', decide: needsPassword }),
      encrypt_string: read({ decide: encryptString }),
      decrypt: read({ resources: 'all', inverse: 'ansible-vault encrypt', decide: decrypt }),
      rekey: local({ resources: 'all', decide: needsPassword }),
      ...each(local({ ...terminal, resources: 'all' }), 'edit, create'),
    },
  },
  {
    names: 'ansible-doc ansible-config ansible-lint',
    source: SOURCE,
    values: '-t -l --type -c --config --profile',
    bare: read({ when: { '--fix --write': { effect: 'local-write' } } }),
    commands: { ...each(read(), 'list, dump, view, validate'), init: read() },
    otherwise: () => read({ when: { '--fix --write': { effect: 'local-write' } } }),
  },
  {
    names: 'ansible-inventory',
    source: SOURCE,
    values: VALUES,
    targets: TARGETS,
    ambient: AMBIENT,
    bare: read({ when: { '--output': { effect: 'local-write' }, [ASKS]: terminal } }),
  },
  {
    names: 'ansible-galaxy',
    source: SOURCE,
    values: '-r --role-file -p --roles-path --collections-path -s --server --token --api-key -f',
    switches: '-f --force',
    network: true,
    commands: {
      ...each(read(AT_HOME), 'list, role list, collection list'),
      ...each(read(), 'info, search, role info, role search, collection verify'),
      ...each(local({ resources: 'all' }), 'install, role install, collection install, collection download'),
      ...each(local(AT_HOME), 'init, role init, collection init, collection build'),
      'role import': mutate(),
      ...each(
        destroy({ ...AT_HOME, resources: 'all', inverse: 'ansible-galaxy install' }),
        'remove, role remove',
      ),
      ...each(destroy({ resources: 'all' }), 'delete, role delete'),
      'collection publish': mutate({ resources: 'all' }),
    },
  },
  {
    names: 'ansible-pull',
    source: SOURCE,
    values: `${VALUES} -U --url -d --directory -C --checkout`,
    network: true,
    bare: runs('ansible-pull runs a playbook from a repository', { dryRun: '--check', switches: '--check' }),
  },
  {
    names: 'ansible-console',
    source: SOURCE,
    values: VALUES,
    targets: TARGETS,
    network: true,
    bare: opensSession('ansible-console opens a prompt'),
  },
  {
    names: 'molecule',
    source: 'from documentation: Molecule 24',
    values: '-s --scenario-name -d --driver-name -h --host',
    commands: {
      ...each(read(), 'list, matrix, drivers, syntax, check'),
      ...each(
        runs('molecule runs the project', {}),
        'create, converge, prepare, verify, idempotence, side-effect, dependency, lint',
      ),
      login: opensSession('molecule login opens a session'),
      ...each(destroy({ why: 'molecule removes its test machines' }), 'destroy, cleanup, reset, test'),
      init: local(),
    },
  },
  ...configuration,
];
