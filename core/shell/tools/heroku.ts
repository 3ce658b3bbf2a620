/** Heroku's command line. From documentation: Heroku CLI 9. */
import { judgeSql } from '../sql.ts';
import { sessionOpened, unknown, type Verdict, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque, joined } from '../words.ts';
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

const AT_HOME = { network: false };
/** Asks for the app's name, unless it stands there. */
function confirms(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '--confirm -c') || call.stdin.kind !== 'inherited' ? undefined : terminal;
}

/** `web=0`: nothing of that kind is left. */
function toNothing(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.some((arg) => /^[\w-]+=0(:|$)/.test(arg.value))
    ? { effect: 'destroy', why: `heroku ${call.path} to 0 takes it out of service` }
    : undefined;
}

function psql(call: Call): Verdict {
  const text = flagValue(call.parsed, '-c --command');
  if (text && !isOpaque(text)) return { ...judgeSql(text.value), tool: 'heroku' };
  if (text || hasFlag(call.parsed, '-f --file'))
    return unknown('heroku pg:psql runs text that is not in the command');
  if (call.stdin.kind === 'text' && !call.stdin.opaque)
    return { ...judgeSql(call.stdin.text), tool: 'heroku' };
  return sessionOpened('heroku pg:psql opens a prompt', call.stdin.kind === 'inherited' ? terminal : {});
}

/** `run` holds a terminal; what it runs is judged. */
function onDyno(call: Call): Verdict {
  const words = [...call.parsed.operands, ...(call.parsed.rest ?? [])];
  const mode = /detached$/.test(call.path) || hasFlag(call.parsed, '--no-tty') ? 'capture' : 'terminal';
  const [first] = words;
  if (!first || first.dynamic) return unknown('heroku runs what is not in the command', { mode });
  if (/^(ba|z|da)?sh$|^console$/.test(first.value) && words.length === 1)
    return sessionOpened('heroku opens a shell on a dyno', { mode });
  const judged = words.length === 1 ? call.judge.script(joined(words)) : call.judge.words(words);
  return withDetails(judged, { mode, reason: `heroku ${call.path} runs it on a dyno` });
}

const app = (call: Call): readonly string[] => {
  const named = flagValue(call.parsed, '-a --app');
  return named && !named.dynamic ? [named.value] : [];
};
/** What the operands name, else the app. */
const named = (call: Call): readonly string[] => {
  const operands = call.parsed.operands
    .filter((arg) => !arg.dynamic)
    .map((arg) => arg.value.replace(/=.*$/s, ''));
  return operands.length > 0 ? operands : app(call);
};
const data = {
  resources: (call: Call) => [
    ...call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => arg.value),
    ...app(call),
  ],
};

const LIVE = {
  captureFirst: 'heroku releases: the version that runs',
  inverse: 'heroku rollback to the version from before',
};

export const heroku: Tool = {
  names: 'heroku',
  source: 'from documentation: Heroku CLI 9',
  values:
    '--confirm -n --num -s --source -d --dyno -p --process-type --size --type --name --team -t --ssh-git --as --wait-interval -e --env --dyno-name --version --force-colors --region --stack --remote-name --channel',
  switches: '-t --tail --json --wait --no-wait --force --no-tty --exit-code -x --shell --verbose --extended',
  targets: { app: '-a --app', remote: '-r --remote', pipeline: '--pipeline' },
  network: true,
  ambient: { 'app|remote|pipeline': 'heroku apps:info' },
  commands: {
    ...each(
      read(),
      'apps, apps:list, apps:info, apps:stacks, info, list, ps, ps:type, ps:autoscale, ps:wait, releases, releases:info, releases:output, addons, addons:info, addons:plans, addons:services, addons:docs, pg, pg:info, pg:ps, pg:diagnose, pg:backups, pg:backups:info, pg:backups:schedules, pg:backups:list, pg:locks, pg:outliers, pg:blocking, pg:bloat, pg:index-usage, pg:index-size, pg:cache-hit, pg:calls, pg:long-running-queries, pg:unused-indexes, pg:vacuum-stats, pg:table-size, pg:settings, pg:links, pg:connection-pooling, pg:maintenance, pg:copy:list, pg:upgrade:wait, pg:wait, pg:total-table-size, pg:seq-scans, pg:stats, domains, domains:info, domains:wait, status, auth:whoami, whoami, features, features:info, labs, labs:info, access, certs, certs:info, certs:auto, certs:chain, pipelines, pipelines:info, pipelines:diff, redis:info, redis, redis:maintenance, redis:timeout, redis:wait, maintenance, members, orgs, regions, buildpacks, buildpacks:search, buildpacks:info, buildpacks:versions, builds, builds:output, builds:info, drains, logs:drains, keys, authorizations, clients, sessions, stack, spaces, spaces:info, spaces:ps, spaces:topology, webhooks, webhooks:info, webhooks:deliveries, ci, ci:info, ci:last, ci:config, reviewapps, kafka:topics, kafka:info, kafka:wait, notifications, teams, time, usage, usage:addons, apps:errors, apps:favorites, run:list, data:maintenances, data:maintenances:info, container, telemetry, dashboard',
    ),
    ...each(read(AT_HOME), 'help, version, autocomplete, commands, plugins, which, search'),
    ...each(
      read({ readsSecrets: true, why: 'heroku prints credentials' }),
      'config, config:get, pg:credentials:url, pg:credentials, auth:token, redis:credentials, authorizations:info, pg:backups:url, pg:backups:public-url, ci:config:get, clients:info, certs:key, sessions',
    ),
    'pg:credentials': read(),
    sessions: read(),
    'authorizations:create': mutate({ readsSecrets: true, inverse: 'heroku authorizations:revoke' }),
    logs: read({ switches: '-t', when: { '-t --tail': stream } }),
    ...each(
      mutate({
        resources: named,
        captureFirst: 'heroku config (it shows secrets)',
        inverse: 'heroku config:set with the value from before',
      }),
      'config:set, config:edit, ci:config:set',
    ),
    'config:edit': mutate(terminal),
    ...each(
      destroy({
        resources: named,
        captureFirst: 'heroku config (it shows secrets)',
        inverse: 'heroku config:set with the value from before',
      }),
      'config:unset, config:remove, ci:config:unset',
    ),
    ...each(
      mutate({
        resources: app,
        decide: toNothing,
        captureFirst: 'heroku ps:scale without operands: the numbers',
        inverse: 'heroku ps:scale with the numbers from before',
      }),
      'ps:scale, scale, dyno:scale',
    ),
    ...each(
      mutate({ resources: app }),
      'ps:restart, restart, dyno:restart, ps:resize, dyno:resize, resize, ps:autoscale:enable, apps:stacks:set, stack:set',
    ),
    'ps:autoscale:disable': destroy({ resources: app }),
    'maintenance:on': mutate({ resources: app, inverse: 'heroku maintenance:off' }),
    'maintenance:off': mutate({ resources: app, inverse: 'heroku maintenance:on' }),
    ...each(
      mutate({
        resources: app,
        captureFirst: 'heroku releases',
        inverse: 'heroku rollback to the version from before',
      }),
      'releases:rollback, rollback',
    ),
    ...each(
      mutate({ ...LIVE, resources: app }),
      'deploy, container:push, container:release, builds:create, builds:retry, pipelines:promote, releases:retry',
    ),
    ...each(
      mutate({ resources: named }),
      'addons:create, addons:attach, addons:upgrade, addons:downgrade, addons:rename, addons:wait, pg:backups:capture, pg:backups:schedule, pg:copy, pg:links:create, pg:maintenance:run, pg:maintenance:window, pg:credentials:create, pg:credentials:repair-default, pg:connection-pooling:attach, pg:settings:log-statement, pg:settings:log-min-duration-statement, pg:push, domains:add, domains:update, create, apps:create, apps:rename, rename, apps:transfer, apps:join, fork, features:enable, labs:enable, access:add, access:update, members:add, members:set, members:invite, certs:add, certs:update, certs:auto:enable, certs:auto:refresh, certs:generate, drains:add, keys:add, buildpacks:set, buildpacks:add, webhooks:add, webhooks:update, pipelines:create, pipelines:add, pipelines:update, pipelines:connect, pipelines:setup, pipelines:transfer, reviewapps:enable, spaces:create, redis:config, redis:maxmemory, redis:timeout, redis:keyspace-notifications, redis:stream-node-max-bytes, kafka:topics:create, kafka:topics:retention-time, git:remote, ci:run, ci:rerun, data:maintenances:schedule, data:maintenances:run, ps:type, container:run, clients:create, spaces:vpn:connect',
    ),
    'ps:type': mutate({ decide: (call) => (call.parsed.operands.length === 0 ? undefined : {}) }),
    ...each(
      mutate({ decide: confirms, values: '-c', ...data }),
      'pg:promote, pg:upgrade, pg:upgrade:run, pg:upgrade:prepare, redis:promote, redis:upgrade, pg:copy',
    ),
    'git:clone': local(),
    'pg:pull': local(),
    ...each(
      destroy({
        decide: confirms,
        values: '-c',
        ...data,
        captureFirst: 'a backup of today: heroku pg:backups:capture',
      }),
      'pg:reset, pg:backups:restore, pg:unfollow, pg:credentials:rotate, pg:credentials:destroy, pg:backups:delete, pg:killall, redis:cli:flush, redis:reset',
    ),
    'pg:killall': destroy(data),
    ...each(
      destroy({ decide: confirms, values: '-c', resources: named }),
      'addons:destroy, addons:remove, apps:destroy, apps:delete, domains:remove, certs:remove, pg:links:destroy, kafka:topics:destroy, spaces:destroy, buildpacks:clear, keys:clear, pipelines:destroy, pg:connection-pooling:detach, access:remove',
    ),
    ...each(
      destroy({ resources: named }),
      'buildpacks:clear, keys:clear, keys:remove, pipelines:destroy, pipelines:remove, access:remove, members:remove, domains:clear, drains:remove, buildpacks:remove, webhooks:remove, webhooks:deliveries:remove, authorizations:revoke, authorizations:destroy, clients:destroy, sessions:destroy, addons:detach, apps:leave, leave, reviewapps:disable, certs:auto:disable, pg:backups:cancel, pg:backups:unschedule, builds:cancel, spaces:drains:set, container:rm, pg:kill, features:disable, labs:disable, git:remote:rm, features:remove',
    ),
    'domains:remove': destroy({ resources: named }),
    'pg:backups:delete': destroy({ decide: confirms, values: '-c', ...data }),
    ...each(
      destroy({ resources: named, inverse: 'heroku ps:restart, for a dyno of a formation' }),
      'ps:stop, ps:kill, dyno:stop, dyno:kill',
    ),
    ...each(
      read({ decide: onDyno, switches: '-x --exit-code', values: '-s --size --type -e --env' }),
      'run, run:inside, run:detached',
    ),
    ...each(
      opensSession('heroku opens a session on a dyno'),
      'ps:exec, console, run:console, redis:cli, ci:debug',
    ),
    'ps:exec': opensSession('heroku ps:exec opens a session on a dyno', {
      values: '--ssh',
      decide: (call) => {
        const words = call.parsed.rest ?? [];
        return words.length === 0
          ? terminal
          : withDetails(call.judge.script(joined(words)), { mode: 'terminal' });
      },
    }),
    ...each(runs('heroku forwards a port', stream), 'ps:forward, ps:socks'),
    ...each(read(stream), 'kafka:topics:tail, kafka:tail'),
    'pg:psql': { effect: 'read', values: '-c --command -f --file --credential', decide: psql },
    psql: { effect: 'read', values: '-c --command -f --file --credential', decide: psql },
    ...each(local(terminal), 'login, auth:login, auth:2fa, container:login'),
    'container:login': local(),
    ...each(
      local(),
      'logout, auth:logout, pg:backups:download, plugins:install, plugins:uninstall, plugins:update, update, accounts:set',
    ),
    ...each(runs('heroku local runs the project', { ...stream, ...AT_HOME }), 'local, local:start'),
    'local:run': {
      ...read({ ...AT_HOME, why: 'gives the command the variables of the folder' }),
      runs: (call) => call.judge.words(call.parsed.operands, call.stdin),
    },
    ...each(read(AT_HOME), 'local:version, open, addons:open, apps:open'),
  },
};
