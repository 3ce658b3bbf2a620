/** Process managers: pm2, supervisor, monit, forever, runit. */
import { unknown, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
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

function everything(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands[0]?.value === 'all' ? { scope: 'all' } : undefined;
}

/** `start --no-daemon` and `--attach` stay in front. */
function staysInFront(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '--no-daemon --attach') ? stream : everything(call);
}

function scale(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands[1]?.value === '0'
    ? { effect: 'destroy', why: 'pm2 scale to 0 takes the application out of service' }
    : undefined;
}

const logs = read({
  mode: 'stream',
  switches: '--nostream --raw --err --out --json --timestamp -f',
  decide: (call) => (hasFlag(call.parsed, '--nostream') ? { mode: 'capture' } : undefined),
});

/** runit's and daemontools' `sv`, whose commands may be one letter. */
function sv(call: Call): Outcome | undefined {
  const word = call.parsed.operands[0]?.value ?? '';
  if (/^(status|check)$/.test(word)) return read();
  if (/^(down|stop|force-stop|kill|exit|shutdown|force-shutdown|d|x|k|o|once)$/.test(word))
    return destroy({
      inverse: 'sv up of the same',
      captureFirst: 'sv status of the same',
      resources: (inside) => names(inside, 1),
    });
  return /^(up|start|restart|reload|try-restart|force-reload|force-restart|hup|cont|term|int|usr1|usr2|alarm|u|h|t|i|p|c|1|2|a|quit)$/.test(
    word,
  )
    ? mutate({
        resources: (inside) => names(inside, 1),
        ...(/^(up|start|u)$/.test(word) ? { inverse: 'sv down of the same' } : {}),
      })
    : undefined;
}

export const pm2: readonly Tool[] = [
  {
    names: 'pm2',
    source: 'from documentation: PM2 5',
    values:
      '-n --name -i --instances -o --output -e --error -l --log --interpreter --cwd -u --user --hp --max-memory-restart --lines --cron --watch-delay --env --node-args --only --log-date-format -p',
    switches:
      '-s --silent -m --mini-list -f --force --update-env --no-daemon --attach --nostream --raw -a --no-color --watch',
    commands: {
      ...each(
        read(),
        'list, ls, l, ps, status, show, describe, desc, info, id, pid, ping, report, version, conf, get, slist, profile, examples',
      ),
      ...each(
        read({ readsSecrets: true, why: 'prints the environment of the processes' }),
        'jlist, prettylist, env',
      ),
      ...each(logs, 'logs, log'),
      ...each(read(terminal), 'monit, imonit, dash, dashboard'),
      ...each(
        mutate({
          decide: staysInFront,
          resources: names,
          captureFirst: 'pm2 list',
          inverse: 'pm2 delete of the same, or pm2 stop where it was there before',
        }),
        'start',
      ),
      ...each(
        mutate({ decide: everything, resources: names, why: 'starts the application anew' }),
        'restart, reload, gracefulReload, startOrRestart, startOrReload, startOrGracefulReload',
      ),
      ...each(
        mutate(),
        'reset, update, updatePM2, multiset, sendSignal, trigger, link, attach, reloadLogs, module:update, cleardump, startup',
      ),
      scale: mutate({
        decide: scale,
        resources: 'first',
        captureFirst: 'pm2 describe of the application',
        inverse: 'pm2 scale back to the count from before',
      }),
      set: mutate({
        resources: 'first',
        captureFirst: 'pm2 get of the same name',
        inverse: 'pm2 set with the value from before',
      }),
      resurrect: mutate({ captureFirst: 'pm2 list', why: 'pm2 resurrect starts what was saved' }),
      ...each(local(), 'save, dump, init, ecosystem, autodump, logrotate, unset'),
      ...each(
        { effect: 'unknown', why: 'unknown: pm2 installs and runs code' },
        'install, deploy, module:install, serve',
      ),
      stop: destroy({
        decide: everything,
        resources: names,
        why: 'pm2 stop takes the application out of service',
        captureFirst: 'pm2 list',
        inverse: 'pm2 start of the same',
      }),
      flush: destroy({
        why: 'pm2 flush empties the logs',
        resources: names,
        captureFirst: 'pm2 logs --nostream, into a file',
      }),
      ...each(
        destroy({
          decide: everything,
          resources: names,
          captureFirst: 'pm2 save, and pm2 describe of the application',
          inverse: 'pm2 start of the same, or pm2 resurrect',
        }),
        'delete, del, kill, unstartup, uninstall, module:uninstall, unlink, deepUpdate',
      ),
      plus: opensSession('pm2 plus opens a session'),
    },
    bare: read(),
  },
  {
    names: 'pm2-runtime pm2-docker',
    source: 'from documentation: PM2 5',
    values: '-n --name -i --instances --env',
    bare: mutate(stream),
  },
  {
    names: 'forever',
    source: 'from documentation',
    values: '-m -l -o -e --uid -c --workingDir',
    commands: {
      ...each(read(), 'list, config'),
      logs: read({ when: { '-f': stream }, switches: '-f' }),
      ...each(mutate({ resources: names }), 'start, restart, restartall, set, clear'),
      stop: destroy({ resources: names, inverse: 'forever start of the same' }),
      ...each(destroy({ scope: 'all' }), 'stopall, cleanlogs, clean'),
    },
    otherwise: () => runs('forever runs a program', stream),
  },
  {
    names: 'supervisorctl',
    source: 'help text or man page (Debian 12), and documentation: Supervisor 4.2',
    values: '-c --configuration -s --serverurl -u --username -p --password',
    targets: { host: '-s --serverurl' },
    bare: opensSession('supervisorctl opens a prompt'),
    commands: {
      ...each(read(), 'status, avail, pid, version, help'),
      ...each(read({ switches: '-f', when: { '-f': stream } }), 'tail, maintail'),
      start: mutate({ resources: names, inverse: 'supervisorctl stop of the same' }),
      ...each(mutate({ resources: names }), 'restart, add, signal'),
      ...each(mutate({ captureFirst: 'supervisorctl status' }), 'reload, update, reread'),
      fg: read(terminal),
      stop: destroy({
        why: 'supervisorctl stop takes the program out of service',
        resources: names,
        captureFirst: 'supervisorctl status',
        inverse: 'supervisorctl start of the same',
      }),
      ...each(destroy({ resources: names }), 'shutdown, remove, clear'),
    },
  },
  {
    names: 'supervisord circusd',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-c --configuration',
    bare: mutate({ when: { '-n --nodaemon': stream } }),
  },
  {
    names: 'monit',
    source: 'help text or man page (Debian 12), and documentation: Monit 5',
    values: '-c -d -g -l -p -s',
    switches: '-t -v -V -h -I',
    bare: mutate({
      decide: (call) =>
        hasFlag(call.parsed, '-t -V -h') ? verdict('read', 'monit -t checks its configuration') : undefined,
    }),
    commands: {
      ...each(read(), 'status, summary, report, procmatch, validate'),
      start: mutate({ resources: names, inverse: 'monit stop of the same' }),
      monitor: mutate({ resources: names, inverse: 'monit unmonitor of the same' }),
      ...each(mutate({ resources: names }), 'restart, reload'),
      stop: destroy({ resources: names, captureFirst: 'monit summary', inverse: 'monit start of the same' }),
      unmonitor: destroy({ resources: names, inverse: 'monit monitor of the same' }),
      quit: destroy({ inverse: 'monit' }),
    },
  },
  {
    names: 'sv',
    source: 'from documentation: the man page of runit',
    values: '-w',
    otherwise: (call) => sv(call) ?? unknown('sv with this command is in no table'),
    bare: read(),
    commands: { status: read() },
  },
  {
    names: 'svc s6-svc s6-rc svstat s6-svstat',
    source: 'from documentation: daemontools 0.76, s6 2.11',
    values: '-T',
    bare: read({
      resources: (call) => names(call).slice(-1),
      decide: (call) => {
        if (/stat$|-db$/.test(call.name)) return undefined;
        const words = call.args.map((arg) => arg.value);
        if (call.name === 's6-rc')
          return words.some((word) => /^(list|listall|diff|help)$/.test(word))
            ? undefined
            : words.includes('-d') || words.includes('stop')
              ? { effect: 'destroy', inverse: 's6-rc -u change of the same' }
              : { effect: 'mutate' };
        // `-d` is down, `-k` KILL, `-x` exit; `-u`, `-h`, `-t`, `-a` start or tell.
        return words.some((word) => /^-[a-zA-Z0-9]*[dkxpO]/.test(word))
          ? {
              effect: 'destroy',
              why: `${call.name} takes the service out of service`,
              inverse: `${call.name} -u of the same`,
            }
          : { effect: 'mutate' };
      },
    }),
  },
  {
    names: 'start-stop-daemon',
    source: 'help text and man page of Debian 12',
    values:
      '-p --pidfile -x --exec -n --name -u --user -s --signal -a --startas -c --chuid -g --group -d --chdir -R --retry -N --nicelevel',
    switches: '-S --start -K --stop -T --status -t --test -b --background -m --make-pidfile -o -q -v',
    bare: runs('start-stop-daemon starts a program', {
      dryRun: '-t --test',
      decide: (call) =>
        hasFlag(call.parsed, '-K --stop')
          ? { effect: 'destroy', why: 'start-stop-daemon --stop ends a program', resources: names }
          : hasFlag(call.parsed, '-T --status')
            ? verdict('read', 'start-stop-daemon --status reads')
            : undefined,
    }),
  },
  {
    names: 'launchctl',
    source: 'from documentation: the man page of macOS',
    commands: {
      ...each(
        read(),
        'list, print, print-disabled, blame, dumpstate, managerpid, getenv, version, help, error, plist, procinfo, limit',
      ),
      ...each(
        mutate(),
        'load, start, bootstrap, kickstart, enable, submit, setenv, unsetenv, config, attach, debug',
      ),
      ...each(
        destroy({ resources: 'all', inverse: 'launchctl load, start, bootstrap or enable of the same' }),
        'unload, stop, bootout, disable',
      ),
      ...each(destroy({ resources: 'all' }), 'kill, remove, reboot'),
    },
  },
  {
    names: 'rc-service rc-update rc-status chkconfig update-rc.d invoke-rc.d initctl',
    source: 'help text or man page (Debian 12), and documentation',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (call.name === 'rc-status' || hasFlag(call.parsed, '--list -l --exists')) return read();
      if (
        words.some((word) => /^(stop|off|disable|remove|del|delete|zap)$/.test(word)) ||
        hasFlag(call.parsed, '--del')
      )
        return destroy({
          resources: serviceName,
          captureFirst: 'rc-service or chkconfig status of the same',
          inverse: 'the same command with start, on, enable or add',
        });
      if (words.some((word) => /^(status|list|show|version)$/.test(word))) return read();
      return words.some((word) =>
        /^(start|restart|reload|on|enable|add|defaults|force-reload|condrestart|emit)$/.test(word),
      ) || hasFlag(call.parsed, '--add')
        ? mutate({ resources: serviceName, inverse: 'the same command with stop, off, disable or del' })
        : undefined;
    },
    bare: read(),
    commands: { list: read() },
  },
];

/** `rc-service nginx stop`, `update-rc.d nginx disable`, `rc-update del nginx`: the word that is no command. */
function serviceName(call: Call): readonly string[] {
  return names(call)
    .filter(
      (word) =>
        !/^(start|stop|restart|reload|on|off|enable|disable|add|del|delete|remove|zap|defaults|force-reload|condrestart|emit|default)$/.test(
          word,
        ),
    )
    .slice(0, 1);
}
