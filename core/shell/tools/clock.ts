/** The clock of one machine and what keeps it right. */
import { verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES } from './common.ts';
import { destroy, each, mutate, type Outcome, opensSession, read, type Tool, terminal } from './table.ts';

/** Words of `ntpq -c` that only ask. */
const ASKS =
  /^(p|peers|pe|rv|readvar|as|associations|cl|clockvar|hostnames|sysinfo|kerninfo|ifstats|monstats|lpeers|opeers|pstats|sysstats|lassoc|mrulist|timerstats|iostats)\b/;

const CHRONY: Readonly<Record<string, Outcome>> = {
  ...each(
    read(),
    'tracking, sources, sourcestats, sourcename, selectdata, activity, ntpdata, serverstats, clients, rtcdata, smoothing, authdata, waitsync, accheck, cmdaccheck, help',
  ),
  ...each(
    mutate(),
    'makestep, burst, add, online, onoffline, reload, refresh, rekey, settime, trimrtc, writertc, dump, cyclelogs, manual, maxupdateskew, minstratum, polltarget, local, allow, deny, smoothtime, reselect',
  ),
  ...each(destroy({ inverse: 'chronyc online' }), 'offline'),
  ...each(destroy(), 'delete, reset, shutdown'),
};

export const clock: readonly Tool[] = [
  {
    names: 'chronyc',
    source: 'help text or man page (Debian 12), and documentation: chrony 4.3',
    values: '-h -p',
    switches: '-n -a -c -N -m -4 -6',
    targets: { host: '-h' },
    bare: opensSession('chronyc opens a prompt'),
    commands: CHRONY,
  },
  {
    names: 'ntpq ntpstat ntpdc ntptrace ntpmon',
    source: DEBIAN,
    values: '-c',
    network: true,
    bare: read({
      decide: (call) => {
        if (call.name === 'ntpmon') return terminal;
        if (!/^ntp(q|dc)$/.test(call.name)) return undefined;
        const command = flagValue(call.parsed, '-c')?.value;
        if (command !== undefined) return ASKS.test(command) ? undefined : { effect: 'mutate' };
        return hasFlag(call.parsed, '-p -l -i -s --peers --listpeers --help') ||
          call.stdin.kind !== 'inherited'
          ? undefined
          : terminal;
      },
    }),
  },
  {
    names: 'ntpdate sntp rdate ntpdig',
    source: DEBIAN,
    network: true,
    values: '-p -t -o -a -k',
    switches: '-q -d -u -b -B -s -v -n -4 -6',
    bare: mutate({
      why: 'sets the clock',
      dryRun: '-d -p -q',
      // sntp and ntpdig only ask, unless told to step or slew.
      decide: (call) =>
        /^(sntp|ntpdig)$/.test(call.name) && !hasFlag(call.parsed, '-S --step -s --slew -j')
          ? verdict('read', `${call.name} asks for the time`)
          : undefined,
    }),
  },
  {
    names: 'hwclock',
    source: DEBIAN,
    values: '--date --epoch -f --rtc --delay',
    switches: '-r --show -w --systohc -s --hctosys -u -l --test -v --get --systz -a --adjust --set --predict',
    bare: mutate({
      why: 'hwclock sets a clock',
      dryRun: '--test',
      inverse: 'hwclock --systohc, once the clock of the system is right',
      decide: (call) =>
        !hasFlag(call.parsed, '-w --systohc -s --hctosys --set -a --adjust --systz --setepoch --param-set')
          ? verdict('read', 'hwclock reads')
          : undefined,
    }),
  },
  {
    names: 'adjtimex',
    source: DEBIAN,
    bare: mutate({
      decide: (call) =>
        call.args.every((arg) => /^(-p|--print|-c.*|--compare.*)$/.test(arg.value))
          ? verdict('read', 'adjtimex reads')
          : undefined,
    }),
  },
  { names: 'tzselect', source: DEBIAN_PAGES, bare: read(terminal) },
  {
    names: 'chronyd ntpd',
    source: DEBIAN,
    values: '-f -u -p -t -c -l -i -g',
    bare: mutate({
      why: 'starts a server',
      decide: (call) =>
        hasFlag(call.parsed, '-Q -v --version') || (call.name === 'chronyd' && hasFlag(call.parsed, '-p'))
          ? verdict('read', `${call.name} only asks`)
          : hasFlag(call.parsed, '-q')
            ? { why: 'sets the clock once' }
            : hasFlag(call.parsed, '-d -n')
              ? { mode: 'stream' }
              : undefined,
    }),
  },
];
