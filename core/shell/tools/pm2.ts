/** Process managers: pm2, supervisor, monit, forever, runit. From documentation: PM2 5, Supervisor 4.2. */
import { unknown, verdict } from '../verdict.ts';
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
    return destroy({ inverse: 'sv up' });
  return /^(up|start|restart|reload|try-restart|force-reload|force-restart|hup|cont|term|int|usr1|usr2|alarm|u|h|t|i|p|c|1|2|a|quit)$/.test(
    word,
  )
    ? mutate()
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
      ...each(mutate({ decide: staysInFront, inverse: 'pm2 delete' }), 'start'),
      ...each(
        mutate({ decide: everything }),
        'restart, reload, gracefulReload, startOrRestart, startOrReload, startOrGracefulReload',
      ),
      ...each(
        mutate(),
        'reset, resurrect, update, updatePM2, set, multiset, sendSignal, trigger, link, attach, reloadLogs, module:update, cleardump, startup',
      ),
      scale: mutate({ decide: scale, inverse: 'pm2 scale back to the count from before' }),
      ...each(local(), 'save, dump, init, ecosystem, autodump, logrotate, unset'),
      ...each(
        { effect: 'unknown', why: 'unknown: pm2 installs and runs code' },
        'install, deploy, module:install, serve',
      ),
      stop: destroy({
        decide: everything,
        why: 'pm2 stop takes the application out of service',
        inverse: 'pm2 start',
      }),
      flush: destroy({ why: 'pm2 flush empties the logs' }),
      ...each(
        destroy({ decide: everything }),
        'delete, del, kill, unstartup, uninstall, module:uninstall, unlink, deepUpdate',
      ),
      plus: runs('pm2 plus opens a session', terminal),
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
      ...each(mutate(), 'start, restart, restartall, set, clear'),
      ...each(destroy(), 'stop, stopall, cleanlogs, clean'),
    },
    otherwise: () => runs('forever runs a program', stream),
  },
  {
    names: 'supervisorctl',
    source: 'from documentation: Supervisor 4.2',
    values: '-c --configuration -s --serverurl -u --username -p --password',
    targets: { host: '-s --serverurl' },
    bare: runs('supervisorctl opens a prompt', terminal),
    commands: {
      ...each(read(), 'status, avail, pid, version, help'),
      ...each(read({ switches: '-f', when: { '-f': stream } }), 'tail, maintail'),
      ...each(mutate(), 'start, restart, reload, update, reread, add, signal'),
      fg: read(terminal),
      stop: destroy({
        why: 'supervisorctl stop takes the program out of service',
        inverse: 'supervisorctl start',
      }),
      ...each(destroy(), 'shutdown, remove, clear'),
    },
  },
  {
    names: 'supervisord circusd',
    source: 'from documentation',
    values: '-c --configuration',
    bare: mutate({ when: { '-n --nodaemon': stream } }),
  },
  {
    names: 'monit',
    source: 'from documentation: Monit 5',
    values: '-c -d -g -l -p -s',
    switches: '-t -v -V -h -I',
    bare: mutate({
      decide: (call) =>
        hasFlag(call.parsed, '-t -V -h') ? verdict('read', 'monit -t checks its configuration') : undefined,
    }),
    commands: {
      ...each(read(), 'status, summary, report, procmatch, validate'),
      ...each(mutate(), 'start, restart, reload, monitor'),
      ...each(destroy(), 'stop, unmonitor, quit'),
    },
  },
  {
    names: 'sv',
    source: 'from the man page of runit',
    values: '-w',
    otherwise: (call) => sv(call) ?? unknown('sv with this command is in no table'),
    bare: read(),
    commands: { status: read() },
  },
  {
    names: 'launchctl',
    source: 'from the man page of macOS',
    commands: {
      ...each(
        read(),
        'list, print, print-disabled, blame, dumpstate, managerpid, getenv, version, help, error, plist, procinfo, limit',
      ),
      ...each(
        mutate(),
        'load, start, bootstrap, kickstart, enable, submit, setenv, unsetenv, config, attach, debug',
      ),
      ...each(destroy(), 'unload, stop, bootout, kill, remove, disable, reboot'),
    },
  },
  {
    names: 'rc-service rc-update rc-status chkconfig update-rc.d invoke-rc.d initctl',
    source: 'from documentation',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (call.name === 'rc-status' || hasFlag(call.parsed, '--list -l --exists')) return read();
      if (
        words.some((word) => /^(stop|off|disable|remove|del|delete|zap)$/.test(word)) ||
        hasFlag(call.parsed, '--del')
      )
        return destroy();
      if (words.some((word) => /^(status|list|show|version)$/.test(word))) return read();
      return words.some((word) =>
        /^(start|restart|reload|on|enable|add|defaults|force-reload|condrestart|emit)$/.test(word),
      ) || hasFlag(call.parsed, '--add')
        ? mutate()
        : undefined;
    },
    bare: read(),
    commands: { list: read() },
  },
];
