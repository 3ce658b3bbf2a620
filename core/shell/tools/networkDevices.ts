/** Addresses, routes, links and tunnels of one machine: ip, nmcli, tc, WireGuard, Open vSwitch. */
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'help text or man page (Debian 12), and the man pages of iproute2 6.1 and NetworkManager 1.42';

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
  const state = { captureFirst: `${call.name} ${object} show, into a file` };
  const named: Outcome['resources'] = () => {
    const device = rest.indexOf('dev');
    const name = rest.find(
      (word, i) =>
        !/^(dev|via|to|from|table|type|name|default)$/.test(word) || (word === 'default' && i === 0),
    );
    const chosen = isLink && device >= 0 ? rest[device + 1] : name;
    return chosen && !/[$`]/.test(chosen) ? [chosen] : [];
  };
  if (/^(d|de|del|delete|f|fl|flu|flus|flush)$/.test(verb))
    return destroy({
      why: `ip ${object} ${verb} takes connectivity away`,
      resources: named,
      ...state,
      inverse: `${call.name} ${object} add with what was there`,
    });
  if (isLink && rest.includes('down'))
    return destroy({
      why: 'ip link set down takes the interface out of service',
      resources: named,
      inverse: 'ip link set up of the same interface, from a way in that does not need it',
    });
  return /^(a|ad|add|set|se|c|ch|cha|chan|chang|change|r|re|rep|repl|replace|app|append|prepend|restore|attach|up)$/.test(
    verb,
  )
    ? mutate({
        resources: named,
        ...state,
        inverse: /^(a|ad|add|app|append|prepend)$/.test(verb)
          ? `${call.name} ${object} del with the same words`
          : `${call.name} ${object} with the values from before`,
      })
    : undefined;
}

export const networkDevices: readonly Tool[] = [
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
  {
    names: 'bridge',
    source: SOURCE,
    style: 'long',
    switches: '-s -statistics -d -details -j -json -p -pretty -o -oneline -c -color -t -timestamp',
    otherwise: ip,
    commands: { help: read() },
    bare: read(),
  },
  {
    switches: '-N',
    names: 'ss netstat',
    source: SOURCE,
    values: '--family --query --socket -D --diag --filter -f -A -F -N',
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
      resources: names,
      decide: (call) =>
        call.name === 'ifdown'
          ? {
              effect: 'destroy',
              why: 'ifdown takes the interface out of service',
              inverse: 'ifup of the same interface',
            }
          : { inverse: 'ifdown of the same interface' },
    }),
  },
  {
    names: 'tc',
    source: SOURCE,
    style: 'long',
    values: '-n -netns -b -batch -cf -conf',
    switches:
      '-s -stats -statistics -d -details -r -raw -p -pretty -i -iec -g -graph -j -json -t -timestamp -c -color -o -oneline -N -names -force',
    otherwise: (call) => {
      const verb = call.parsed.operands[1]?.value;
      if (call.parsed.operands[0]?.value === 'monitor') return read(stream);
      if (verb === undefined || /^(sh|show|ls|list|get)$/.test(verb)) return read();
      return /^del/.test(verb)
        ? destroy({ captureFirst: 'tc -s qdisc show', inverse: 'tc … add with what was there' })
        : mutate({ captureFirst: 'tc -s qdisc show', inverse: 'tc … del with the same words' });
    },
    commands: { help: read() },
  },
  {
    names: 'ethtool',
    source: SOURCE,
    values: '',
    bare: read({
      resources: 'first',
      when: {
        '-s --change -K --offload --features -G --set-ring -C --coalesce -L --set-channels -A --pause -N --config-nfc -X -E':
          {
            effect: 'mutate',
            captureFirst: 'ethtool of the device',
            inverse: 'ethtool with the values from before',
          },
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
      if (words.some((word) => /^(down|delete|del|disconnect|off)$/.test(word)))
        return destroy({
          resources: (inside) => names(inside).slice(-1),
          captureFirst: 'nmcli connection show of it, into a file',
          ...(words.includes('down') || words.includes('disconnect')
            ? { inverse: 'nmcli connection up of the same' }
            : {}),
        });
      if (words.includes('edit')) return mutate(terminal);
      return words.some((word) =>
        /^(up|add|modify|mod|connect|reload|load|reapply|set|hotspot|on|import|clone|rescan|hostname)$/.test(
          word,
        ),
      )
        ? mutate({ captureFirst: 'nmcli connection show of it, into a file' })
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
      apply: mutate({
        preview: 'netplan try, which takes it back unless a person confirms',
        captureFirst: 'a copy of /etc/netplan',
        inverse: 'the copy back, and netplan apply',
      }),
      ...each(mutate(), 'set, rebind'),
      generate: { effect: 'local-write' },
      try: mutate(terminal),
    },
  },
  {
    names: 'tailscale',
    source: 'from documentation: Tailscale 1.70',
    network: true,
    commands: {
      ...each(read(), 'status, ip, netcheck, version, whois, dns, bugreport, exit-node list'),
      ping: read(),
      ...each(mutate(), 'set, switch, cert, lock, serve, funnel, file, update, drive, configure'),
      ...each(read(), 'lock status|log, serve status, funnel status, file list, debug, metrics'),
      up: mutate({ inverse: 'tailscale down' }),
      login: mutate(),
      nc: runs('it sends and receives anything', terminal),
      ...each(destroy({ inverse: 'tailscale up' }), 'down, logout'),
      ssh: opensSession('opens a session'),
    },
  },
  {
    names: 'wg wg-quick',
    source: 'from documentation: the man pages of iproute2 6.1 and NetworkManager 1.42',
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
      ...each(
        mutate({
          captureFirst: 'wg showconf of the interface, into a file that stays secret',
          inverse: 'wg setconf of that file',
          decide: (call) =>
            call.path === 'set' && call.parsed.operands.some((arg) => arg.value === 'remove')
              ? { effect: 'destroy', why: 'wg set removes a peer' }
              : undefined,
        }),
        'set, setconf, addconf, syncconf',
      ),
      up: mutate({ resources: names, inverse: 'wg-quick down of the same' }),
      save: mutate(),
      down: destroy({ resources: names, inverse: 'wg-quick up of the same' }),
      strip: read({ readsSecrets: true }),
    },
    bare: read(),
  },
  {
    values: '-t --target --db --timeout -O',
    names: 'ovs-vsctl ovs-ofctl ovs-appctl ovs-dpctl ovn-nbctl ovn-sbctl ovn-appctl',
    source: 'help text or man page (Debian 12), and documentation: Open vSwitch 3',
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
