/** Ansible, Salt and Puppet. From documentation: ansible-core 2.17, Salt 3007, Puppet 8. */
import { highest, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'from documentation: ansible-core 2.17';
const VALUES = `-m --module-name -a --args -e --extra-vars -f --forks -M --module-path -B --background -P --poll -T --timeout
  -t --tree --tags --skip-tags --start-at-task --vault-id --vault-password-file --become-method --become-user --become-password-file
  -c --connection --private-key --key-file --ssh-common-args --ssh-extra-args --task-timeout --playbook-dir`;
const TARGETS = { inventory: '-i --inventory --inventory-file', host: '-l --limit', user: '-u --user' };
const ASKS = '-K --ask-become-pass -k --ask-pass --ask-vault-pass --ask-vault-password -J --step';

/** Modules that only look. */
const LOOKS =
  /^(ansible\.(builtin|windows)\.)?(ping|win_ping|setup|gather_facts|debug|stat|find|slurp|service_facts|package_facts|getent|wait_for|wait_for_connection|assert|fail|command_facts|mount_facts|.*_info|.*_facts)$/;
const SHELLS = /^(ansible\.(builtin|windows)\.)?(command|shell|raw|win_shell|win_command)$/;
/** Arguments with which a module removes or stops. */
const REMOVES = /\bstate=["']?(absent|stopped|removed|rebooted|unmounted)\b/;

function adHoc(call: Call): Verdict {
  const asks = hasFlag(call.parsed, ASKS) ? terminal : {};
  if (hasFlag(call.parsed, '--list-hosts')) return verdict('read', 'ansible --list-hosts lists hosts');
  const module = flagValue(call.parsed, '-m --module-name');
  const args = flagValue(call.parsed, '-a --args');
  const name = module?.value ?? 'command';
  if (module?.dynamic) return unknown('the ansible module is a variable', asks);
  let result: Verdict;
  if (SHELLS.test(name)) {
    if (!args || isOpaque(args)) result = unknown('ansible runs text that is only known when it runs');
    else result = withDetails(call.judge.script(args.value), { reason: 'runs on every host of the pattern' });
  } else if (LOOKS.test(name)) result = verdict('read', `ansible's module ${name} only looks`);
  else if (/(^|\.)(reboot|win_reboot|script|expect)$/.test(name))
    result = /reboot$/.test(name)
      ? verdict('destroy', 'ansible reboots hosts')
      : unknown(`ansible's module ${name} runs a program`);
  else if (args && REMOVES.test(args.value))
    result = verdict('destroy', `ansible's module ${name} removes or stops`);
  else result = verdict('mutate', `ansible's module ${name} changes hosts`);
  if (hasFlag(call.parsed, '-C --check') && !SHELLS.test(name))
    return verdict('read', 'ansible --check only rehearses', asks);
  const scope = result.risk === 'read-only' ? result.scope : 'many';
  return withDetails({ ...result, tool: call.name }, { ...asks, scope });
}

const playbook: Outcome = {
  effect: 'unknown',
  why: 'unknown: ansible-playbook runs the tasks of a file',
  scope: 'many',
  switches:
    '--list-hosts --list-tasks --list-tags --syntax-check -C --check -D --diff -b --become -v -vv -vvv -vvvv',
  dryRun: '-C --check --list-hosts --list-tasks --list-tags --syntax-check',
  when: { [ASKS]: terminal },
};

const needsPassword = (call: Call): Partial<Outcome> | undefined =>
  hasFlag(call.parsed, '--vault-password-file --vault-pass-file --vault-id') ? undefined : terminal;

/** A Salt function reads by its last word. */
const SALT_READS =
  /^(test|grains|pillar|network|status|disk|ps|sys)\.|\.(list\w*|get\w*|show\w*|status|info|version\w*|available|search|read|find|exists|ping|items?|ls|has_\w+|is_\w+|running|enabled|file_exists|disk_usage|uptime|loadavg)$/;
const SALT_DESTROYS =
  /\.(remove|purge|delete|stop|kill\w*|reboot|shutdown|poweroff|halt|rm|disable|drop\w*|absent|flush|rmdir|mask|terminate)$/;

function salt(call: Call): Verdict {
  const words = call.parsed.operands;
  const name = words[call.name === 'salt' ? 1 : 0]?.value ?? '';
  const rest = words.slice(call.name === 'salt' ? 2 : 1);
  if (name === '') return unknown(`${call.name} without a function`);
  if (/^cmd\.(run|run_all|run_stdout|shell|powershell)$/.test(name)) {
    const text = rest[0];
    return text && !isOpaque(text)
      ? withDetails(call.judge.script(text.value), { tool: call.name })
      : unknown('salt runs text that is only known when it runs');
  }
  if (/(^|,)test=true($|,)/i.test(rest.map((arg) => arg.value).join(',')))
    return verdict('read', `${name} test=True only rehearses`);
  if (SALT_DESTROYS.test(name)) return verdict('destroy', `${name} removes or stops`, { scope: 'many' });
  if (SALT_READS.test(name)) return verdict('read', `${name} reads`);
  return /^(state|pkg|service|file|user|group|cron|git|saltutil|schedule|system|mount|sysctl|firewalld|iptables)\./.test(
    name,
  )
    ? verdict('mutate', `${name} changes hosts`, { scope: 'many' })
    : unknown(`the Salt function ${name} is in no table`);
}

export const ansible: readonly Tool[] = [
  {
    names: 'ansible',
    source: SOURCE,
    values: VALUES,
    switches: '-b --become -C --check -D --diff -o --one-line -v -vv -vvv --list-hosts',
    targets: TARGETS,
    findTargets: (call) =>
      call.parsed.operands[0] ? [{ kind: 'host', value: call.parsed.operands[0].value }] : [],
    bare: read({ decide: adHoc }),
  },
  {
    names: 'ansible-playbook ansible-runner',
    source: SOURCE,
    values: VALUES,
    targets: TARGETS,
    bare: playbook,
  },
  {
    names: 'ansible-vault',
    source: SOURCE,
    values: `${VALUES} -n --name --output --encrypt-vault-id --new-vault-id --new-vault-password-file`,
    commands: {
      view: read({ readsSecrets: true, decide: needsPassword }),
      encrypt: local({ decide: needsPassword }),
      encrypt_string: read({ readsSecrets: true, decide: needsPassword }),
      decrypt: local({ readsSecrets: true, decide: needsPassword }),
      rekey: local({ decide: needsPassword }),
      ...each(local(terminal), 'edit, create'),
    },
  },
  { names: 'ansible-doc ansible-config ansible-lint', source: SOURCE, values: '-t -l --type', bare: read() },
  {
    names: 'ansible-inventory',
    source: SOURCE,
    values: VALUES,
    targets: TARGETS,
    bare: read({ when: { '--output': { effect: 'local-write' }, [ASKS]: terminal } }),
  },
  {
    names: 'ansible-galaxy',
    source: SOURCE,
    values: '-r --role-file -p --roles-path --collections-path -s --server --token --api-key -f',
    switches: '-f --force',
    commands: {
      ...each(read(), 'list, info, search, role list|info|search, collection list|verify'),
      ...each(local(), 'install, init, role install|init|import, collection install|init|build|download'),
      ...each(destroy(), 'remove, delete, role remove|delete'),
      'collection publish': mutate(),
    },
  },
  {
    names: 'ansible-pull',
    source: SOURCE,
    values: VALUES,
    bare: runs('ansible-pull runs a playbook from a repository'),
  },
  {
    names: 'ansible-console',
    source: SOURCE,
    values: VALUES,
    bare: runs('ansible-console opens a prompt', terminal),
  },
  {
    names: 'salt salt-call',
    source: 'from documentation: Salt 3007',
    values: '-L -b --batch-size -t --timeout --out --output -c --config-dir -N -l --log-level --state-output',
    switches: '-G -E -C -I -S -R --local -v --verbose --summary',
    bare: read({ decide: (call) => ({ ...salt(call), tool: call.name }) }),
  },
  {
    names: 'puppet',
    source: 'from documentation: Puppet 8',
    values: '--environment --server --certname --tags',
    commands: {
      agent: mutate({ dryRun: '--noop', when: { '--disable': { effect: 'destroy' } } }),
      apply: {
        effect: 'unknown',
        why: 'unknown: puppet apply runs a manifest',
        dryRun: '--noop',
      },
      ...each(
        read(),
        'facts, lookup, parser validate, config print, module list, help, describe, ssl show|verify',
      ),
      resource: read({
        decide: (call) => (call.parsed.operands.length > 2 ? { effect: 'mutate' } : undefined),
      }),
      ...each(local(), 'config set, module install|upgrade|uninstall'),
      'ssl clean': destroy(),
    },
  },
  {
    names: 'chef-client',
    source: 'from documentation',
    switches: '-W --why-run -z --local-mode',
    bare: { effect: 'unknown', why: 'unknown: chef-client runs recipes', dryRun: '-W --why-run' },
  },
  {
    names: 'knife',
    source: 'from documentation',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (words[0] === 'ssh' && words[2] !== undefined) {
        return highest(
          call.judge.script(words.slice(2).join(' ')),
          verdict('read', 'knife ssh runs on every match'),
        );
      }
      if (words.some((word) => /^(delete|remove)$/.test(word))) return destroy();
      return words.some((word) => /^(list|show|search|status|diff)$/.test(word)) ? read() : mutate();
    },
  },
];
