/** Packet filters: iptables, nftables, ufw, firewalld, pf. */
import { type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { valuesOf } from './common.ts';
import {
  type Call,
  destroy,
  each,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE =
  'help text or man page (Debian 12), and the man pages of iptables 1.8, nftables 1.0, ufw 0.36, firewalld 1.3';
/** What puts the rules back; a rule that locks out its author wants a timer besides. */
const RULES = {
  captureFirst: 'iptables-save, into a file',
  inverse: 'iptables-restore of that file',
};
const RULESET = {
  captureFirst: 'nft list ruleset, into a file',
  inverse: 'nft flush ruleset, then nft -f of that file',
};

/** The chain that an option names. */
function chain(call: Call): readonly string[] {
  const at = call.args.findIndex((arg) =>
    /^(-[ADIRPFXNZE]|--(append|delete|insert|replace|policy|flush|delete-chain|new-chain|zero|rename-chain))$/.test(
      arg.value,
    ),
  );
  const word = at < 0 ? undefined : call.args[at + 1];
  return word && !word.dynamic && !word.value.startsWith('-') ? [word.value] : [];
}

function iptables(call: Call): Partial<Outcome> | Verdict | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-F --flush -X --delete-chain'))
    return { effect: 'destroy', why: `${call.name} removes rules`, scope: 'all', ...RULES };
  if (hasFlag(parsed, '-D --delete'))
    return { effect: 'destroy', why: `${call.name} -D removes a rule`, ...RULES };
  if (hasFlag(parsed, '-P --policy')) {
    const words = call.args.map((arg) => arg.value);
    return words.some((word) => /^(DROP|REJECT)$/.test(word))
      ? {
          effect: 'destroy',
          why: `${call.name} -P DROP cuts off everything that no rule lets in`,
          scope: 'all',
          ...RULES,
        }
      : { effect: 'mutate', ...RULES };
  }
  if (hasFlag(parsed, '-A --append -I --insert -R --replace -N --new-chain -E --rename-chain -Z --zero'))
    return { effect: 'mutate', ...RULES };
  return undefined;
}

function nft(call: Call): Outcome | Verdict | undefined {
  const { parsed } = call;
  const file = hasFlag(parsed, '-f --file');
  if (hasFlag(parsed, '-c --check')) return verdict('read', 'nft -c only checks');
  // `nft 'add rule …'` gives everything as one word.
  const words = parsed.operands
    .map((arg) => arg.value)
    .join(' ')
    .split(/[\s;]+/);
  if (file)
    return {
      effect: 'unknown',
      why: 'unknown: nft -f loads rules from a file',
      preview: 'nft -c -f of the same file',
      ...RULESET,
    };
  if (words.some((word) => /^(delete|flush|destroy)$/.test(word)))
    return destroy({
      why: 'nft removes rules',
      ...RULESET,
    });
  switch (words[0]) {
    case 'list':
    case 'describe':
    case 'export':
    case 'get':
      return read();
    case 'monitor':
      return read(stream);
    case 'add':
    case 'insert':
    case 'create':
    case 'replace':
    case 'rename':
    case 'reset':
    case 'import':
      return mutate(RULESET);
    default:
      return hasFlag(parsed, '-v -V --version') ? read() : undefined;
  }
}

function firewalld(call: Call): Partial<Outcome> | undefined {
  const names = call.parsed.flags.map((flag) => flag.name);
  if (names.some((name) => /^--(remove|delete)-|^--panic-on$|^--reset-to-defaults$/.test(name)))
    return {
      effect: 'destroy',
      why: 'firewall-cmd removes a rule',
      captureFirst: 'firewall-cmd --list-all',
      inverse: 'the same with --add in place of --remove',
    };
  return names.some((name) =>
    /^--(add|set|new|change|load|enable|disable|lockdown-on|lockdown-off|panic-off)(-|$)|^--(reload|complete-reload|runtime-to-permanent|direct|lockdown-on|lockdown-off|panic-off)$/.test(
      name,
    ),
  )
    ? {
        effect: 'mutate',
        captureFirst: 'firewall-cmd --list-all',
        inverse: 'the same with --remove in place of --add',
      }
    : undefined;
}

const UFW = 'ufw status numbered';

export const firewall: readonly Tool[] = [
  {
    names:
      'iptables ip6tables iptables-nft iptables-legacy ip6tables-nft ip6tables-legacy ebtables arptables',
    source: SOURCE,
    values:
      '-t --table -s --source -d --destination -p --protocol -j --jump -i --in-interface -o --out-interface -m --match --dport --sport --dports --sports --state --ctstate --comment --to-destination --to-source --to-ports --limit --icmp-type --match-set -W',
    switches:
      '-n --numeric -v --verbose -L --list -S --list-rules -C --check -w --wait --line-numbers -x -4 -6',
    targets: { table: '-t --table' },
    bare: read({ decide: iptables, resources: chain }),
  },
  {
    names: 'iptables-save ip6tables-save',
    source: 'from documentation: the man pages of iptables 1.8, nftables 1.0, ufw 0.36, firewalld 1.3',
    values: '-t --table -M',
    bare: read({ when: { '-f --file': { effect: 'local-write' } } }),
  },
  {
    names: 'iptables-restore ip6tables-restore',
    source: 'from documentation: the man pages of iptables 1.8, nftables 1.0, ufw 0.36, firewalld 1.3',
    values: '-T --table -M -w',
    bare: destroy({
      why: 'replaces the rules',
      scope: 'all',
      ...RULES,
      dryRun: '-t --test',
      decide: (call) =>
        hasFlag(call.parsed, '-n --noflush') ? verdict('mutate', 'adds to the rules') : undefined,
    }),
  },
  {
    names: 'ipset',
    source: SOURCE,
    style: 'long',
    values: '-o -output -f -file',
    switches: '-q -quiet -! -exist -s -sorted -t -terse -n -name -r -resolve',
    commands: {
      ...each(read(), 'list, test, save, version'),
      ...each(
        mutate({
          resources: 'first',
          captureFirst: 'ipset save, into a file',
          inverse: 'ipset del in place of add',
        }),
        'add, create, rename, swap, restore',
      ),
      ...each(
        destroy({
          resources: 'first',
          captureFirst: 'ipset save, into a file',
          inverse: 'ipset restore of that file',
        }),
        'del, destroy, flush',
      ),
    },
  },
  {
    names: 'nft',
    source: SOURCE,
    values: '-I --includepath -D --define',
    switches: '-a --handle -n -s -j --json -c --check -f --file -i',
    otherwise: nft,
    commands: { describe: read() },
    bare: read({
      decide: (call) =>
        nft(call) ?? (hasFlag(call.parsed, '-i') ? { effect: 'unknown', ...terminal } : undefined),
    }),
  },
  {
    names: 'ufw',
    source: SOURCE,
    switches: '--force --dry-run',
    commands: {
      ...each(read(), 'status, show, version, app list|info|default, help'),
      ...each(
        mutate({ dryRun: '--dry-run', captureFirst: UFW, inverse: 'ufw delete of the same rule' }),
        'deny, limit, reject, route, insert, prepend, allow',
      ),
      ...each(mutate({ dryRun: '--dry-run' }), 'reload, app update'),
      ...each(
        mutate({ dryRun: '--dry-run', captureFirst: UFW, inverse: 'ufw with the value from before' }),
        'logging, default',
      ),
      enable: mutate({ dryRun: '--dry-run', asks: '--force', inverse: 'ufw disable', captureFirst: UFW }),
      delete: destroy({
        dryRun: '--dry-run',
        // Only a number is asked about: it may have become another rule's.
        decide: (call) =>
          /^\d+$/.test(call.parsed.operands[0]?.value ?? '') &&
          !hasFlag(call.parsed, '--force --dry-run') &&
          call.stdin.kind === 'inherited'
            ? terminal
            : undefined,
        captureFirst: UFW,
        inverse: 'ufw with the rule again',
        why: 'ufw delete removes a rule',
      }),
      reset: destroy({
        dryRun: '--dry-run',
        asks: '--force',
        captureFirst: 'a copy of /etc/ufw',
        scope: 'all',
        why: 'ufw reset removes all rules',
      }),
      disable: destroy({
        dryRun: '--dry-run',
        inverse: 'ufw enable',
        why: 'ufw disable takes the firewall away',
      }),
    },
    otherwise: (call) =>
      call.parsed.operands.some((arg) => arg.value === 'delete') ? destroy({ captureFirst: UFW }) : undefined,
  },
  {
    names: 'firewall-cmd firewall-offline-cmd',
    source: SOURCE,
    style: 'long',
    values: '--zone --permanent-zone --timeout --policy --service',
    targets: { zone: '--zone' },
    bare: read({ decide: firewalld }),
  },
  {
    names: 'pfctl',
    source: 'from documentation: the man page of macOS',
    values: '-f -a -t -T -k',
    bare: mutate({
      when: { '-F -d -k': { effect: 'destroy' } },
      decide: (call) =>
        hasFlag(call.parsed, '-s -n') && !hasFlag(call.parsed, '-F -d -e -k')
          ? verdict('read', 'pfctl -s reads')
          : undefined,
    }),
  },
  {
    names: 'conntrack',
    source: SOURCE,
    values: '-p -s -d --dport --sport -f -n',
    bare: read({
      when: {
        '-D --delete -F --flush': { effect: 'destroy' },
        '-E --event': stream,
        '-U --update -I --create': { effect: 'mutate' },
      },
    }),
  },
  {
    names: 'ipvsadm',
    source: SOURCE,
    values: '-t -u -f -r -s -w -p -M -O -x -y --tcp-service --udp-service --real-server --scheduler --weight',
    switches: '-L -l -n -A -E -D -C -R -S -a -e -d -Z -c -g -i -m --list --stats --rate',
    bare: read({
      resources: (call) => valuesOf('-t -u -f -r --real-server --tcp-service')(call),
      when: {
        '-A --add-service -E --edit-service -a --add-server -e --edit-server -R --restore --set --start-daemon':
          {
            effect: 'mutate',
            captureFirst: 'ipvsadm-save -n, into a file',
            inverse: 'ipvsadm-restore of that file',
          },
        '-D --delete-service -C --clear -d --delete-server --stop-daemon -Z --zero': {
          effect: 'destroy',
          why: 'ipvsadm takes servers out of the balancer',
          captureFirst: 'ipvsadm-save -n, into a file',
          inverse: 'ipvsadm-restore of that file',
        },
      },
    }),
  },
  { names: 'ipvsadm-save iptables-xml', source: SOURCE, bare: read() },
  {
    names: 'ipvsadm-restore',
    source: 'from documentation: the man pages of iptables 1.8, nftables 1.0, ufw 0.36, firewalld 1.3',
    bare: mutate(),
  },
  {
    names: 'iptables-apply',
    source: SOURCE,
    values: '-t --timeout -w',
    bare: destroy({
      why: 'replaces the rules, and puts the old ones back unless a person confirms',
      scope: 'all',
      ...terminal,
    }),
  },
  {
    names: 'shorewall shorewall6 csf apf',
    source: 'help text or man page (Debian 12), and documentation',
    commands: {
      ...each(
        read(),
        'status, show, list, ls, version, check, dump, hits, ipcalc, iprange, logwatch, export',
      ),
      ...each(
        mutate(),
        'start, restart, reload, refresh, allow, add, save, restore, try, compile, safe-restart',
      ),
      ...each(
        destroy({ inverse: 'start of the same firewall' }),
        'stop, clear, drop, reject, delete, forget, disable',
      ),
    },
    bare: read({
      when: {
        '-a -d -r -s -e -g -l -t -u --restart --start': { effect: 'mutate' },
        '-x -f --stop --disable': { effect: 'destroy' },
      },
    }),
  },
];
