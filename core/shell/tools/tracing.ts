/** Looking inside running programs and the kernel: profilers, tracers, debuggers, load. */

import { unknown } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, numbers } from './common.ts';
import { DEVICE } from './devices.ts';
import {
  type Call,
  destroy,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

/** Sampling tools: some of their words record, some are screens. */
function perf(call: Call): Outcome | undefined {
  const word = call.parsed.operands[0]?.value ?? '';
  const rest = call.parsed.operands.slice(1);
  const run: Outcome['runs'] = (outer) => {
    const words = outer.parsed.rest ?? outer.parsed.operands.slice(1);
    return words.length > 0 ? outer.judge.words(words, outer.stdin) : undefined;
  };
  if (/^(list|version|buildid-list|evlist|help|config)$/.test(word)) return read();
  if (word === 'top') return read(terminal);
  if (/^(report|annotate|diff|script)$/.test(word))
    return read(hasFlag(call.parsed, '--stdio') || word === 'script' ? {} : terminal);
  const command = (call.parsed.rest ?? rest)[0] !== undefined;
  if (word === 'record')
    return local({ ...(hasFlag(call.parsed, '-p --pid -a') && !command ? stream : {}), runs: run });
  if (word === 'stat') return read({ ...(command ? {} : stream), runs: run });
  if (word === 'trace') return read({ ...(command ? {} : stream), runs: run });
  return word === 'bench' ? mutate({ why: 'perf bench puts load on the machine' }) : undefined;
}

/** Diagnostic commands of a JVM, by their first word. */
function jcmd(call: Call): Partial<Outcome> | undefined {
  const text = call.parsed.operands
    .slice(1)
    .map((arg) => arg.value)
    .join(' ');
  if (
    /^(GC\.(run|run_finalization)|VM\.(set_flag|log)|JFR\.(start|stop|configure)|ManagementAgent|Compiler\.(queue|codecache|directives_(add|remove|clear))|JVMTI)/.test(
      text,
    )
  )
    return { effect: 'mutate', why: 'jcmd changes the running JVM' };
  return /^(GC\.heap_dump|Thread\.dump_to_file|JFR\.dump)/.test(text)
    ? { effect: 'local-write', why: 'jcmd writes a file; a heap dump stops the program while it is written' }
    : undefined;
}

/** `fio --rw=randwrite --filename=/dev/sdb`. */
function overDevice(call: Call): boolean {
  const words = call.args.map((arg) => arg.value);
  return (
    words.some((word) => DEVICE.test(word.replace(/^--filename=/, ''))) &&
    words.some((word) => /^(--(rw|readwrite)=)?(rand)?(write|rw|readwrite|trim|trimwrite)/.test(word))
  );
}

export const tracing: readonly Tool[] = [
  {
    names: 'perf',
    source: DEBIAN_PAGES,
    values: '-p --pid -F -e -t -C -o -i --call-graph',
    stopAtOperand: false,
    otherwise: perf,
    commands: { version: read() },
  },
  {
    names: 'py-spy rbspy',
    source: 'from documentation: py-spy 0.3',
    values: '-p --pid -o --output -d --duration -f --format -r --rate',
    commands: {
      dump: read(),
      snapshot: read(),
      record: local({ decide: (call) => (hasFlag(call.parsed, '-d --duration') ? undefined : stream) }),
      top: read(terminal),
    },
  },
  {
    names: 'gcore',
    source: DEBIAN,
    values: '-o',
    bare: local({ why: 'writes the memory of a process to a file' }),
  },
  {
    names: 'gdb lldb crash drgn',
    source: DEBIAN,
    values: '-p --pid -ex -x -iex --command',
    style: 'long',
    bare: runs('a debugger may change or stop the program', {
      decide: (call) =>
        call.args.some((arg) => /^-{1,2}batch$/.test(arg.value)) || call.stdin.kind !== 'inherited'
          ? {}
          : terminal,
    }),
  },
  {
    names: 'jcmd jattach',
    source: 'from documentation: JDK 17 tools',
    style: 'long',
    bare: read({ decide: jcmd }),
  },
  {
    names: 'jps jstat jinfo jmap jstack jhsdb',
    source: 'from documentation: JDK 17 tools',
    style: 'long',
    bare: read({
      decide: (call) => {
        const words = call.args.map((arg) => arg.value);
        if (call.name === 'jmap' && words.some((word) => /^-dump/.test(word)))
          return {
            effect: 'local-write',
            why: 'jmap -dump writes a file, and stops the program while it does',
          };
        if (call.name === 'jmap' && words.some((word) => /^-histo:live/.test(word)))
          return { effect: 'mutate', why: 'jmap -histo:live collects garbage first' };
        if (
          call.name === 'jinfo' &&
          words.some((word) => /^-flag$/.test(word) && words.some((w) => /^[+-]|=/.test(w) && w !== '-flag'))
        )
          return { effect: 'mutate', why: 'jinfo -flag changes the running JVM' };
        if (call.name === 'jhsdb') return unknown('jhsdb is a debugger', terminal);
        return call.name === 'jstat' && numbers(call) === 2 ? stream : undefined;
      },
    }),
  },
  {
    names:
      'bpftrace opensnoop execsnoop biosnoop tcplife tcpconnect tcpaccept tcpretrans tcpdrop runqlat biolatency ext4slower xfsslower cachestat filetop biotop tcptop opensnoop-bpfcc execsnoop-bpfcc biosnoop-bpfcc tcplife-bpfcc tcpconnect-bpfcc tcpaccept-bpfcc tcpretrans-bpfcc tcpdrop-bpfcc runqlat-bpfcc biolatency-bpfcc ext4slower-bpfcc xfsslower-bpfcc cachestat-bpfcc filetop-bpfcc biotop-bpfcc tcptop-bpfcc sysdig',
    source: 'help text or man page (Debian 12), and documentation: bcc and bpftrace',
    values: '-e -p -c -M -r -w -n -d',
    bare: read({
      decide: (call) => {
        const text = call.args.map((arg) => arg.value).join(' ');
        if (call.name === 'bpftrace') {
          if (/\bsystem\s*\(/.test(text) || hasFlag(call.parsed, '-c'))
            return { effect: 'unknown', why: 'unknown: bpftrace runs commands' };
          if (hasFlag(call.parsed, '-l -V --info')) return undefined;
          return stream;
        }
        if (call.name === 'sysdig')
          return hasFlag(call.parsed, '-w')
            ? { effect: 'local-write', ...(hasFlag(call.parsed, '-n -M') ? {} : stream) }
            : hasFlag(call.parsed, '-n -M -r -l -cl')
              ? undefined
              : stream;
        return numbers(call) > 1 || hasFlag(call.parsed, '-d') ? undefined : stream;
      },
    }),
  },
  {
    names: 'bpftool',
    source: 'from documentation: bpftool 7',
    switches: '-j -p -f -m -n',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (/^(tracelog)$/.test(words[1] ?? '') || words[1] === 'event_pipe') return read(stream);
      if (/^(show|list|dump|lookup|getnext|peek|probe|help|tree|profile)$/.test(words[1] ?? 'show'))
        return read();
      if (/^(delete|detach|dequeue|pop)$/.test(words[1] ?? '')) return destroy();
      return words[0] === 'batch' ? runs('bpftool runs a file of commands') : mutate();
    },
    bare: read(),
    commands: { version: read() },
  },
  {
    names: 'trace-cmd',
    source: 'help text or man page (Debian 12), and documentation: trace-cmd 3',
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      if (/^(report|list|stat|hist|dump)$/.test(word)) return read();
      return word === 'stream' || word === 'profile' ? read(stream) : mutate();
    },
    commands: { report: read() },
  },
  {
    names: 'stress stress-ng fio sysbench bonnie++ iozone',
    source: 'help text or man page (Debian 12), and documentation',
    bare: mutate({
      why: 'puts load on the machine',
      decide: (call) =>
        call.name === 'fio' && overDevice(call)
          ? { effect: 'destroy', why: 'fio writes over the device' }
          : /^stress/.test(call.name) && !call.args.some((arg) => /^(-t|--timeout)/.test(arg.value))
            ? stream
            : undefined,
    }),
  },
  {
    names: 'ioping',
    source: DEBIAN,
    values: '-c -i -w -s -S',
    bare: read({ decide: (call) => (hasFlag(call.parsed, '-c -w') ? undefined : stream) }),
  },
  {
    names: 'nvidia-smi',
    source: 'from documentation: NVIDIA driver 550',
    values: '-i -l -lms --query-gpu --format --loop --id -pm -pl -mig -c -e -lgc',
    style: 'long',
    bare: read({
      when: {
        '-l -lms --loop --loop-ms': stream,
        '-r --gpu-reset': { effect: 'destroy', why: 'resets the GPU and what runs on it' },
        '-pm -pl -mig -c -e -lgc -rgc -ac --persistence-mode --power-limit --multi-instance-gpu --compute-mode':
          { effect: 'mutate' },
      },
    }),
    commands: { pmon: read(stream), dmon: read(stream), topo: read(), nvlink: read(), mig: mutate() },
  },
];
