/** systemd's programs and `service`. */
import { unknown, type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN_PAGES, inner, names } from './common.ts';
import { systemdOthers } from './systemdOthers.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'help text or man page (Debian 12), and the man pages of systemd 252';
const REMOTE = { host: '-H --host', machine: '-M --machine' };

/** Targets that stop the machine, or nearly. */
const STOPPING = /^(rescue|emergency|reboot|poweroff|halt|shutdown|kexec|suspend|hibernate)(\.target)?$/;

/** Where another machine is named, it goes there over ssh. */
const AFAR = { '-H --host': { network: true } };

function startsTarget(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.some((arg) => STOPPING.test(arg.value))
    ? { effect: 'destroy', why: `systemctl ${call.path} of that target takes the machine out of service` }
    : many(call);
}

function many(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.length > 1 || call.parsed.operands.some((arg) => /[*?[]/.test(arg.value))
    ? { scope: 'many' }
    : undefined;
}

/** Whether the unit ran, and whether it would start at boot. */
const STATE = 'systemctl is-active and systemctl is-enabled of the unit';
/** A change of a unit or of units. */
const unit = (outcome: Outcome): Outcome => ({ resources: names, ...outcome });

const stop = (what: string, inverse?: string): Outcome =>
  unit(
    destroy({
      why: `systemctl ${what} takes the unit out of service`,
      decide: many,
      captureFirst: STATE,
      ...(inverse ? { inverse } : {}),
    }),
  );

/** `service NAME COMMAND`; any script may know commands of its own. */
function service(call: Pick<Call, 'args'>): Verdict | undefined {
  if (call.args.some((arg) => arg.value === '--status-all'))
    return verdict('read', 'service --status-all reads');
  const [unitName, word] = call.args.filter((arg) => !arg.value.startsWith('-'));
  if (!word) return unknown('service without a command');
  if (word.dynamic) return unknown('service has a command that is a variable');
  const name = unitName?.text ?? '';
  const targets = unitName && !unitName.dynamic ? [{ kind: 'resource', value: unitName.value }] : [];
  switch (word.value) {
    case 'status':
    case 'configtest':
    case 'checkconfig':
    case 'show':
      return verdict('read', `service ${name} ${word.value} reads`, { targets });
    case 'start':
      return verdict('mutate', `service ${name} start starts it`, {
        targets,
        inverse: `service ${name} stop`,
      });
    case 'restart':
    case 'reload':
    case 'force-reload':
    case 'try-restart':
    case 'condrestart':
    case 'graceful':
      return verdict('mutate', `service ${name} ${word.value} changes state`, { targets });
    case 'stop':
    case 'force-stop':
      return verdict('destroy', `service ${name} ${word.value} takes it out of service`, {
        targets,
        captureFirst: `service ${name} status`,
        inverse: `service ${name} start`,
      });
    default:
      return unknown(`service ${name} ${word.text} is a command of its script`, { targets });
  }
}

export const systemd: readonly Tool[] = [
  {
    names: 'systemctl',
    source: SOURCE,
    values:
      '-t --type --state -p --property -P -n --lines -o --output -s --signal --kill-whom --kill-who --root --job-mode --preset-mode --what --timestamp --image --boot-loader-entry --boot-loader-menu --check-inhibitors --legend --reboot-argument --message',
    switches:
      '--user --system --now --no-pager -l --full -a --all -f --force -q --quiet --no-block --wait --runtime --global --no-legend --plain --failed --reverse --after --before -i --no-reload --no-ask-password --value --show-types --with-dependencies -r --recursive -T --dry-run --firmware-setup --no-wall --mkdir --read-only --stdin',
    targets: REMOTE,
    when: AFAR,
    bare: read(),
    commands: {
      ...each(
        read(),
        'status, show, cat, is-active, is-enabled, is-failed, is-system-running, list-units, list-timers, list-unit-files, list-sockets, list-dependencies, list-jobs, list-machines, list-paths, list-automounts, get-default, help, show-environment, whoami, service-log-level, service-log-target, list-images',
      ),
      start: unit(
        mutate({ decide: startsTarget, captureFirst: STATE, inverse: 'systemctl stop of the same unit' }),
      ),
      ...each(
        unit(mutate({ decide: startsTarget })),
        'restart, reload, try-restart, reload-or-restart, try-reload-or-restart, condrestart, force-reload',
      ),
      'set-default': mutate({
        decide: startsTarget,
        captureFirst: 'systemctl get-default',
        inverse: 'systemctl set-default with the target from before',
      }),
      enable: unit(mutate({ captureFirst: STATE, inverse: 'systemctl disable of the same unit' })),
      unmask: unit(mutate({ captureFirst: STATE, inverse: 'systemctl mask of the same unit' })),
      'set-property': mutate({
        resources: 'first',
        captureFirst: 'systemctl show of the unit, -p with the same names',
        inverse: 'systemctl set-property with the values from before',
      }),
      revert: mutate({ resources: names, captureFirst: 'systemctl cat of the unit, into a file' }),
      ...each(unit(mutate()), 'reenable, reset-failed, preset, thaw'),
      ...each(
        mutate(),
        'daemon-reload, daemon-reexec, link, add-wants, add-requires, set-environment, unset-environment, import-environment, preset-all, log-level, log-target, service-watchdogs, bind, mount-image',
      ),
      edit: unit(
        mutate({
          ...terminal,
          captureFirst: 'systemctl cat of the unit, into a file',
          inverse: 'systemctl revert of the unit',
        }),
      ),
      stop: stop('stop', 'systemctl start of the same unit'),
      disable: stop('disable', 'systemctl enable of the same unit'),
      mask: stop('mask', 'systemctl unmask of the same unit'),
      kill: stop('kill'),
      freeze: stop('freeze', 'systemctl thaw of the same unit'),
      ...each(unit(destroy()), 'cancel, clean'),
      exit: destroy(),
      ...each(
        destroy({ why: 'takes the machine out of service', scope: 'all', dryRun: '--dry-run' }),
        'isolate, reboot, poweroff, halt, rescue, emergency, kexec, soft-reboot, suspend, hibernate, hybrid-sleep, suspend-then-hibernate, default, switch-root',
      ),
    },
  },
  {
    names: 'journalctl',
    source: SOURCE,
    values:
      '-u --unit --user-unit -t --identifier -p --priority -S --since -U --until -n --lines -o --output -g --grep -D --directory --file --root --image -c --cursor --after-cursor --cursor-file --facility -T --exclude-identifier --interval --output-fields --namespace -F --field -M --machine --verify-key --vacuum-size --vacuum-files --vacuum-time',
    switches:
      '-f --follow -e --pager-end -x --catalog -r --reverse -k --dmesg -b --boot -q --quiet -a --all -m --merge --no-pager --utc --no-hostname -N --fields --list-boots --disk-usage --verify --header --no-tail -l --full --user --system --no-full --show-cursor',
    targets: { unit: '-u --unit', machine: '-M --machine' },
    bare: read({
      when: {
        '-f --follow': stream,
        '--rotate --flush --sync --relinquish-var --smart-relinquish-var --update-catalog --setup-keys': {
          effect: 'mutate',
        },
        '--vacuum-size --vacuum-time --vacuum-files': {
          effect: 'destroy',
          why: 'journalctl --vacuum deletes logs',
          captureFirst: 'journalctl --disk-usage, and journalctl of the time that is needed, into a file',
        },
      },
    }),
  },
  { names: 'service', source: DEBIAN_PAGES, noHelp: true, judge: service },
  {
    names: 'loginctl',
    source: SOURCE,
    values: '-p --property -P -s --signal --kill-whom -n --lines -o --output',
    targets: REMOTE,
    bare: read(),
    commands: {
      ...each(
        read(),
        'list-sessions, list-users, list-seats, session-status, user-status, seat-status, show-session, show-user, show-seat',
      ),
      ...each(
        mutate(),
        'activate, lock-session, unlock-session, lock-sessions, unlock-sessions, attach, flush-devices',
      ),
      'enable-linger': mutate({ resources: names, inverse: 'loginctl disable-linger' }),
      'disable-linger': mutate({ resources: names, inverse: 'loginctl enable-linger' }),
      ...each(
        destroy({ resources: names }),
        'terminate-session, terminate-user, terminate-seat, kill-session, kill-user',
      ),
    },
  },
  {
    names: 'timedatectl hostnamectl localectl',
    source: SOURCE,
    values: '-p --property -P --json',
    targets: REMOTE,
    bare: read(),
    commands: {
      ...each(
        read(),
        'status, show, list-timezones, timesync-status, show-timesync, list-locales, list-keymaps, list-x11-keymap-models, list-x11-keymap-layouts, list-x11-keymap-variants, list-x11-keymap-options',
      ),
      ...each(mutate({ inverse: 'timedatectl set-ntp true' }), 'set-time'),
      'set-timezone': mutate({
        captureFirst: 'timedatectl show -p Timezone --value',
        inverse: 'timedatectl set-timezone with the zone from before',
      }),
      'set-ntp': mutate({
        captureFirst: 'timedatectl show -p NTP --value',
        inverse: 'timedatectl set-ntp with the value from before',
      }),
      ...each(
        mutate({ captureFirst: 'localectl status', inverse: 'the same command with the values from before' }),
        'set-locale, set-keymap, set-x11-keymap',
      ),
      ...each(mutate(), 'set-local-rtc, ntp-servers, revert'),
      ...each(
        destroy({
          why: 'renames the machine, which others know by its name',
          resources: names,
          captureFirst: 'hostnamectl hostname',
          inverse: 'hostnamectl set-hostname with the name from before',
        }),
        'set-hostname, set-icon-name, set-chassis, set-deployment, set-location',
      ),
      // Without a name it tells the one that is.
      ...each(
        read({
          captureFirst: 'hostnamectl hostname',
          inverse: 'hostnamectl hostname with the name from before',
          decide: (call) =>
            call.parsed.operands.length > 0 ? { effect: 'destroy', why: 'renames the machine' } : undefined,
        }),
        'hostname, icon-name, chassis, deployment, location',
      ),
    },
  },
  {
    names:
      'systemd-analyze systemd-cgls systemd-path systemd-escape systemd-detect-virt systemd-delta systemd-id128',
    source: SOURCE,
    noHelp: true,
    bare: read({
      decide: (call) => {
        const word = call.parsed.operands[0]?.value;
        if (call.name !== 'systemd-analyze') return undefined;
        return /^(log-level|log-target|service-watchdogs)$/.test(word ?? '') &&
          call.parsed.operands.length > 1
          ? { effect: 'mutate' }
          : undefined;
      },
    }),
  },
  {
    names: 'systemd-cgtop',
    source: SOURCE,
    values: '-n --iterations -d --delay',
    bare: read({
      decide: (call) =>
        hasFlag(call.parsed, '-b --batch')
          ? hasFlag(call.parsed, '-n --iterations')
            ? undefined
            : stream
          : hasFlag(call.parsed, '-n --iterations')
            ? undefined
            : terminal,
    }),
  },
  {
    names: 'systemd-run',
    source: SOURCE,
    values:
      '-u --unit -p --property --description --slice --uid --gid --nice --working-directory -E --setenv --on-active --on-boot --on-calendar --on-unit-active --timer-property -H --host -M --machine --service-type',
    stopAtOperand: true,
    when: AFAR,
    bare: mutate({
      why: 'systemd-run starts a unit',
      decide: (call) =>
        call.parsed.operands.length === 0 || hasFlag(call.parsed, '-S --shell')
          ? opensSession('systemd-run opens a shell')
          : hasFlag(call.parsed, '-t --pty')
            ? terminal
            : undefined,
      runs: inner(),
    }),
  },
  {
    names: 'systemd-cat systemd-inhibit',
    source: SOURCE,
    values: '-t --identifier -p --priority --what --who --why --mode',
    stopAtOperand: true,
    bare: read({
      why: 'runs a command',
      runs: inner(),
    }),
  },
  {
    names: 'machinectl',
    source: SOURCE,
    values: '-p --property -n --lines',
    targets: REMOTE,
    bare: read(),
    commands: {
      ...each(read(), 'list, status, show, list-images, image-status, show-image, list-transfers'),
      ...each(opensSession('it opens a shell'), 'login, shell'),
      ...each(
        mutate(),
        'start, enable, reboot, copy-to, pull-tar, pull-raw, import-tar, import-raw, import-fs, clone, rename, bind, set-limit, read-only',
      ),
      ...each(local(), 'copy-from, export-tar, export-raw'),
      ...each(
        destroy({ resources: names }),
        'poweroff, stop, terminate, kill, disable, remove, clean, cancel-transfer',
      ),
    },
  },
  {
    names: 'coredumpctl',
    source: SOURCE,
    values: '-o --output -n -S --since -U --until -F --field -D --directory --debugger',
    bare: read(),
    commands: {
      ...each(read(), 'list, info'),
      dump: read({ when: { '-o --output': { effect: 'local-write' } } }),
      ...each(runs('it opens a debugger', terminal), 'debug, gdb'),
    },
  },
  ...systemdOthers,
];
