/** Looking at the network: pings, names, ports, packets. */
import { type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, names } from './common.ts';
import { type Call, mutate, type Outcome, read, runs, stream, type Tool, terminal } from './table.ts';
import { judgeLines } from './textProtocols.ts';

/** Bytes from the other end, or a port that is held open: it sends and receives anything. */
function netcat(call: Call): Partial<Outcome> | Verdict {
  const { parsed, stdin } = call;
  const ends = parsed.operands.map((arg) => arg.value);
  const serves =
    call.name === 'socat'
      ? ends.length !== 2 ||
        ends.some((end) => /LISTEN|RECV|^(EXEC|SYSTEM|SHELL|OPEN|CREATE|FILE):/i.test(end))
      : hasFlag(parsed, '-l --listen -e --exec -c --sh-exec');
  if (!serves && stdin.kind === 'text' && !stdin.opaque) return judgeLines(stdin.text);
  const command = flagValue(parsed, '-e --exec -c --sh-exec');
  if (command)
    return {
      why: `unknown: ${call.name} gives a program to whoever connects`,
      ...(hasFlag(parsed, '-l --listen') ? stream : {}),
    };
  if (call.name === 'socat') {
    if (ends.some((end) => /LISTEN|RECV|^(UDP4?|PTY|OPENSSL-LISTEN).*fork/i.test(end))) return stream;
    const runsCommand = ends.some((end) => /^(EXEC|SYSTEM|SHELL):/i.test(end));
    return ends.some((end) => /^(-|STDIO|STDIN|READLINE)/i.test(end)) &&
      stdin.kind === 'inherited' &&
      !runsCommand
      ? terminal
      : {};
  }
  if (hasFlag(parsed, '-l --listen')) return stream;
  return stdin.kind === 'inherited' && !hasFlag(parsed, '-d -N') ? terminal : {};
}

const SCAN_FILES = '-oN -oX -oG -oA -oS -oJ';

export const network: readonly Tool[] = [
  {
    names: 'ping ping6 gping',
    source: DEBIAN,
    network: true,
    targets: { interface: '-I' },
    values: '-c -w -W -i -s -t -l -m -M -p -Q -S',
    switches: '-q -n -4 -6 -f -b -D -O',
    bare: read({
      decide: (call) =>
        call.name === 'gping' ? terminal : hasFlag(call.parsed, '-c -w') ? undefined : stream,
    }),
  },
  {
    names: 'dig host nslookup drill whois delv kdig doggo ldns-walk dnstracer showmount rpcinfo',
    source: DEBIAN,
    network: true,
    values: '-t -p -b -f',
    bare: read({
      decide: (call) =>
        call.name === 'nslookup' &&
        call.stdin.kind === 'inherited' &&
        (call.args.length === 0 || call.args[0]?.value === '-')
          ? terminal
          : undefined,
    }),
  },
  {
    names: 'getent',
    source: DEBIAN,
    values: '-s --service',
    bare: read({
      decide: (call) =>
        /^g?shadow$/.test(call.parsed.operands[0]?.value ?? '')
          ? { readsSecrets: true, why: 'getent shadow shows password hashes' }
          : undefined,
    }),
  },
  {
    names: 'traceroute tracepath traceroute6 tcptraceroute lft arping fping hping3 nping arp-scan',
    source: DEBIAN,
    network: true,
    values: '-p -m -q -w -c -i -I -s -t -C --count -S -a -b -B -f -H -k -O -r -x',
    switches: '-l --loop',
    bare: read({
      decide: (call) => {
        const { name, parsed } = call;
        if (name === 'fping') return hasFlag(parsed, '-l --loop') ? stream : undefined;
        if (/^(hping3|nping|arping)$/.test(name)) {
          const floods = call.args.some((arg) => /^--(flood|rate|faster)/.test(arg.value));
          return {
            ...(hasFlag(parsed, '-c --count -w') || name === 'nping' ? {} : stream),
            ...(floods ? { effect: 'mutate' as const, why: 'puts load on the network' } : {}),
          };
        }
        return undefined;
      },
    }),
  },
  {
    names: 'nmap zmap masscan rustscan',
    source: 'help text or man page (Debian 12), and documentation: nmap 7.93',
    network: true,
    style: 'long',
    values: `-p -m -q -w -c -iL -e -S -g --script --script-args --top-ports --exclude --max-retries --min-rate --host-timeout ${SCAN_FILES} -o --output-file`,
    bare: read({
      when: {
        [SCAN_FILES]: { effect: 'local-write', why: 'it writes its findings to files' },
        '-o --output-file': { effect: 'local-write', why: 'it writes its findings to files' },
      },
      decide: (call) => {
        const scripts = flagValue(call.parsed, '--script')?.value ?? '';
        return /brute|dos|exploit|intrusive|malware|fuzzer|(^|,)(all|.*\/)/.test(scripts)
          ? { effect: 'unknown', why: 'unknown: the scripts of nmap may change what they find' }
          : undefined;
      },
    }),
  },
  {
    names: 'mtr',
    source: DEBIAN,
    network: true,
    values: '-c --report-cycles -i --interval -s -a -f -m -P -F',
    switches: '-r --report -w --report-wide -n -b -z -T -u -4 -6 -j --json -C --csv -x --xml -l --raw',
    bare: read({
      decide: (call) => {
        if (hasFlag(call.parsed, '-r --report -w --report-wide -j --json -C --csv -x --xml'))
          return undefined;
        return hasFlag(call.parsed, '-l --raw')
          ? hasFlag(call.parsed, '-c --report-cycles')
            ? undefined
            : stream
          : terminal;
      },
    }),
  },
  {
    names: 'nc ncat netcat socat',
    source: DEBIAN,
    network: true,
    values: '-w -p -s -e -c -q -i -x -X --exec --sh-exec --proxy -O -P -I -T -V',
    switches: '-z -v -u -l -k -n -4 -6 -d -N --listen --ssl',
    bare: runs('it sends and receives anything', { decide: netcat }),
    judge: (call) =>
      call.name !== 'socat' && call.args.some((arg) => /^-[a-zA-Z]*z/.test(arg.value))
        ? verdict('read', 'nc -z only looks whether a port is open', { tool: call.name })
        : undefined,
  },
  {
    names: 'telnet ftp',
    source: DEBIAN_PAGES,
    network: true,
    bare: runs('it opens a connection that a person drives', {
      decide: (call) => (call.stdin.kind === 'inherited' ? terminal : undefined),
    }),
  },
  {
    names: 'tcpdump tshark ngrep termshark tcpflow dumpcap',
    source: 'help text or man page (Debian 12), and documentation: tcpdump 4.99, Wireshark 4',
    targets: { interface: '-i --interface' },
    values: '-c -w -r -s -B -C -G -W -F -E -z -Z -a -b -f -Y -T -e -R -o -O',
    switches: '-n -nn -A -X -x -v -vv -q -l -D -L',
    bare: read({
      when: {
        '-w': { effect: 'local-write', why: 'it writes a capture file' },
      },
      decide: (call) => {
        const { name, parsed } = call;
        if (name === 'termshark') return terminal;
        const runsProgram =
          name === 'tcpdump' && hasFlag(parsed, '-z')
            ? { effect: 'unknown' as const, why: 'unknown: tcpdump -z runs a program on each file' }
            : {};
        const ends =
          hasFlag(parsed, '-c -r -D -L --list-interfaces --count') ||
          (name === 'tcpdump' && hasFlag(parsed, '-d')) ||
          (name === 'ngrep' && hasFlag(parsed, '-n -I')) ||
          (name !== 'tcpdump' && hasFlag(parsed, '-a')) ||
          (name === 'tcpdump' && hasFlag(parsed, '-W') && hasFlag(parsed, '-G'));
        const writes =
          /^(tcpflow|dumpcap)$/.test(name) && !hasFlag(parsed, '-D -L')
            ? { effect: 'local-write' as const }
            : {};
        return ends ? { ...writes, ...runsProgram } : { ...stream, ...writes, ...runsProgram };
      },
    }),
  },
  { names: 'dnstop ifpps', source: DEBIAN, bare: read(terminal) },
  {
    names: 'iperf iperf3 netperf qperf speedtest speedtest-cli fast',
    source: 'help text or man page (Debian 12), and documentation: iperf 3.12',
    network: true,
    values: '-c -p -t -P -b -i -B -n -w -H -l',
    switches: '-s -1 --one-off -u -R -J -D',
    bare: mutate({
      why: 'puts load on the network',
      decide: (call) =>
        hasFlag(call.parsed, '-s --server') && !hasFlag(call.parsed, '-1 --one-off -D --daemon')
          ? stream
          : undefined,
    }),
  },
  {
    names: 'grpcurl',
    source: 'from documentation: grpcurl 1.9',
    network: true,
    style: 'long',
    values:
      '-d -H -proto -import-path -protoset -cert -key -cacert -authority -rpc-header -reflect-header -max-time -connect-timeout -servername -protoset-out -proto-out-dir',
    bare: runs('a gRPC call may change anything', {
      decide: (call) => {
        const words = names(call);
        const writes = hasFlag(call.parsed, '-protoset-out -proto-out-dir');
        if (writes) return { effect: 'local-write', why: 'grpcurl writes the descriptions into a file' };
        if (words.includes('list') || words.includes('describe'))
          return verdict('read', 'grpcurl lists what the server offers');
        const method = words.at(-1) ?? '';
        // The health protocol is the same everywhere; what the project's own methods do only their names hint at.
        if (/^grpc\.health\.v1\.Health[/.](Check|List)$/.test(method))
          return verdict('read', 'grpcurl asks for the health');
        if (/^grpc\.health\.v1\.Health[/.]Watch$/.test(method))
          return verdict('read', 'grpcurl watches the health', stream);
        return /[/.](Delete|Remove|Purge|Destroy|Drop|Terminate|Truncate)\w*$/.test(method)
          ? { effect: 'destroy', why: `grpcurl calls ${method}` }
          : undefined;
      },
    }),
  },
  {
    names: 'grpc_health_probe grpc-health-probe',
    source: 'from documentation',
    network: true,
    bare: read(),
  },
  {
    names: 'wscat websocat',
    source: 'from documentation',
    network: true,
    bare: runs('it opens a web socket', {
      decide: (call) =>
        call.stdin.kind === 'inherited' && !hasFlag(call.parsed, '-x --execute') ? terminal : undefined,
    }),
  },
];
