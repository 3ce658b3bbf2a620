/** Routing daemons, tunnels, leases and neighbours. */
import { verdict } from '../verdict.ts';
import { hasFlag, joined } from '../words.ts';
import { DEBIAN, names } from './common.ts';
import {
  type Call,
  destroy,
  each,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

/** A router's command line: `show …` looks, `clear …` drops sessions, `no …` removes. */
function routerCommands(texts: readonly string[]): Partial<Outcome> {
  if (texts.some((text) => /^\s*(no|clear|write erase|reload|shutdown|restart|disable|down)\b/m.test(text)))
    return {
      effect: 'destroy',
      why: 'takes routes or sessions away',
      captureFirst: 'the running configuration, into a file',
    };
  if (texts.every((text) => /^\s*(show|sh|do show|ping|traceroute|list|dump|echo|help|\?)\b/.test(text)))
    return {};
  return {
    effect: 'mutate',
    why: 'changes the router',
    captureFirst: 'the running configuration, into a file',
    inverse: 'the same commands with no in front',
  };
}

const commandsOf = (call: Call) =>
  call.parsed.flags
    .filter((flag) => /^(-c|--command)$/.test(flag.name))
    .map((flag) => flag.value?.value ?? '');

export const routing: readonly Tool[] = [
  {
    names: 'vtysh',
    source: 'help text or man page (Debian 12), and documentation: FRRouting 8',
    values: '-c --command -d --daemon -f --inputfile -N --vty_socket --config_dir',
    bare: read({
      decide: (call) => {
        const texts = commandsOf(call);
        if (texts.length > 0) return routerCommands(texts);
        if (hasFlag(call.parsed, '-C --dryrun')) return undefined;
        if (hasFlag(call.parsed, '-b --boot -f --inputfile -w --writeconfig')) return { effect: 'mutate' };
        return call.stdin.kind === 'text'
          ? routerCommands(call.stdin.text.split('\n').filter((line) => line.trim() !== ''))
          : opensSession('vtysh opens a prompt');
      },
    }),
  },
  {
    names: 'birdc birdcl birdc6 gobgp',
    source: 'help text or man page (Debian 12), and documentation: BIRD 2, GoBGP 3',
    values: '-s -u --host -p --port -a -H',
    bare: read({
      decide: (call) => {
        const text = joined(call.parsed.operands);
        if (text === '') return opensSession(`${call.name} opens a prompt`);
        if (call.name !== 'gobgp') return text === 'configure check' ? undefined : routerCommands([text]);
        if (/\b(del|shutdown|disable|reset|softreset\w*)\b/.test(text)) return { effect: 'destroy' };
        if (/\b(add|enable|set|replace)\b/.test(text)) return { effect: 'mutate' };
        return /^monitor\b/.test(text) ? stream : undefined;
      },
    }),
  },
  {
    names: 'swanctl ipsec',
    source: 'help text or man page (Debian 12), and documentation: strongSwan 5.9',
    values: '-i --ike -c --child -u --uri',
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      if (/^(status|statusall|version|list\w*|ready|leases)$/.test(word)) return read();
      if (/^(stop|down\w*|purge\w*|unroute|barf)$/.test(word))
        return destroy({
          resources: (inside) => names(inside, 1),
          inverse: 'ipsec up of the same connection',
        });
      return /^(start|restart|reload|update|up|route|reread\w*|rekey\w*)$/.test(word)
        ? mutate({
            resources: (inside) => names(inside, 1),
            ...(word === 'up' ? { inverse: 'ipsec down of the same connection' } : {}),
          })
        : undefined;
    },
    bare: read({
      when: {
        '--initiate -i --load-all -q --load-conns --load-creds --load-pools --rekey --redirect --install --reload-settings':
          { effect: 'mutate' },
        '--terminate -t --uninstall --flush-certs': { effect: 'destroy', why: 'swanctl takes a tunnel down' },
        '--log -T': stream,
      },
    }),
    commands: { version: read() },
  },
  {
    names: 'openvpn openconnect vpnc',
    source: 'help text or man page (Debian 12), and documentation',
    values: '--config --auth-user-pass -u --user --authgroup --servercert --pid-file --daemon',
    network: true,
    bare: mutate({
      ...stream,
      why: 'opens a tunnel into another network',
      when: { '--daemon -b --background': { mode: 'capture' } },
      decide: (call) =>
        hasFlag(call.parsed, '--genkey --show-ciphers --show-digests --show-tls --version')
          ? verdict('read', 'tells about itself')
          : undefined,
    }),
  },
  {
    names: 'zerotier-cli nebula-cert netbird',
    source: 'from documentation',
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      if (
        /^(info|listpeers|listnetworks|listmoons|status|dump|get|peers|bond|print|verify|version|list|routes)$/.test(
          word,
        )
      )
        return read();
      if (/^(leave|deorbit|down|deregister)$/.test(word))
        return destroy({ resources: (inside) => names(inside, 1) });
      return mutate();
    },
    commands: { info: read() },
  },
  {
    names: 'cloudflared',
    source: 'from documentation: cloudflared 2024',
    values: '--config --url --token --cred-file --origincert --loglevel',
    network: true,
    commands: {
      ...each(
        read(),
        'version, tunnel list|info|ready, tunnel route ip show, tunnel ingress validate, tunnel diag',
      ),
      ...each(
        mutate({ resources: 'first' }),
        'tunnel create, tunnel route dns, tunnel route ip add, update, service install',
      ),
      ...each(
        destroy({ resources: 'first' }),
        'tunnel delete|cleanup, tunnel route ip delete, service uninstall',
      ),
      ...each(
        mutate({ ...stream, why: 'opens a tunnel' }),
        'tunnel run, tunnel, proxy-dns, access tcp|ssh|rdp',
      ),
      'tunnel token': read({ readsSecrets: true }),
      ...each(mutate(terminal), 'tunnel login, login, access login'),
    },
  },
  {
    names: 'ngrok frpc frps chisel localtunnel bore',
    source: 'from documentation',
    network: true,
    bare: mutate({
      ...stream,
      why: 'opens a tunnel',
      decide: (call) =>
        /^(version|config|verify)$/.test(call.parsed.operands[0]?.value ?? '')
          ? { mode: 'capture' }
          : undefined,
    }),
  },
  { names: 'stunnel stunnel4', source: DEBIAN, bare: mutate({ why: 'starts a server' }) },
  {
    names: 'dhclient dhcpcd udhcpc',
    source: DEBIAN,
    values: '-p -pf -lf -cf -i -s',
    style: 'long',
    bare: mutate({
      resources: names,
      why: 'asks for an address',
      when: {
        '-r -x -k --release': {
          effect: 'destroy',
          why: 'gives the address back',
          inverse: 'dhclient of the same interface',
        },
      },
      decide: (call) =>
        call.args.some((arg) => /^(-T|--test|-U|--dumplease|--version)$/.test(arg.value))
          ? verdict('read', `${call.name} only looks`)
          : undefined,
    }),
  },
  {
    names: 'iw iwlist iwconfig mii-tool lldpctl lldpcli rdisc6 ndisc6 teamdctl avahi-browse avahi-resolve',
    source: DEBIAN,
    style: 'long',
    bare: read({
      decide: (call) => {
        const words = call.args.map((arg) => arg.value);
        if (call.name === 'iw' && words.some((word) => /^(del|disconnect|leave)$/.test(word)))
          return { effect: 'destroy' };
        if (call.name === 'iw' && words[0] === 'event') return stream;
        if (call.name === 'iw' && words.some((word) => /^(set|add|connect|join|trigger)$/.test(word)))
          return { effect: 'mutate' };
        if (call.name === 'iwconfig' && call.parsed.operands.length > 1) return { effect: 'mutate' };
        if (
          call.name === 'mii-tool' &&
          words.some((word) => /^(-r|-R|--restart|--reset|-F|-A|--force)/.test(word))
        )
          return { effect: 'destroy' };
        if (call.name === 'lldpcli' && /^(configure|unconfigure|pause|resume|update)$/.test(words[0] ?? ''))
          return { effect: 'mutate' };
        if (
          call.name === 'teamdctl' &&
          words.some((word) => /^(port|state)$/.test(word)) &&
          words.some((word) => /^(add|remove|set)$/.test(word))
        )
          return { effect: 'mutate' };
        if (call.name === 'lldpcli' && words[0] === 'watch') return stream;
        return call.name === 'avahi-browse' &&
          !words.some((word) => /^-[a-z]*[tc]|^--(terminate|cache)$/.test(word))
          ? stream
          : undefined;
      },
    }),
  },
  {
    names: 'wpa_cli',
    source: DEBIAN,
    values: '-i -p',
    bare: opensSession('wpa_cli opens a prompt'),
    otherwise: (call) =>
      /^(status|scan_results|list_networks|ping|signal_poll|get)$/.test(call.parsed.operands[0]?.value ?? '')
        ? read()
        : /^(disconnect|disable_network|remove_network|terminate)$/.test(call.parsed.operands[0]?.value ?? '')
          ? destroy()
          : mutate(),
    commands: { status: read() },
  },
];
