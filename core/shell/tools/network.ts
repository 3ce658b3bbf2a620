/** Looking at the network. From their --help in Debian 12. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { local, mutate, read, runs, stream, type Tool, terminal } from './table.ts';

export const network: readonly Tool[] = [
  {
    names: 'ping ping6',
    source: 'ping -h (iputils)',
    targets: { interface: '-I' },
    values: '-c -w -W -i -s -t',
    switches: '-q -n -4 -6',
    bare: read({ decide: (call) => (hasFlag(call.parsed, '-c -w') ? undefined : stream) }),
  },
  {
    names: 'dig host nslookup drill whois delv getent resolvectl kdig',
    source: 'their --help',
    values: '-t -p -b -f',
    bare: read({
      decide: (call) => (call.name === 'nslookup' && call.args.length === 0 ? terminal : undefined),
    }),
  },
  {
    names: 'traceroute tracepath traceroute6 fping nmap arping',
    source: 'their --help',
    values: '-p -m -q -w -c',
    bare: read(),
  },
  {
    names: 'mtr',
    source: 'mtr --help',
    values: '-c -i -s',
    bare: read({ decide: (call) => (hasFlag(call.parsed, '-r --report -w -c') ? undefined : terminal) }),
  },
  {
    names: 'nc ncat netcat socat',
    source: 'nc -h',
    values: '-w -p -s -e -c -q',
    switches: '-z -v -u -l -k -n',
    bare: runs('nc sends and receives anything', {
      decide: (call) =>
        hasFlag(call.parsed, '-z') ? { effect: 'unknown' } : hasFlag(call.parsed, '-l') ? stream : undefined,
    }),
    judge: (call) =>
      call.args.some((arg) => /^-[a-zA-Z]*z/.test(arg.value))
        ? verdict('read', 'nc -z only looks whether a port is open', { tool: call.name })
        : undefined,
  },
  {
    names: 'telnet ftp sftp',
    source: 'from documentation',
    bare: runs('it opens a connection that a person drives', terminal),
  },
  {
    names: 'tcpdump tshark ngrep',
    source: 'tcpdump --help',
    targets: { interface: '-i' },
    values: '-c -w -r -s -A -n',
    bare: read({
      when: { '-w': { effect: 'local-write', why: 'it writes a capture file' } },
      decide: (call) => (hasFlag(call.parsed, '-c -r') ? undefined : stream),
    }),
  },
  { names: 'iftop nethogs bmon', source: 'from documentation', bare: read(terminal) },
  {
    names: 'iperf iperf3',
    source: 'iperf3 --help',
    values: '-c -p -t -P',
    bare: mutate({
      why: 'iperf puts load on the network',
      decide: (call) => (hasFlag(call.parsed, '-s') ? stream : undefined),
    }),
  },
  {
    names: 'ssh-keyscan ssh-keygen',
    source: 'ssh-keygen -h',
    values: '-f -t -b -C -N -R -l',
    bare: local({
      decide: (call) =>
        call.name === 'ssh-keyscan' || hasFlag(call.parsed, '-l -F') ? { effect: 'local-write' } : undefined,
    }),
  },
  {
    names: 'grpcurl',
    source: 'from documentation',
    values: '-d -H -proto',
    bare: runs('a gRPC call may change anything'),
  },
  { names: 'wscat websocat', source: 'from documentation', bare: runs('it opens a web socket', terminal) },
];
