/** Packet filters and the network of one machine. From the man pages of iptables 1.8, nftables 1.0, iproute2 6.1. */
import { type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'from the man pages of Debian 12';
const RULES = {
  inverse: 'iptables-restore of the saved rules (save them first: iptables-save)',
};

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
  if (file) return { effect: 'unknown', why: 'unknown: nft -f loads rules from a file' };
  if (words.some((word) => /^(delete|flush|destroy)$/.test(word)))
    return destroy({
      why: 'nft removes rules',
      inverse: 'nft -f of the saved rules (save them first: nft list ruleset)',
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
      return mutate();
    default:
      return hasFlag(parsed, '-v -V --version') ? read() : undefined;
  }
}

function firewalld(call: Call): Partial<Outcome> | undefined {
  const names = call.parsed.flags.map((flag) => flag.name);
  if (names.some((name) => /^--(remove|delete)-|^--panic-on$|^--reset-to-defaults$/.test(name)))
    return { effect: 'destroy', why: 'firewall-cmd removes a rule' };
  return names.some((name) =>
    /^--(add|set|new|change|load|enable|disable|lockdown-on|lockdown-off|panic-off)(-|$)|^--(reload|complete-reload|runtime-to-permanent|direct|lockdown-on|lockdown-off|panic-off)$/.test(
      name,
    ),
  )
    ? { effect: 'mutate', inverse: 'the same with --remove in place of --add' }
    : undefined;
}

/** `ip` takes any beginning of its words: `ip a s`, `ip r`, `ip -br l`. */
function ip(call: Call): Outcome | undefined {
  const words = call.parsed.operands;
  const [object, verb, ...rest] = words.map((arg) => arg.value);
  if (object === undefined) return hasFlag(call.parsed, '-V -Version --help') ? read() : undefined;
  if (words[1]?.dynamic && words[1].value.startsWith('$')) return undefined;
  if (/^mon/.test(object)) return read(stream);
  const isLink = 'link'.startsWith(object);
  if ('netns'.startsWith(object) && verb?.startsWith('e')) {
    return {
      ...read({ why: 'runs in the network namespace' }),
      runs: (inner) => inner.judge.words(commandAfter(inner, '-n -netns', 3), inner.stdin),
    };
  }
  if (/^vrf$/.test(object) && /^e/.test(verb ?? ''))
    return { ...read(), runs: (inner) => inner.judge.words(commandAfter(inner, '', 3), inner.stdin) };
  if (
    verb === undefined ||
    /^(sh|sho|show|l|ls|lis|list|lst|g|ge|get|id|pids|identify|help|showdump|save)$/.test(verb)
  )
    return read();
  if (verb === 's') return isLink ? mutate() : read();
  if (/^mon/.test(verb)) return read(stream);
  if (/^(d|de|del|delete|f|fl|flu|flus|flush)$/.test(verb))
    return destroy({ why: `ip ${object} ${verb} takes connectivity away` });
  if (isLink && rest.includes('down'))
    return destroy({ why: 'ip link set down takes the interface out of service', inverse: 'ip link set up' });
  return /^(a|ad|add|set|se|c|ch|cha|chan|chang|change|r|re|rep|repl|replace|app|append|prepend|restore|attach|up)$/.test(
    verb,
  )
    ? mutate()
    : undefined;
}

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
    bare: read({ decide: iptables }),
  },
  {
    names: 'iptables-save ip6tables-save',
    source: SOURCE,
    values: '-t --table -M',
    bare: read({ when: { '-f --file': { effect: 'local-write' } } }),
  },
  {
    names: 'iptables-restore ip6tables-restore',
    source: SOURCE,
    values: '-T --table -M -w',
    bare: destroy({
      why: 'replaces the rules',
      scope: 'all',
      dryRun: '-t --test',
      decide: (call) =>
        hasFlag(call.parsed, '-n --noflush') ? verdict('mutate', 'adds to the rules') : undefined,
    }),
  },
  {
    names: 'ipset',
    source: SOURCE,
    commands: {
      ...each(read(), 'list, test, save, version'),
      ...each(mutate(), 'add, create, rename, swap, restore'),
      ...each(destroy(), 'del, destroy, flush'),
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
        mutate({ dryRun: '--dry-run' }),
        'enable, allow, deny, limit, reject, route, insert, prepend, reload, logging, default, app update',
      ),
      enable: mutate({ dryRun: '--dry-run', inverse: 'ufw disable' }),
      allow: mutate({ dryRun: '--dry-run', inverse: 'ufw delete of the same rule' }),
      ...each(destroy({ dryRun: '--dry-run' }), 'delete, disable, reset'),
      disable: destroy({
        dryRun: '--dry-run',
        inverse: 'ufw enable',
        why: 'ufw disable takes the firewall away',
      }),
    },
    otherwise: (call) => (call.parsed.operands.some((arg) => arg.value === 'delete') ? destroy() : undefined),
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
    names: 'fail2ban-client',
    source: SOURCE,
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (words.some((word) => /^(stop|unban|unbanip|del\w+|flushlogs)$/.test(word)))
        return words.some((word) => /^unban/.test(word)) ? mutate() : destroy();
      if (/^(status|get|ping|version|banned|echo)$/.test(words[0] ?? '')) return read();
      return /^(set|start|reload|restart|add)$/.test(words[0] ?? '') ? mutate() : undefined;
    },
    commands: { ping: read() },
  },
  {
    names: 'pfctl',
    source: 'from the man page of macOS',
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
    names: 'ip',
    source: SOURCE,
    style: 'long',
    values: '-n -netns -f -family -b -batch -rc -rcvbuf',
    switches:
      '-4 -6 -br -brief -c -color -d -details -s -stats -statistics -o -oneline -j -json -p -pretty -h -human -a -all -t -ts -r -0 -B -M -N -iec -force -resolve',
    targets: { namespace: '-n -netns' },
    noHelp: true,
    otherwise: ip,
    commands: { help: read() },
    bare: read({ when: { '-b -batch': { effect: 'unknown', why: 'unknown: ip -batch runs a file' } } }),
  },
  { names: 'bridge', source: SOURCE, style: 'long', otherwise: ip, commands: { help: read() }, bare: read() },
  {
    names: 'ss netstat',
    source: SOURCE,
    values: '-f -A -F -N',
    bare: read({
      when: {
        '-K --kill': { effect: 'destroy', why: 'ss -K closes connections' },
        '-c --continuous -E --events': stream,
      },
    }),
  },
  {
    names: 'ifconfig route arp brctl vconfig',
    source: SOURCE,
    bare: read({
      decide: (call) => {
        const words = call.args.map((arg) => arg.value);
        if (
          words.some((word) =>
            /^(down|del|delete|-d|--delete|flush|delbr|delif|rem|destroy|-deleteip)$/.test(word),
          )
        )
          return { effect: 'destroy' };
        if (call.name === 'route')
          return words.some((word) => /^(add|change)$/.test(word)) ? { effect: 'mutate' } : undefined;
        if (call.name === 'arp')
          return words.some((word) => /^(-s|--set|-f)$/.test(word)) ? { effect: 'mutate' } : undefined;
        if (/^(brctl|vconfig)$/.test(call.name))
          return /^show/.test(words[0] ?? '') ? undefined : { effect: 'mutate' };
        return call.parsed.operands.length > 1 ? { effect: 'mutate' } : undefined;
      },
    }),
  },
  {
    names: 'ifup ifdown',
    source: SOURCE,
    bare: mutate({
      decide: (call) =>
        call.name === 'ifdown' ? { effect: 'destroy', inverse: 'ifup' } : { inverse: 'ifdown' },
    }),
  },
  {
    names: 'tc',
    source: SOURCE,
    style: 'long',
    otherwise: (call) => {
      const verb = call.parsed.operands[1]?.value;
      if (call.parsed.operands[0]?.value === 'monitor') return read(stream);
      if (verb === undefined || /^(sh|show|ls|list|get)$/.test(verb)) return read();
      return /^del/.test(verb) ? destroy() : mutate({ inverse: 'tc … del with the same words' });
    },
    commands: { help: read() },
  },
  {
    names: 'ethtool',
    source: SOURCE,
    values: '',
    bare: read({
      when: {
        '-s --change -K --offload --features -G --set-ring -C --coalesce -L --set-channels -A --pause -N --config-nfc -X -E':
          { effect: 'mutate' },
        '-r --negotiate --reset -f --flash': { effect: 'destroy' },
        '-t --test': { effect: 'mutate' },
      },
    }),
  },
  {
    names: 'nmcli',
    source: SOURCE,
    values: '-f --fields -g --get-values -m --mode -c --colors -w --wait',
    switches: '-t --terse -p --pretty -a --ask -s --show-secrets -o',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (words.includes('monitor') || /^m(on)?$/.test(words[0] ?? '')) return read(stream);
      if (words.some((word) => /^(down|delete|del|disconnect|off)$/.test(word))) return destroy();
      if (words.includes('edit')) return mutate(terminal);
      return words.some((word) =>
        /^(up|add|modify|mod|connect|reload|load|reapply|set|hotspot|on|import|clone|rescan|hostname)$/.test(
          word,
        ),
      )
        ? mutate()
        : read(hasFlag(call.parsed, '-s --show-secrets') ? { readsSecrets: true } : {});
    },
    commands: { help: read() },
    bare: read(),
  },
  {
    names: 'netplan',
    source: SOURCE,
    commands: {
      ...each(read(), 'get, status, info, ip'),
      ...each(mutate(), 'apply, set, rebind'),
      generate: { effect: 'local-write' },
      try: mutate(terminal),
    },
  },
  {
    names: 'tailscale',
    source: 'from documentation: Tailscale 1.70',
    commands: {
      ...each(read(), 'status, ip, netcheck, version, whois, dns, bugreport, exit-node'),
      ping: read(),
      ...each(mutate(), 'up, set, login, switch, cert, lock, serve, funnel, file, update'),
      ...each(destroy({ inverse: 'tailscale up' }), 'down, logout'),
      ssh: { effect: 'unknown', why: 'unknown: opens a session', ...terminal },
    },
  },
  {
    names: 'wg wg-quick',
    source: SOURCE,
    commands: {
      ...each(
        read({
          decide: (call) =>
            call.parsed.operands.length > 1 && /key$|dump/.test(call.parsed.operands[1]?.value ?? '')
              ? { readsSecrets: true }
              : undefined,
        }),
        'show',
      ),
      ...each(read({ readsSecrets: true }), 'showconf, genkey, genpsk'),
      pubkey: read(),
      ...each(mutate(), 'set, setconf, addconf, syncconf, up, save'),
      down: destroy({ inverse: 'wg-quick up' }),
    },
    bare: read(),
  },
  {
    values: '-t --target --db --timeout -O',
    names: 'ovs-vsctl ovs-ofctl ovs-appctl ovs-dpctl ovn-nbctl ovn-sbctl ovn-appctl',
    source: 'from documentation: Open vSwitch 3',
    otherwise: openVSwitch,
    commands: { show: read() },
  },
];

function openVSwitch(call: Call): Outcome {
  const word = call.parsed.operands[0]?.value ?? '';
  if (
    /^(del|destroy|clear|remove|emer-reset|exit|stop)|-del$|\/(leave|kick|stop|flush|remove\S*)$/.test(word)
  )
    return destroy();
  return /^(show|list|get|find|dump|.*-list$|.*\/show$|lflow|ls-|lr-|br-exists|port-to-br|iface-to-br|fdb\/show|version|status|connection-status|coverage\/show|memory\/show|cluster\/status|vlog\/list|trace|lr-route-list|lsp-get|nb-cluster|sb-cluster|ofproto\/trace)/.test(
    word,
  ) && !/-add$/.test(word)
    ? read()
    : mutate();
}
