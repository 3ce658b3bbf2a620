/** Processes, power, accounts, schedules and the kernel of one machine. From the man pages of Debian 12. */
import { unknown, type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'from the man pages of Debian 12';

/** `vmstat 5` never ends, `vmstat 5 3` does, `vmstat` prints once. */
function intervals(call: Call): Partial<Outcome> | undefined {
  const numbers = call.parsed.operands.filter((arg) => /^\d+(\.\d+)?$/.test(arg.value));
  const endless = call.name === 'dstat' || call.name === 'dool' ? numbers.length < 2 : numbers.length === 1;
  const written = call.name === 'sar' && hasFlag(call.parsed, '-o') ? { effect: 'local-write' as const } : {};
  return endless ? { ...stream, ...written } : written;
}

/** `top -b -n 1` prints once; `top -b` prints for ever; else it wants a terminal. */
function top(call: Call): Partial<Outcome> {
  const once = hasFlag(call.parsed, '-n -l');
  if (hasFlag(call.parsed, '-b -l')) return once ? { mode: 'capture' } : stream;
  return terminal;
}

/** `at` and `batch` run later what they are given now. */
function later(call: Call): Partial<Outcome> | Verdict {
  if (hasFlag(call.parsed, '-d -r')) return destroy({ why: 'removes jobs' });
  if (hasFlag(call.parsed, '-l -c -V') || call.name === 'atq') return verdict('read', `${call.name} reads`);
  if (call.name === 'atrm') return destroy({ why: 'removes jobs' });
  if (hasFlag(call.parsed, '-f'))
    return { effect: 'unknown', why: `unknown: ${call.name} runs a file later` };
  if (call.stdin.kind === 'text' && !call.stdin.opaque) return {};
  return call.stdin.kind === 'piped' || call.stdin.kind === 'text'
    ? { effect: 'unknown', why: `unknown: ${call.name} runs its input later` }
    : { effect: 'unknown', why: `unknown: ${call.name} runs what is typed later`, ...terminal };
}

function crontab(call: Call): Outcome | Verdict {
  const { parsed } = call;
  if (hasFlag(parsed, '-r'))
    return destroy({
      why: 'crontab -r removes all jobs of the user',
      scope: 'all',
      inverse: 'crontab of the saved file (save it first: crontab -l)',
    });
  if (hasFlag(parsed, '-e')) return local({ why: 'crontab -e opens an editor', ...terminal });
  if (hasFlag(parsed, '-l')) return read();
  if (parsed.operands.length > 0 || call.stdin.kind !== 'inherited')
    return mutate({
      why: 'crontab replaces all jobs of the user',
      scope: 'all',
      inverse: 'crontab of the saved file (save it first: crontab -l)',
    });
  return runs('crontab reads what is typed', terminal);
}

/** `sysctl -w a=b` and `sysctl a=b` set; `-p` loads files. */
function sysctl(call: Call): Partial<Outcome> | undefined {
  const sets =
    hasFlag(call.parsed, '-w --write') || call.parsed.operands.some((arg) => arg.value.includes('='));
  if (sets)
    return {
      effect: 'mutate',
      why: 'sysctl changes the running kernel',
      inverse: 'sysctl -w with the value from before (note it first: sysctl NAME)',
    };
  return hasFlag(call.parsed, '-p --load --system')
    ? { effect: 'mutate', why: 'sysctl loads settings from files' }
    : undefined;
}

function runlevel(call: Call): Outcome | undefined {
  const level = call.parsed.operands[0]?.value ?? '';
  if (/^(q|Q|u|U)$/.test(level)) return mutate();
  return /^([0-6sSaAbBcC])$/.test(level)
    ? destroy({ why: `${call.name} ${level} changes the run level`, scope: 'all' })
    : undefined;
}

function passwd(call: Call): Partial<Outcome> | Verdict | undefined {
  if (hasFlag(call.parsed, '-S --status')) return verdict('read', 'passwd -S reads');
  if (hasFlag(call.parsed, '-l --lock')) return { inverse: 'passwd -u' };
  if (hasFlag(call.parsed, '-d --delete -u --unlock -e --expire -x -n -w -i --stdin')) return undefined;
  return terminal;
}

/** Sampling tools: some of their words record, some are screens. */
function perf(call: Call): Outcome | undefined {
  const word = call.parsed.operands[0]?.value ?? '';
  if (/^(list|version|buildid-list|evlist|help)$/.test(word)) return read();
  if (word === 'top') return read(terminal);
  if (/^(report|annotate|diff|script)$/.test(word))
    return read(hasFlag(call.parsed, '--stdio') ? {} : word === 'script' ? {} : terminal);
  if (word === 'record')
    return local(
      hasFlag(call.parsed, '-p --pid -a') &&
        !/sleep/.test(call.parsed.operands.map((arg) => arg.value).join(' '))
        ? stream
        : {},
    );
  if (word === 'stat')
    return { ...read(), runs: (inner) => inner.judge.words(inner.parsed.operands.slice(1), inner.stdin) };
  return word === 'trace' ? read(stream) : undefined;
}

export const system: readonly Tool[] = [
  {
    names:
      'ps lsns lslocks ipcs pwdx runlevel getenforce sestatus aa-status apparmor_status lsinitramfs prtstat lsipc lslogins zdump inxi hwinfo lshw neofetch fastfetch klist quota repquota ausearch aureport named-checkconf named-checkzone unbound-checkconf mailq',
    source: SOURCE,
    style: 'long',
    noHelp: true,
    bare: read(),
  },
  {
    names: 'top',
    source: SOURCE,
    values: '-n -d -p -u -U -o -w -E -e -l -s',
    switches: '-b -c -H -i -S -1',
    bare: read({ decide: top }),
  },
  {
    names:
      'htop btop btm bottom bpytop bashtop atop glances nmon iotop powertop slabtop gtop ctop s-tui gotop zenith nvtop radeontop mytop innotop pg_activity pgcenter pg_top iptraf iptraf-ng',
    source: SOURCE,
    values: '-n -d -p -u',
    bare: read({
      decide: (call) =>
        hasFlag(call.parsed, '-b --batch') && call.name === 'iotop'
          ? hasFlag(call.parsed, '-n --iter')
            ? { mode: 'capture' }
            : stream
          : terminal,
    }),
  },
  {
    names:
      'vmstat iostat mpstat sar pidstat nfsiostat cifsiostat dstat dool ifstat nicstat numastat slabinfo tapestat sadf',
    source: 'from the man pages of sysstat 12 and procps 4',
    values: '-P -n -f -o -s -e -p -g -I -G -T -U -j',
    switches: '-x -d -c -t -u -r -b -w -m -k -h -z -y -A -q -B -W -v -H -a -N -D -R -S -V',
    bare: read({ decide: intervals }),
  },
  {
    names: 'renice',
    source: SOURCE,
    bare: mutate({ inverse: 'renice to the priority from before' }),
  },
  { names: 'ipcrm rmmod killall5 skill xkill', source: SOURCE, bare: destroy() },
  {
    names: 'modprobe',
    source: SOURCE,
    bare: mutate({
      when: { '-r --remove': { effect: 'destroy', why: 'modprobe -r unloads a module' } },
      dryRun: '-n --dry-run --show',
    }),
  },
  {
    names:
      'insmod depmod update-initramfs update-grub grub-mkconfig grub2-mkconfig grub-install grubby dracut mkinitcpio locale-gen swapon swapoff hwclock',
    source: SOURCE,
    bare: mutate({
      decide: (call) =>
        call.name === 'swapon' && hasFlag(call.parsed, '-s --show --summary')
          ? verdict('read', 'swapon --show reads')
          : call.name === 'hwclock' && (call.args.length === 0 || hasFlag(call.parsed, '-r --show'))
            ? verdict('read', 'hwclock reads')
            : call.name === 'grubby' && hasFlag(call.parsed, '--info --default-kernel --default-index')
              ? verdict('read', 'grubby reads')
              : undefined,
    }),
  },
  {
    names: 'ldconfig',
    source: SOURCE,
    bare: mutate({
      decide: (call) =>
        hasFlag(call.parsed, '-p -N --print-cache') ? verdict('read', 'ldconfig -p reads') : undefined,
    }),
  },
  {
    names: 'shutdown',
    source: SOURCE,
    style: 'long',
    bare: destroy({
      why: 'shutdown takes the machine out of service',
      scope: 'all',
      inverse: 'shutdown -c, until the time has come',
      decide: (call) =>
        call.args.some((arg) => arg.value === '-c')
          ? verdict('mutate', 'shutdown -c cancels a planned shutdown')
          : undefined,
    }),
  },
  {
    names: 'reboot poweroff halt kexec',
    source: SOURCE,
    bare: destroy({ why: 'takes the machine out of service', scope: 'all' }),
  },
  {
    names: 'init telinit',
    source: SOURCE,
    bare: runs('it changes the run level'),
    commands: { 0: destroy({ scope: 'all' }), 6: destroy({ scope: 'all' }) },
    otherwise: runlevel,
  },
  {
    names: 'sysctl',
    source: SOURCE,
    values: '-r --pattern',
    switches: '-a --all -n --values -N --names -w --write -q --quiet -e --ignore -p --load --system',
    bare: read({ decide: sysctl }),
  },
  {
    names: 'dmesg',
    source: SOURCE,
    values:
      '-l --level -f --facility -n --console-level -s --buffer-size -F --file --since --until --time-format',
    switches:
      '-T --ctime -H --human -w --follow -W --follow-new -C --clear -c --read-clear -k -u -x -e -L -r -t -P --nopager',
    bare: read({
      when: {
        '-w --follow -W --follow-new': stream,
        '-C --clear -c --read-clear': { effect: 'destroy', why: 'dmesg -C clears the ring buffer' },
        '-n --console-level -D --console-off -E --console-on': { effect: 'mutate' },
      },
    }),
  },
  {
    names: 'lsof',
    source: SOURCE,
    style: 'long',
    bare: read({
      decide: (call) => (call.args.some((arg) => /^[-+]r\d*$/.test(arg.value)) ? stream : undefined),
    }),
  },
  {
    names: 'crontab',
    source: SOURCE,
    targets: { user: '-u' },
    bare: { effect: 'read', decide: (call) => finish(crontab(call), call) },
  },
  {
    names: 'at batch atq atrm',
    source: SOURCE,
    values: '-f -q -t',
    bare: mutate({
      why: 'plans a job',
      decide: later,
      runs: (call) =>
        call.stdin.kind === 'text' && !call.stdin.opaque ? call.judge.script(call.stdin.text) : undefined,
    }),
  },
  {
    names: 'useradd adduser groupadd addgroup usermod groupmod chpasswd newusers pwconv grpconv chsh chfn',
    source: SOURCE,
    bare: mutate({ inverse: 'userdel, groupdel, or the change back' }),
  },
  {
    names: 'userdel deluser groupdel delgroup',
    source: SOURCE,
    bare: destroy({ why: 'removes an account or a group' }),
  },
  {
    names: 'gpasswd',
    source: SOURCE,
    values: '-a -d -M -A',
    bare: mutate({
      when: { '-d --delete -r --delete-password': { effect: 'destroy' } },
      decide: (call) => (hasFlag(call.parsed, '-a -d -M -A -r -R') ? undefined : terminal),
    }),
  },
  { names: 'passwd', source: SOURCE, values: '-x -n -w -i -R', bare: mutate({ decide: passwd }) },
  {
    names: 'chage',
    source: SOURCE,
    values: '-d -E -I -m -M -W',
    bare: mutate({
      decide: (call) =>
        hasFlag(call.parsed, '-l --list')
          ? verdict('read', 'chage -l reads')
          : hasFlag(
                call.parsed,
                '-d -E -I -m -M -W --expiredate --lastday --maxdays --mindays --inactive --warndays',
              )
            ? undefined
            : terminal,
    }),
  },
  {
    names: 'faillock pam_tally2',
    source: SOURCE,
    values: '--user -u',
    bare: read({ when: { '--reset -r': { effect: 'mutate' } } }),
  },
  {
    names: 'setenforce',
    source: SOURCE,
    bare: mutate({
      decide: (call) =>
        /^(0|permissive)$/i.test(call.parsed.operands[0]?.value ?? '')
          ? { effect: 'destroy', why: 'setenforce 0 switches SELinux off', inverse: 'setenforce 1' }
          : undefined,
    }),
  },
  { names: 'setsebool', source: SOURCE, bare: mutate() },
  { names: 'getsebool', source: SOURCE, bare: read() },
  {
    names: 'semanage',
    source: SOURCE,
    values: '-t --type -p --proto -s',
    bare: mutate({
      when: { '-d --delete -D --deleteall': { effect: 'destroy' } },
      decide: (call) =>
        hasFlag(call.parsed, '-l --list -E --extract') && !hasFlag(call.parsed, '-d -D')
          ? verdict('read', 'semanage -l reads')
          : undefined,
    }),
  },
  {
    names: 'aa-enforce aa-complain apparmor_parser',
    source: SOURCE,
    bare: mutate({ when: { '-R --remove': { effect: 'destroy' } } }),
  },
  { names: 'aa-disable aa-teardown aa-remove-unknown', source: SOURCE, bare: destroy() },
  {
    names: 'auditctl',
    source: SOURCE,
    values: '-a -A -w -p -k -S -F -e -b -f',
    bare: mutate({
      when: { '-D -d -W': { effect: 'destroy' } },
      decide: (call) => (hasFlag(call.parsed, '-l -s -v') ? verdict('read', 'auditctl -l reads') : undefined),
    }),
  },
  {
    names: 'logrotate',
    source: SOURCE,
    values: '-s --state -l --log -m --mail',
    bare: mutate({
      dryRun: '-d --debug',
      when: {
        '-f --force': { effect: 'destroy', why: 'logrotate -f rotates at once and drops the oldest logs' },
      },
    }),
  },
  {
    names: 'update-alternatives alternatives',
    source: SOURCE,
    bare: local({
      decide: (call) =>
        hasFlag(call.parsed, '--display --list --query --get-selections')
          ? verdict('read', 'update-alternatives reads')
          : hasFlag(call.parsed, '--config')
            ? terminal
            : hasFlag(call.parsed, '--remove --remove-all')
              ? destroy()
              : undefined,
    }),
  },
  {
    names: 'perf',
    source: SOURCE,
    values: '-p --pid -F -e -t -C -o -i',
    otherwise: perf,
    commands: { version: read() },
  },
  {
    names: 'py-spy rbspy',
    source: 'from documentation',
    values: '-p --pid -o --output -d --duration -f --format -r --rate',
    commands: { dump: read(), snapshot: read(), record: local(), top: read(terminal) },
  },
  { names: 'gcore', source: SOURCE, values: '-o', bare: local() },
  {
    names: 'jcmd',
    source: 'from documentation: JDK 17 tools',
    style: 'long',
    bare: read({
      decide: (call) => {
        const text = call.parsed.operands
          .slice(1)
          .map((arg) => arg.value)
          .join(' ');
        return /^(GC\.run|VM\.set_flag|JFR\.|ManagementAgent|Compiler\.)/.test(text)
          ? { effect: 'mutate' }
          : /^(GC\.heap_dump|Thread\.dump_to_file)/.test(text)
            ? { effect: 'local-write' }
            : undefined;
      },
    }),
  },
  {
    names:
      'bpftrace opensnoop execsnoop biosnoop tcplife tcpconnect tcpretrans runqlat biolatency ext4slower',
    source: 'from documentation',
    values: '-e -p -c',
    bare: read({
      decide: (call) =>
        call.name === 'bpftrace' && /\bsystem\s*\(/.test(call.args.map((arg) => arg.value).join(' '))
          ? { effect: 'unknown', why: 'unknown: bpftrace runs commands' }
          : stream,
    }),
  },
  {
    names: 'ipmitool',
    source: 'from documentation',
    values: '-I -H -U -P -L -f -E',
    targets: { host: '-H', user: '-U' },
    otherwise: ipmi,
    commands: { help: read() },
  },
  {
    names: 'nvidia-smi',
    source: 'from documentation',
    values: '-i -l -lms --query-gpu --format --loop',
    bare: read({
      when: {
        '-l -lms --loop': stream,
        '-r --gpu-reset': { effect: 'destroy' },
        '-pm -pl -mig -c -e': { effect: 'mutate' },
      },
    }),
    style: 'long',
    commands: { pmon: read(stream), dmon: read(stream), topo: read(), nvlink: read(), mig: mutate() },
  },
  {
    names: 'chronyc',
    source: SOURCE,
    values: '-h -p',
    switches: '-n -a -c',
    bare: runs('chronyc opens a prompt', terminal),
    commands: {
      ...each(
        read(),
        'tracking, sources, sourcestats, activity, ntpdata, serverstats, clients, rtcdata, authdata, waitsync',
      ),
      ...each(mutate(), 'makestep, burst, add, online, reload, refresh, rekey, settime, trimrtc'),
      ...each(destroy(), 'delete, offline, reset, shutdown'),
    },
  },
  {
    names: 'ntpq ntpstat ntpdc ntptrace',
    source: SOURCE,
    values: '-c',
    bare: read({
      decide: (call) => (/^ntp(q|dc)$/.test(call.name) && call.args.length === 0 ? terminal : undefined),
    }),
  },
  { names: 'ntpdate sntp rdate', source: SOURCE, bare: mutate({ why: 'sets the clock', dryRun: '-q -d' }) },
  {
    names: 'sshd',
    source: SOURCE,
    bare: mutate({
      why: 'starts a server',
      decide: (call) =>
        hasFlag(call.parsed, '-t -T -V') ? verdict('read', 'sshd -t checks its configuration') : undefined,
    }),
  },
  {
    names: 'rndc',
    source: SOURCE,
    values: '-c -k -p -s -y',
    targets: { host: '-s' },
    commands: {
      ...each(read(), 'status, recursing, zonestatus, showzone'),
      ...each(
        mutate(),
        'reload, reconfig, flush, flushname, flushtree, refresh, retransfer, notify, sync, thaw, querylog, stats, dumpdb, trace, notrace, sign, loadkeys, addzone, modzone',
      ),
      ...each(destroy(), 'stop, halt, freeze, delzone'),
    },
  },
  {
    names: 'postqueue',
    source: SOURCE,
    values: '-s -i',
    bare: mutate({
      decide: (call) => (hasFlag(call.parsed, '-p -j') ? verdict('read', 'postqueue -p reads') : undefined),
    }),
  },
  {
    names: 'postsuper',
    source: SOURCE,
    values: '-d -h -H -r -c',
    bare: mutate({ when: { '-d': { effect: 'destroy', why: 'postsuper -d deletes mail' } } }),
  },
  {
    names: 'postconf',
    source: SOURCE,
    values: '-e -X',
    bare: read({ when: { '-e -X -#': { effect: 'mutate' } } }),
  },
  {
    names: 'postfix exim exim4',
    source: SOURCE,
    commands: {
      ...each(read(), 'status, check'),
      ...each(mutate(), 'start, reload, flush'),
      ...each(destroy(), 'stop, abort'),
    },
    bare: read({
      decide: (call) =>
        /^exim/.test(call.name)
          ? hasFlag(call.parsed, '-Mrm')
            ? destroy()
            : hasFlag(call.parsed, '-b')
              ? undefined
              : { effect: 'mutate' }
          : undefined,
    }),
  },
  {
    names: 'visudo',
    source: SOURCE,
    bare: local({
      why: 'opens an editor',
      mode: 'terminal',
      decide: (call) =>
        hasFlag(call.parsed, '-c --check') ? verdict('read', 'visudo -c checks the file') : undefined,
    }),
  },
];

/** An outcome that replaces the table's, whichever way it weighs. */
function finish(outcome: Outcome | Verdict, call: Call): Verdict {
  if ('risk' in outcome) return outcome;
  return verdict(
    outcome.effect,
    outcome.why ?? `${call.name} ${outcome.effect === 'read' ? 'reads' : 'changes state'}`,
    outcome,
  );
}

function ipmi(call: Call): Outcome | Verdict | undefined {
  const text = call.parsed.operands.map((arg) => arg.value).join(' ');
  if (
    /^(chassis )?power (status)\b|^chassis status|^(sdr|sensor|sel (list|elist|info)|fru|mc info|lan print|user list|sol info|bmc info)/.test(
      text,
    )
  )
    return read();
  if (/^(chassis )?power (off|cycle|reset|soft|diag)\b|^sel clear|^mc reset/.test(text)) return destroy();
  if (/^sol activate/.test(text)) return unknown('opens a console', terminal);
  return flagValue(call.parsed, '-x') || text !== '' ? mutate() : undefined;
}
