/** Salt, Puppet and Chef. From documentation: Salt 3007, Puppet 8, Chef Infra 18. */
import { highest, sessionOpened, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { hasFlag, isOpaque } from '../words.ts';
import { namesFrom } from './common.ts';
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

const AT_HOME = { network: false };

/** A Salt function reads by its last word. */
const SALT_READS =
  /^(test|grains|pillar|network|status|disk|ps|sys)\.|\.(list\w*|get\w*|show\w*|status|info|version\w*|available|search|read|find|exists|ping|items?|ls|has_\w+|is_\w+|running|enabled|file_exists|disk_usage|uptime|loadavg)$/;
const SALT_DESTROYS =
  /\.(remove|purge|delete\w*|stop|kill\w*|reboot|shutdown|poweroff|halt|rm|disable|drop\w*|absent|flush\w*|rmdir|mask|terminate|clear\w*|set_absent|delval|delkey)$/;

function salt(call: Call): Verdict {
  const words = call.parsed.operands;
  const name = words[call.name === 'salt' ? 1 : 0]?.value ?? '';
  const rest = words.slice(call.name === 'salt' ? 2 : 1);
  const scope = { scope: 'many' as const };
  if (name === '') return unknown(`${call.name} without a function`);
  if (/^cmd\.(run|run_all|run_stdout|run_stderr|run_bg|retcode|shell|powershell)$/.test(name)) {
    const text = rest[0];
    return text && !isOpaque(text)
      ? withDetails(call.judge.script(text.value), { tool: call.name })
      : unknown('salt runs text that is only known when it runs', scope);
  }
  if (/(^|,)test=true($|,)/i.test(rest.map((arg) => arg.value).join(',')))
    return verdict('read', `${name} test=True only rehearses`);
  const preview = /^state\./.test(name) ? { preview: `${call.name} … ${name} test=True` } : {};
  if (SALT_DESTROYS.test(name)) return verdict('destroy', `${name} removes or stops`, scope);
  if (/^(pillar|config)\./.test(name) && SALT_READS.test(name))
    return verdict('read', `${name} reads what may hold secrets`, { readsSecrets: /^pillar/.test(name) });
  if (SALT_READS.test(name)) return verdict('read', `${name} reads`);
  return /^(state|pkg|service|file|user|group|cron|git|saltutil|schedule|system|mount|sysctl|firewalld|iptables|grains|ssh|cp|archive|pip|npm|docker|mysql|postgres|nginx|apache|lxc|virt)\./.test(
    name,
  )
    ? verdict('mutate', `${name} changes hosts`, { ...scope, ...preview })
    : unknown(`the Salt function ${name} is in no table`, scope);
}

/** Runners act on the master, as their last word says. */
function saltRun(call: Call): Verdict {
  const name = call.parsed.operands[0]?.value ?? '';
  if (/^(cmd|salt\.cmd|state\.orchestrate|state\.orch|reactor\.)/.test(name))
    return unknown(`salt-run ${name} runs what is not in the command`, { scope: 'many' });
  if (SALT_DESTROYS.test(name)) return verdict('destroy', `${name} removes`);
  if (/^(jobs|manage|fileserver|pillar|survey|doc|error|config)\./.test(name) || SALT_READS.test(name))
    return verdict('read', `${name} reads`);
  return unknown(`the runner ${name} is in no table`);
}

function saltKey(call: Call): Partial<Outcome> {
  const { parsed } = call;
  const asks = hasFlag(parsed, '-y --yes') || call.stdin.kind !== 'inherited' ? {} : terminal;
  if (hasFlag(parsed, '-d --delete -D --delete-all -r --reject -R --reject-all'))
    return { ...asks, effect: 'destroy', why: 'salt-key shuts hosts out' };
  if (hasFlag(parsed, '-a --accept -A --accept-all'))
    return {
      ...asks,
      effect: 'mutate',
      why: 'salt-key lets hosts in',
      inverse: 'salt-key -d of the same hosts',
    };
  return hasFlag(parsed, '--gen-keys') ? { effect: 'local-write' } : {};
}

const knifeVerb = (call: Call): Outcome | Verdict => {
  const words = call.parsed.operands.map((arg) => arg.value);
  if (words[0] === 'ssh' || words[0] === 'winrm') {
    const text = words.slice(2).join(' ');
    if (text === '' || /^(interactive|screen|tmux|cssh|macterm)$/.test(text))
      return sessionOpened('knife ssh opens a session');
    return highest(call.judge.script(text), verdict('read', 'knife ssh runs on every match'));
  }
  if (words.some((word) => /^(delete|remove|purge)$/.test(word)))
    return destroy({ asks: '-y --yes', resources: namesFrom(2) });
  if (words.includes('bulk')) return destroy({ asks: '-y --yes', scope: 'many' });
  if (words.some((word) => /^(list|show|search|status|diff|verify)$/.test(word))) {
    const secret =
      words[0] === 'vault' || (words.includes('show') && hasFlag(call.parsed, '--secret --secret-file'));
    return read(secret ? { readsSecrets: true } : {});
  }
  return words.includes('edit') ? mutate(terminal) : mutate({ resources: namesFrom(2) });
};

export const configuration: readonly Tool[] = [
  {
    names: 'salt salt-call',
    source: 'from documentation: Salt 3007',
    values:
      '-b --batch-size -t --timeout --out --output -c --config-dir -N -l --log-level --state-output --hide-timeout',
    switches: '-G -E -C -I -S -R -L --local -v --verbose --summary --async -p',
    network: true,
    findTargets: (call) => {
      const host = call.name === 'salt' ? call.parsed.operands[0] : undefined;
      return host && !host.dynamic ? [{ kind: 'host', value: host.value }] : [];
    },
    bare: read({ decide: (call) => ({ ...salt(call), tool: call.name }) }),
  },
  {
    names: 'salt-run',
    source: 'from documentation: Salt 3007',
    network: true,
    bare: read({ decide: (call) => ({ ...saltRun(call), tool: call.name }) }),
  },
  {
    names: 'salt-key',
    source: 'from documentation: Salt 3007',
    values: '-a --accept -d --delete -r --reject -p --print -f --finger -l --list --gen-keys --out -c',
    network: true,
    bare: read({ decide: saltKey }),
  },
  {
    names: 'puppet',
    source: 'from documentation: Puppet 8',
    values: '--environment --server --certname --tags --modulepath --target --logdest',
    switches: '-t --test --noop --onetime --no-daemonize --verbose --debug',
    network: true,
    commands: {
      agent: mutate({
        dryRun: '--noop',
        why: 'puppet agent applies the catalog of its server',
        when: {
          '--disable': {
            effect: 'destroy',
            why: 'puppet agent --disable stops it from running',
            inverse: 'puppet agent --enable',
          },
        },
      }),
      apply: {
        effect: 'unknown',
        why: 'unknown: puppet apply runs a manifest',
        dryRun: '--noop',
        network: false,
      },
      ...each(
        read(AT_HOME),
        'facts, lookup, parser validate, config print, module list, module search, help, describe, ssl show, ssl verify, doc, epp validate, strings',
      ),
      ...each(read(), 'node status, catalog find, query, cert list, infrastructure status'),
      resource: read({
        ...AT_HOME,
        decide: (call) => (call.parsed.operands.length > 2 ? { effect: 'mutate' } : undefined),
        dryRun: '--noop',
        resources: namesFrom(1),
      }),
      ...each(
        local(),
        'config set, config delete, module install, module upgrade, module uninstall, module build, ssl submit_request, ssl bootstrap, ssl download_cert',
      ),
      ...each(mutate({ resources: 'all' }), 'cert sign, code deploy'),
      ...each(
        destroy({ resources: 'all' }),
        'ssl clean, cert clean, cert revoke, node clean, node purge, node deactivate',
      ),
    },
  },
  {
    names: 'puppetserver',
    source: 'from documentation: Puppet Server 8',
    values: '--certname',
    network: true,
    commands: {
      ...each(read(), 'ca list, --version'),
      ...each(mutate(), 'ca sign, ca setup, ca import, ca generate, ca migrate'),
      ...each(destroy(), 'ca clean, ca revoke, ca purge, ca delete'),
      ...each(mutate(), 'start, reload'),
      stop: destroy(),
      gem: local(),
    },
  },
  {
    names: 'chef-client chef-solo cinc-client',
    source: 'from documentation: Chef Infra 18',
    values:
      '-o --override-runlist -r --runlist -j --json-attributes -E --environment -c --config -l --log_level -i --interval',
    switches: '-W --why-run -z --local-mode',
    network: true,
    bare: {
      effect: 'unknown',
      why: 'unknown: chef-client runs recipes',
      dryRun: '-W --why-run',
      when: { '-i --interval -d --daemonize': { mode: 'stream' } },
    },
  },
  {
    names: 'knife',
    source: 'from documentation: Chef Workstation 24',
    values:
      '-a --attribute -F --format -E --environment -x --ssh-user -c --config -r --run-list -s --server-url --secret --secret-file -i --identity-file -C --concurrency -N --node-name',
    network: true,
    otherwise: knifeVerb,
    commands: {
      ...each(read(AT_HOME), 'config list, config show, config list-profiles, config get-profile'),
      ...each(local(AT_HOME), 'config use, config use-profile, configure'),
      exec: runs('knife exec runs a script'),
      bootstrap: runs('knife bootstrap installs on a machine'),
    },
  },
];
