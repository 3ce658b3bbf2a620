/** Processes and what they use: looking, sampling, tracing. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, names, numbers } from './common.ts';
import { type Call, destroy, mutate, type Outcome, read, stream, type Tool, terminal } from './table.ts';

/** `vmstat 5` never ends, `vmstat 5 3` does, `vmstat` prints once. */
function intervals(call: Call): Partial<Outcome> | undefined {
  const count = numbers(call);
  const endless = call.name === 'dstat' || call.name === 'dool' ? count < 2 : count === 1;
  const once = call.name === 'vmstat' && hasFlag(call.parsed, '-s -D -d -p -m -f') && count === 0;
  const written = call.name === 'sar' && hasFlag(call.parsed, '-o') ? { effect: 'local-write' as const } : {};
  return endless && !once ? { ...stream, ...written } : written;
}

/** `top -b -n 1` prints once; `top -b` prints for ever; else it wants a terminal. */
function top(call: Call): Partial<Outcome> {
  const once = hasFlag(call.parsed, '-n -l');
  if (hasFlag(call.parsed, '-b -l')) return once ? { mode: 'capture' } : stream;
  return terminal;
}

/** BSD's `e`, without a dash, adds the environment of each process. */
function ps(call: Call): Partial<Outcome> | undefined {
  const shows = call.args.some(
    (arg, i) =>
      (/^[a-zA-Z]+$/.test(arg.value) &&
        arg.value.includes('e') &&
        !/^-/.test(call.args[i - 1]?.value ?? '')) ||
      /^-E$/.test(arg.value),
  );
  return shows ? { readsSecrets: true, why: 'ps shows the environment of processes' } : undefined;
}

/** Screens that a batch option turns into printing. */
function screen(call: Call): Partial<Outcome> {
  const { name, parsed } = call;
  if (name === 'iotop' || name === 'nethogs') {
    if (!hasFlag(parsed, name === 'iotop' ? '-b --batch' : '-t')) return terminal;
    return hasFlag(parsed, name === 'iotop' ? '-n --iter' : '-c') ? { mode: 'capture' } : stream;
  }
  if (name === 'glances' && hasFlag(parsed, '--stdout --stdout-csv --stdout-json')) return stream;
  if (name === 'glances' && hasFlag(parsed, '-w --webserver -s --server'))
    return { ...stream, effect: 'mutate' };
  if (name === 'nmon' && hasFlag(parsed, '-f -F')) return { effect: 'local-write', mode: 'capture' };
  if (name === 'atop' && hasFlag(parsed, '-w'))
    return { effect: 'local-write', ...(numbers(call) > 1 ? {} : stream) };
  if (name === 'slabtop' && hasFlag(parsed, '-o --once')) return { mode: 'capture' };
  if (name === 'powertop' && call.args.some((arg) => /^--(csv|html|auto-tune|calibrate)/.test(arg.value)))
    return {
      effect: /auto-tune|calibrate/.test(call.args.map((arg) => arg.value).join(' '))
        ? 'mutate'
        : 'local-write',
    };
  return terminal;
}

export const processes: readonly Tool[] = [
  { names: 'ps', source: DEBIAN, style: 'long', noHelp: true, bare: read({ decide: ps }) },
  {
    names:
      'lsns lslocks ipcs pwdx runlevel prtstat lsipc lscgroup mountstats nfsiostat-sysstat collectl lnstat nstat rtacct',
    source: DEBIAN,
    style: 'long',
    noHelp: true,
    bare: read(),
  },
  {
    names: 'top',
    source: DEBIAN,
    values: '-n -d -p -u -U -o -w -E -e -l -s',
    switches: '-b -c -H -i -S -1',
    bare: read({ decide: top }),
  },
  {
    names:
      'htop btop btm bottom bpytop bashtop atop glances nmon iotop powertop slabtop gtop ctop s-tui gotop zenith nvtop radeontop mytop innotop pg_activity pgcenter pg_top iptraf iptraf-ng iftop nethogs bmon nload bwm-ng tload jnettop vtop csysdig',
    source: 'help text or man page (Debian 12), and documentation: their man pages',
    values: '-n -d -p -u -o -i --iter --delay --pid --user -c',
    switches: '-c',
    bare: read({ decide: screen }),
  },
  {
    names: 'free',
    source: DEBIAN,
    values: '-s --seconds -c --count',
    bare: read({
      decide: (call) =>
        hasFlag(call.parsed, '-s --seconds') && !hasFlag(call.parsed, '-c --count') ? stream : undefined,
    }),
  },
  {
    names:
      'vmstat iostat mpstat sar pidstat nfsiostat cifsiostat dstat dool ifstat nicstat numastat slabinfo tapestat sadf pmstat turbostat',
    source: 'help text or man page (Debian 12), and the man pages of sysstat 12 and procps 4',
    values: '-P -n -f -o -s -e -p -g -I -G -T -U -j',
    switches: '-x -d -c -t -u -r -b -w -m -k -h -z -y -A -q -B -W -v -H -a -N -D -R -S -V',
    bare: read({ decide: intervals }),
  },
  {
    names: 'renice',
    source: DEBIAN,
    values: '-n --priority --relative',
    bare: mutate({
      resources: names,
      captureFirst: 'ps -o pid,ni -p PID',
      inverse: 'renice to the priority from before',
    }),
  },
  {
    names: 'lsof',
    source: DEBIAN,
    style: 'long',
    bare: read({
      decide: (call) => (call.args.some((arg) => /^[-+]r\d*$/.test(arg.value)) ? stream : undefined),
    }),
  },
  { names: 'ipcrm skill snice xkill', source: DEBIAN, bare: destroy({ resources: names }) },
  {
    names: 'pidwait',
    source: 'help text or man page (Debian 12), and documentation: procps 4',
    bare: read(stream),
  },
  {
    names: 'lshw hwinfo inxi zdump lsinitramfs neofetch fastfetch systool ras-mc-ctl edac-util mcelog',
    source: DEBIAN,
    style: 'long',
    noHelp: true,
    bare: read({
      decide: (call) =>
        call.name === 'mcelog' && call.args.some((arg) => arg.value === '--daemon')
          ? { effect: 'mutate' }
          : undefined,
    }),
  },
  {
    names: 'kill',
    source: `${DEBIAN_PAGES}, the Bash manual 5.2`,
    noHelp: true,
    judge: (call) =>
      call.args.some((arg) => /^(-l|-L|-0|--list|--table)$/.test(arg.value)) ||
      /(^|\s)-(s|n|-signal)[ =]0\b/.test(call.args.map((arg) => arg.value).join(' '))
        ? verdict('read', 'kill tells about signals or asks whether a process is there')
        : signal(signalOf(call.args), pidsOf(call.args)),
  },
  {
    names: 'pkill killall',
    source: DEBIAN_PAGES,
    noHelp: true,
    judge: (call) => {
      const words = call.args.map((arg) => arg.value);
      if (
        words.some((word) => /^(-l|--list|-0|--version|-V)$/.test(word)) ||
        /-(s|-signal)[ =]0\b/.test(words.join(' '))
      )
        return verdict('read', `${call.name} tells about signals or asks whether a process is there`);
      const asks = call.name === 'killall' && words.some((word) => /^(-i|--interactive)$/.test(word));
      const flags: string[] = [];
      const targets: { kind: string; value: string }[] = [];
      for (let i = 0; i < call.args.length; i++) {
        const arg = call.args[i];
        if (arg === undefined) continue;
        if (!arg.value.startsWith('-')) {
          if (!arg.dynamic) targets.push({ kind: 'resource', value: arg.value });
          continue;
        }
        flags.push(arg.value);
        if (
          /^(-s|--signal|-[uUgGPtFo]|--(uid|euid|pgroup|parent|terminal|user|older-than|younger-than|pidfile))$/.test(
            arg.value,
          )
        ) {
          const value = call.args[++i];
          if (/^(-s|--signal)$/.test(arg.value) && value) flags.push(value.value);
          else if (/^-[uU]$/.test(arg.value) && value && !value.dynamic)
            targets.push({ kind: 'user', value: value.value });
        }
      }
      return {
        ...signal(flags, targets),
        scope: 'many',
        ...(asks && call.stdin.kind === 'inherited' ? { mode: 'terminal' as const } : {}),
        preview: call.name === 'pkill' ? 'pgrep -a with the same words' : null,
      };
    },
  },
  {
    names: 'fuser',
    source: DEBIAN,
    style: 'gnu',
    values: '-n --namespace',
    noHelp: true,
    bare: read({
      resources: names,
      when: {
        '-k --kill': {
          effect: 'destroy',
          why: 'fuser -k ends processes',
          preview: 'fuser -v with the same words',
        },
      },
      decide: (call) =>
        hasFlag(call.parsed, '-i --interactive') && hasFlag(call.parsed, '-k --kill') ? terminal : undefined,
    }),
  },
  {
    names: 'killall5',
    source: DEBIAN_PAGES,
    bare: destroy({ why: 'ends every process outside of its session', scope: 'all' }),
  },
];

/** The first word names it: behind it, `-1` is every process. */
function signalOf(args: Call['args']): readonly string[] {
  const first = args[0]?.value ?? '';
  if (!first.startsWith('-') || first === '--') return [];
  return /^(-s|-n|--signal)$/.test(first) ? [first, args[1]?.value ?? ''] : [first];
}

function pidsOf(args: Call['args']) {
  return args
    .filter(
      (arg, i) =>
        !arg.dynamic && /^\d+$|^%/.test(arg.value) && !/^(-s|-n|--signal)$/.test(args[i - 1]?.value ?? ''),
    )
    .slice(0, 5)
    .map((arg) => ({ kind: 'resource', value: arg.value }));
}

/** Ending a process takes it out of service; HUP and USR tell it something. */
function signal(words: readonly string[], targets: readonly { kind: string; value: string }[]) {
  const text = words.join(' ').toUpperCase();
  if (/(^|\s)-(S |N |-SIGNAL[ =])?(SIG)?(HUP|USR1|USR2|WINCH|CONT|URG|QUIT|1|3|10|12|18|28)(\s|$)/.test(text))
    return verdict('mutate', 'sends a signal that a service expects', { targets });
  if (/(^|\s)-(S |N |-SIGNAL[ =])?(SIG)?(STOP|TSTP|19|20)(\s|$)/.test(text))
    return verdict('destroy', 'stops a process where it is', { targets, inverse: 'kill -CONT' });
  return verdict('destroy', 'ends a process', { targets, inverse: 'start it again' });
}
