/** systemd's programs and `service`. From the man pages of systemd 252 (Debian 12). */
import { unknown, type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
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

const SOURCE = 'from the man pages of systemd 252';
const REMOTE = { host: '-H --host', machine: '-M --machine' };

/** Targets that stop the machine, or nearly. */
const STOPPING = /^(rescue|emergency|reboot|poweroff|halt|shutdown|kexec|suspend|hibernate)(\.target)?$/;

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

const stop = (what: string, inverse?: string): Outcome =>
  destroy({
    why: `systemctl ${what} takes the unit out of service`,
    decide: many,
    ...(inverse ? { inverse } : {}),
  });

/** `service NAME COMMAND`; any script may know commands of its own. */
function service(call: Pick<Call, 'args'>): Verdict | undefined {
  if (call.args.some((arg) => arg.value === '--status-all'))
    return verdict('read', 'service --status-all reads');
  const [, word] = call.args.filter((arg) => !arg.value.startsWith('-'));
  if (!word) return unknown('service without a command');
  if (word.dynamic) return unknown('service has a command that is a variable');
  const name = call.args[0]?.text ?? '';
  switch (word.value) {
    case 'status':
    case 'configtest':
    case 'checkconfig':
    case 'show':
      return verdict('read', `service ${name} ${word.value} reads`);
    case 'start':
      return verdict('mutate', `service ${name} start starts it`, { inverse: `service ${name} stop` });
    case 'restart':
    case 'reload':
    case 'force-reload':
    case 'try-restart':
    case 'condrestart':
    case 'graceful':
      return verdict('mutate', `service ${name} ${word.value} changes state`);
    case 'stop':
    case 'force-stop':
      return verdict('destroy', `service ${name} ${word.value} takes it out of service`, {
        inverse: `service ${name} start`,
      });
    default:
      return unknown(`service ${name} ${word.text} is a command of its script`);
  }
}

export const systemd: readonly Tool[] = [
  {
    names: 'systemctl',
    source: SOURCE,
    values:
      '-t --type --state -p --property -P -n --lines -o --output -s --signal --kill-whom --kill-who --root --job-mode --preset-mode --what --timestamp --image --boot-loader-entry --firmware-setup --reboot-argument --message',
    switches:
      '--user --system --now --no-pager -l --full -a --all -f --force -q --quiet --no-block --wait --runtime --global --no-legend --plain --failed --reverse --after --before -i --no-reload --no-ask-password --value --show-types --with-dependencies -r --recursive -T --dry-run --legend --no-wall --mkdir --read-only --stdin',
    targets: REMOTE,
    bare: read(),
    commands: {
      ...each(
        read(),
        'status, show, cat, is-active, is-enabled, is-failed, is-system-running, list-units, list-timers, list-unit-files, list-sockets, list-dependencies, list-jobs, list-machines, list-paths, list-automounts, get-default, help, show-environment, whoami, service-log-level, service-log-target',
      ),
      start: mutate({ decide: startsTarget, inverse: 'systemctl stop' }),
      ...each(
        mutate({ decide: startsTarget }),
        'restart, reload, try-restart, reload-or-restart, try-reload-or-restart, condrestart, force-reload, set-default',
      ),
      enable: mutate({ inverse: 'systemctl disable' }),
      unmask: mutate({ inverse: 'systemctl mask' }),
      ...each(
        mutate(),
        'reenable, daemon-reload, daemon-reexec, set-property, reset-failed, link, add-wants, add-requires, set-environment, unset-environment, import-environment, revert, preset, preset-all, thaw, log-level, bind, mount-image',
      ),
      edit: mutate(terminal),
      stop: stop('stop', 'systemctl start'),
      disable: stop('disable', 'systemctl enable'),
      mask: stop('mask', 'systemctl unmask'),
      kill: stop('kill'),
      freeze: stop('freeze', 'systemctl thaw'),
      ...each(destroy(), 'cancel, clean, exit'),
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
      '-u --unit --user-unit -t --identifier -p --priority -S --since -U --until -n --lines -o --output -g --grep -D --directory --file --root --image -c --cursor --after-cursor --cursor-file --facility -T --exclude-identifier --interval --output-fields --namespace -F --field -M --machine',
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
        },
      },
    }),
  },
  { names: 'service', source: 'from the man page of Debian 12', noHelp: true, judge: service },
  {
    names: 'loginctl',
    source: SOURCE,
    values: '-p --property -s --signal --kill-whom -n --lines -o --output',
    targets: REMOTE,
    bare: read(),
    commands: {
      ...each(
        read(),
        'list-sessions, list-users, list-seats, session-status, user-status, seat-status, show-session, show-user, show-seat',
      ),
      ...each(
        mutate(),
        'activate, lock-session, unlock-session, lock-sessions, unlock-sessions, enable-linger, disable-linger, attach, flush-devices',
      ),
      ...each(destroy(), 'terminate-session, terminate-user, terminate-seat, kill-session, kill-user'),
    },
  },
  {
    names: 'timedatectl hostnamectl localectl',
    source: SOURCE,
    values: '-p --property',
    targets: REMOTE,
    bare: read(),
    commands: {
      ...each(
        read(),
        'status, show, list-timezones, timesync-status, show-timesync, list-locales, list-keymaps, list-x11-keymap-models',
      ),
      ...each(
        mutate(),
        'set-time, set-timezone, set-local-rtc, set-ntp, set-locale, set-keymap, set-x11-keymap, ntp-servers, revert',
      ),
      ...each(
        destroy({ why: 'renames the machine, which others know by its name' }),
        'set-hostname, hostname, set-icon-name, set-chassis, set-deployment, set-location',
      ),
      ...each(
        read({
          decide: (call) =>
            call.parsed.operands.length > 0 ? { effect: 'destroy', why: 'renames the machine' } : undefined,
        }),
        'hostname',
      ),
    },
  },
  {
    names:
      'systemd-analyze systemd-cgls systemd-path systemd-escape systemd-detect-virt systemd-delta systemd-id128',
    source: SOURCE,
    noHelp: true,
    bare: read(),
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
    bare: mutate({
      why: 'systemd-run starts a unit',
      decide: (call) =>
        call.parsed.operands.length === 0 || hasFlag(call.parsed, '-S --shell')
          ? { effect: 'unknown', why: 'unknown: systemd-run opens a shell', ...terminal }
          : hasFlag(call.parsed, '-t --pty')
            ? terminal
            : undefined,
      runs: (call) => {
        const words = call.parsed.rest ?? call.parsed.operands;
        return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
      },
    }),
  },
  {
    names: 'systemd-cat systemd-inhibit',
    source: SOURCE,
    values: '-t --identifier -p --priority --what --who --why --mode',
    stopAtOperand: true,
    bare: read({
      why: 'runs a command',
      runs: (call) => {
        const words = call.parsed.rest ?? call.parsed.operands;
        return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
      },
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
      ...each(runs('it opens a shell', terminal), 'login, shell'),
      ...each(
        mutate(),
        'start, enable, reboot, copy-to, pull-tar, pull-raw, import-tar, clone, rename, bind, set-limit',
      ),
      ...each(local(), 'copy-from, export-tar, export-raw'),
      ...each(destroy(), 'poweroff, stop, terminate, kill, disable, remove, clean, cancel-transfer'),
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
  {
    names: 'networkctl bootctl busctl udevadm systemd-tmpfiles systemd-resolve systemd-sysusers',
    source: SOURCE,
    values: '-p --property -n --name -q --query -a --attribute-walk -s --subsystem-match --action -c',
    otherwise: networking,
    bare: read({
      when: {
        '--create --set-dns --set-domain --flush-caches --reset-statistics --reset-server-features': {
          effect: 'mutate',
        },
        '--remove --clean --revert': { effect: 'destroy' },
      },
    }),
    commands: { status: read() },
  },
];

function networking(call: Call): Outcome | undefined {
  const word = call.parsed.operands[0]?.value ?? '';
  if (
    call.name === 'systemd-tmpfiles' ||
    call.name === 'systemd-resolve' ||
    call.name === 'systemd-sysusers'
  ) {
    if (hasFlag(call.parsed, '--remove --clean --revert --purge')) return destroy();
    return call.name === 'systemd-resolve' && !hasFlag(call.parsed, '--set-dns --set-domain --flush-caches')
      ? read()
      : mutate();
  }
  if (
    /^(list|lldp|info|settle|verify|test|test-builtin|tree|introspect|get-property|is-installed|cat|capture|list-\w+|wait)$/.test(
      word,
    )
  )
    return read();
  if (word === 'monitor') return read(stream);
  if (/^(down|delete|remove|set-default|random-seed)$/.test(word)) return destroy();
  return /^(up|renew|reload|reconfigure|forcerenew|trigger|control|call|set-property|emit|install|update|hwdb|edit|mask|unmask)$/.test(
    word,
  )
    ? mutate()
    : undefined;
}
